import { X509Certificate } from "node:crypto";
import { rmSync } from "node:fs";
import { join, sep } from "node:path";
import { configDir, type Login, loginsPath, readLogins, removeLogin, writeLogins } from "../client/logins.ts";
import { JobError } from "../job/errors.ts";
import { readPemFile } from "./credentials.ts";
import { namedLogin, namesOf } from "./named-login.ts";
import { askChoice, canAsk } from "./prompt.ts";
import { UsageError } from "./usage-error.ts";

/** The login that was named, the only one there is, or the one chosen from a list. */
export async function pickLogin(wanted: string | undefined, question: string): Promise<Login> {
  const saved = await readLogins(loginsPath());
  if (wanted !== undefined) return namedLogin(saved, wanted);
  const [first, ...others] = saved.logins;
  if (first === undefined) {
    throw new JobError("UNAUTHENTICATED", "you are not logged in to any agent", { hint: "lpr auth login" });
  }
  if (others.length === 0) return first;
  if (!canAsk()) {
    throw new UsageError(["several logins are saved: name one of them"], `saved are: ${namesOf(saved)}`);
  }
  const choices = saved.logins.map(({ name, address }) => ({ value: name, label: `${name} (${address})` }));
  const chosen = await askChoice(question, choices);
  return saved.logins.find(({ name }) => name === chosen) ?? first;
}

/** Takes a login out of the file, and removes the decrypted key if LPR keeps one for it. */
export async function forget(login: Login): Promise<Login> {
  const path = loginsPath();
  await writeLogins(path, removeLogin(await readLogins(path), login.name));
  dropStoredKey(login);
  return login;
}

/** A login for people: its address, and its name where that is another. */
export function describeLogin({ name, address }: Login): string {
  return name === address ? address : `${address} (${name})`;
}

/** Where the decrypted keys are that LPR keeps. */
export function storedKeysDir(env?: NodeJS.ProcessEnv): string {
  return join(configDir(env), "keys");
}

/** Removes the key of a login that is gone if it is LPR's own copy, never the user's file. */
export function dropStoredKey(login: Login, env?: NodeJS.ProcessEnv): void {
  if (login.key.startsWith(storedKeysDir(env) + sep)) rmSync(login.key, { force: true });
}

/** Makes a login the one that commands use. */
export async function use(login: Login): Promise<Login> {
  const path = loginsPath();
  await writeLogins(path, { ...(await readLogins(path)), current: login.name });
  return login;
}

/** What a client certificate says of its owner; nulls where it cannot be read. */
export function describeCertificate(path: string): {
  tenant: string | null;
  role: string | null;
  expiresAt: string | null;
} {
  try {
    const [leaf = ""] = readPemFile(path).chain;
    const certificate = new X509Certificate(leaf);
    const part = (name: string) => new RegExp(`^${name}=(.+)$`, "m").exec(certificate.subject)?.[1] ?? null;
    return { tenant: part("CN"), role: part("O"), expiresAt: certificate.validToDate.toISOString() };
  } catch {
    return { tenant: null, role: null, expiresAt: null };
  }
}
