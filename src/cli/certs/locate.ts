import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where the recipe keeps certificates when it is told nothing. */
export function defaultDir(): string {
  if (process.getuid?.() === 0) return "/etc/lpr/certs";
  return join(process.env["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "lpr", "certs");
}

export function caFile(dir: string): string {
  return join(dir, "ca", "ca.pem");
}

/** What the authority has revoked: openssl's own table. */
export function indexFile(dir: string): string {
  return join(dir, "ca", "index.txt");
}

/** The authority, the agents' and the clients' certificates in a directory of the recipe, as far as they exist. */
export function certificateFiles(dir: string): string[] {
  return [
    caFile(dir),
    ...issued(join(dir, "agents")).map((place) => join(place, "agent.pem")),
    ...issued(join(dir, "clients")).map((place) => join(place, "client.pem")),
  ].filter((file) => existsSync(file));
}

/** What `--force` has put aside is left out. */
function issued(parent: string): string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter((name) => !/\.old-\d{14}(-\d+)?$/.test(name))
    .sort()
    .map((name) => join(parent, name));
}
