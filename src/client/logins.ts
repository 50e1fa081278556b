import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { JobError } from "../job/errors.ts";
import { canonicalAddress } from "./address.ts";
import { checkLogins, FORMAT_VERSION, locate } from "./logins-check.ts";
import { writePrivately } from "./private-file.ts";

/** One agent that a user has logged in to: paths of PEM files, never what is in them. */
export interface Login {
  readonly name: string;
  /** `host:port`. */
  readonly address: string;
  readonly cacert: string;
  readonly cert: string;
  /** May be the same file as `cert`. */
  readonly key: string;
}

/** What the file holds. */
export interface Logins {
  /** Name of the login that is used when none is asked for. */
  readonly current?: string | undefined;
  readonly logins: readonly Login[];
}

/**
 * Directory of LPR's own settings: `$XDG_CONFIG_HOME/lpr`, or `.config/lpr` below the home directory.
 * @throws JobError HOST_UNSUPPORTED when the environment names neither
 */
export function configDir(env: NodeJS.ProcessEnv = process.env): string {
  const { XDG_CONFIG_HOME: xdg, HOME: home } = env;
  // The XDG specification has relative paths ignored.
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "lpr");
  if (home !== undefined && isAbsolute(home)) return join(home, ".config", "lpr");
  throw new JobError(
    "HOST_UNSUPPORTED",
    "saved logins have no place: neither XDG_CONFIG_HOME nor HOME is set",
    {
      hint: "set HOME, or give everything by LPR_ADDRESS, LPR_CACERT, LPR_CERT and LPR_KEY",
    },
  );
}

export function loginsPath(env?: NodeJS.ProcessEnv): string {
  return join(configDir(env), "config.yaml");
}

/**
 * Reads the saved logins; none when there is no file.
 * @throws JobError INVALID_INPUT with every problem of the file, by line
 */
export async function readLogins(path: string): Promise<Logins> {
  const text = readIfThere(path);
  if (text === undefined) return { logins: [] };
  const parsed = parseQuickly(text);
  const problems = parsed === undefined ? [] : checkLogins(parsed);
  if (parsed !== undefined && problems.length === 0) return toLogins(parsed);
  throw new JobError("INVALID_INPUT", await locate(path, text, problems), {
    hint: `correct ${path}, or move it away and log in again`,
  });
}

/** Replaces the file in one step, so that no reader ever sees half of it; readable by its owner alone. */
export async function writeLogins(path: string, { current, logins }: Logins): Promise<void> {
  const { stringify } = await import("yaml");
  const data = { version: FORMAT_VERSION, ...(current !== undefined && { current }), logins };
  writePrivately(path, `# Logins of lpr: see lpr auth --help.\n${stringify(data)}`);
}

/**
 * The login of that name or, written in any way, that address.
 * @throws JobError INVALID_INPUT when several logins are to that address, as different tenants for instance
 */
export function findLogin({ logins }: Logins, nameOrAddress: string): Login | undefined {
  const named = logins.find((login) => login.name === nameOrAddress);
  if (named !== undefined) return named;
  const address = canonicalAddress(nameOrAddress);
  const [first, ...others] = logins.filter((login) => login.address === address);
  if (first === undefined || others.length === 0) return first;
  const names = [first, ...others].map(({ name }) => name);
  throw new JobError("INVALID_INPUT", `${names.length} logins are to ${address}: ${names.join(", ")}`, {
    hint: "name the one you mean",
  });
}

/** Adds a login and makes it the current one; it replaces the one of its name. */
export function addLogin({ logins }: Logins, login: Login): Logins {
  const others = logins.filter(({ name }) => name !== login.name);
  return { current: login.name, logins: [...others, login] };
}

/** Forgets a login; when it was the current one, none is until the user chooses: the next may have more rights. */
export function removeLogin({ current, logins }: Logins, name: string): Logins {
  const left = logins.filter((login) => login.name !== name);
  return { current: current === name ? undefined : current, logins: left };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new JobError("HOST_UNSUPPORTED", `cannot read ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Bun's own parser starts at once, but knows no lines: the other one is loaded only to explain. */
function parseQuickly(text: string): unknown {
  try {
    return Bun.YAML.parse(text) ?? {};
  } catch {
    return undefined;
  }
}

/** Only for data that was checked. */
function toLogins(data: unknown): Logins {
  const { current, logins } = data as { current?: string; logins?: Login[] };
  return { ...(current !== undefined && { current }), logins: logins ?? [] };
}
