import { join } from "node:path";
import type { Lab } from "../lab/lab.ts";
import type { Program } from "../lab/program.ts";
import { orientation, type PartReport, type Result } from "../result.ts";
import { percentile, summarize } from "../summary.ts";
import { now } from "./follow/clock.ts";

const TICKER = join(import.meta.dir, "follow/ticker.ts");
const LINES = 500;
const PAUSE_MS = 5;
const ROUNDS = 3;

/** From a line written by a job until somebody who follows it has it, at the standard output of the command. */
export async function measureFollow(lab: Lab): Promise<PartReport> {
  const { agent, ssh } = lab;
  const ours: Delays[] = [];
  const peer: Delays[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await follow(lab, agent.lpr, ({ name }) => ["job", "logs", name]));
    if (ssh) peer.push(await follow(lab, ssh.fresh, ({ log }) => ["tail", "-n", "+1", "-f", log]));
  }
  const name = "ssh tail -f";
  const result = (what: string, pick: (delays: Delays) => number): Result => ({
    ...{ what, unit: "ms", better: "lower", ours: summarize(...ours.map(pick)) },
    peer: ssh && { name, value: summarize(...peer.map(pick)) },
  });
  return {
    results: [
      {
        ...result("line written to line received, median", ({ median }) => median),
        aim: orientation("0.5 ms"),
      },
      result("line written to line received, p99", ({ p99 }) => p99),
    ],
  };
}

/** Of one round, in milliseconds. */
interface Delays {
  readonly median: number;
  readonly p99: number;
}

interface TickingJob {
  readonly name: string;
  readonly log: string;
}

async function follow(
  { agent, newName, signal }: Lab,
  { command, env }: Program,
  words: (job: TickingJob) => readonly string[],
): Promise<Delays> {
  const { client, stateDir } = agent;
  const name = newName();
  const args = [TICKER, String(LINES), String(PAUSE_MS)];
  const { id } = await client.run({ name, command: process.execPath, args }, { signal });
  const log = join(stateDir, "jobs", id, "output.log");
  const follower = Bun.spawn([...command, ...words({ name, log })], {
    ...{ env, signal, cwd: "/" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const delays: number[] = [];
  let liveSince: number | undefined;
  let rest = "";
  for await (const chunk of follower.stdout) {
    const received = now();
    // What was written before the follower was there came late for another reason.
    liveSince ??= received;
    const lines = (rest + Buffer.from(chunk).toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (Number(line) > liveSince) delays.push(received - Number(line));
    if (lines.includes("end")) break;
  }
  follower.kill();
  await follower.exited;
  signal.throwIfAborted();
  await client.wait({ name }, { signal });
  return { median: percentile(delays, 0.5), p99: percentile(delays, 0.99) };
}
