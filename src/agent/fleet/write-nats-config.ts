import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AGENT_NAME, POOL_NAME } from "../../fleet/names.ts";
import { natsConfig } from "../../fleet/nats-config.ts";
import { makeUserKey, publicKeyOf } from "../../fleet/nkeys.ts";
import type { FleetUser } from "../../fleet/permissions.ts";
import { invalidInput, JobError } from "../../job/errors.ts";

export interface WrittenConfig {
  readonly config: string;
  /** The files with the keys of the agents, in the order of these. */
  readonly seeds: readonly { readonly agent: string; readonly path: string; readonly isNew: boolean }[];
}

/**
 * Writes the account of a fleet, and a key for each agent that has none there yet.
 * @param agents NAME or NAME:POOL,POOL
 * @throws JobError INVALID_INPUT
 */
export function writeNatsConfig(
  dir: string,
  agents: readonly string[],
  wardens: readonly string[],
): WrittenConfig {
  const users = readUsers(agents, wardens);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const seeds = users.map(({ name }) => ({ agent: name, ...seedOf(dir, name) }));
  const keyed = users.map((user, index) => ({ ...user, publicKey: seeds[index]?.publicKey ?? "" }));
  const config = join(dir, "lpr-fleet.conf");
  writeFileSync(`${config}.new`, natsConfig(keyed), { mode: 0o644 });
  renameSync(`${config}.new`, config);
  return { config, seeds: seeds.map(({ agent, path, isNew }) => ({ agent, path, isNew })) };
}

function readUsers(agents: readonly string[], wardens: readonly string[]): FleetUser[] {
  const issues: string[] = [];
  const users = agents.map((text) => {
    const [name = "", list] = text.split(":", 2);
    const pools = list?.split(",");
    if (!AGENT_NAME.test(name)) issues.push(`AGENT must be a DNS name, got ${JSON.stringify(name)}`);
    for (const pool of pools ?? []) {
      if (!POOL_NAME.test(pool))
        issues.push(`the pools of ${name} must be names of pools, got ${JSON.stringify(pool)}`);
    }
    return { name, ...(pools ? { pools } : {}), warden: wardens.includes(name) };
  });
  const names = users.map(({ name }) => name);
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
    issues.push(`AGENT must be given once each, got ${name} several times`);
  }
  for (const warden of wardens) {
    if (!names.includes(warden))
      issues.push(`--warden must be one of the agents, got ${JSON.stringify(warden)}`);
  }
  if (wardens.length === 0)
    issues.push("--warden must name an agent that looks after lost ones; three are enough");
  if (issues.length > 0) throw invalidInput(issues);
  return users;
}

function seedOf(dir: string, name: string): { publicKey: string; path: string; isNew: boolean } {
  const path = join(dir, `${name}.nk`);
  if (existsSync(path)) {
    try {
      return { publicKey: publicKeyOf(readFileSync(path, "utf8")), path, isNew: false };
    } catch (cause) {
      throw new JobError("INVALID_INPUT", `${path} holds no key of a NATS user`, {
        hint: "move it away, and a new key is made",
        cause,
      });
    }
  }
  const { publicKey, seed } = makeUserKey();
  writeFileSync(path, `${seed}\n`, { mode: 0o600, flag: "wx" });
  return { publicKey, path, isNew: true };
}
