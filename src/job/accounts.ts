import { readFileSync } from "node:fs";
import type { Account } from "./types.ts";

/** The account of that name; undefined when passwd(5) lists none. */
export function findAccount(name: string): Account | undefined {
  return parsePasswd(readFileSync("/etc/passwd", "utf8")).find((account) => account.name === name);
}

/** The account of this process. One that passwd(5) does not list gets its number for a name. */
export function ownAccount(): Account {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  const listed = parsePasswd(readFileSync("/etc/passwd", "utf8")).find((account) => account.uid === uid);
  return listed ? { ...listed, gid } : unlistedAccount(uid, gid, String(uid));
}

/** What passwd(5) and group(5) list: a number that is an account's or a group's is no tenant's. */
export function idsOfHost(): ReadonlySet<number> {
  const [passwd, group] = ["/etc/passwd", "/etc/group"].map((path) => readFileSync(path, "utf8"));
  return new Set([...parsePasswd(passwd ?? "").map(({ uid }) => uid), ...parseGroupIds(group ?? "")]);
}

function parseGroupIds(text: string): number[] {
  return text
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length === 4)
    .map(([, , gid]) => Number(gid));
}

/** A uid that belongs to nobody on the host but one tenant. */
export function tenantAccount(uid: number): Account {
  return unlistedAccount(uid, uid, `lpr-${uid}`);
}

function parsePasswd(text: string): Account[] {
  return text
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length === 7)
    .map(([name = "", , uid, gid, , home, shell]) => ({
      name,
      uid: Number(uid),
      gid: Number(gid),
      home: home || "/",
      shell: shell || "/bin/sh",
    }));
}

function unlistedAccount(uid: number, gid: number, name: string): Account {
  return { uid, gid, name, home: "/", shell: "/bin/sh" };
}
