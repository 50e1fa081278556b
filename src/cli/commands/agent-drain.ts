import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../../client/client.ts";
import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";
import { untilInterrupted } from "../interrupted.ts";
import { note, print } from "../output.ts";
import { Patience, patiently } from "../patience.ts";
import { during } from "../progress.ts";
import { connectionFlags, withClient } from "../session.ts";
import { UsageError } from "../usage-error.ts";

/** Time between two looks at what still runs, in milliseconds. */
const LOOK_MS = 1_000;

export default command({
  name: "agent drain",
  summary: "Have an agent take no more jobs of its fleet",
  details: `Jobs of the fleet that it has are run to their end, others go to other agents; jobs of its own host are not touched by
that. It lasts until --undo, also over a restart. With --wait the command ends when the last of them has: then the host can
leave. For admins.`,
  flags: {
    wait: { type: "boolean", description: "wait until no job of the fleet runs there" },
    undo: { type: "boolean", description: "take jobs again" },
    ...connectionFlags,
  },
  examples: [
    ["lpr agent drain --wait --context build3", "before maintenance of a host"],
    ["lpr agent drain --undo --context build3", "after it"],
  ],
  async run({ flags }) {
    const { undo, wait } = flags;
    if (undo && wait)
      throw new UsageError(["--undo and --wait exclude each other"], "lpr agent drain --help");
    await withClient(flags, async (client) => {
      const { runningJobs } = await client.drain({ undo });
      if (undo) return print("takes jobs of the fleet again");
      if (!wait) return print(`takes no more jobs of the fleet; ${countOf(runningJobs)} still running`);
      await untilInterrupted(
        () => "the agent goes on draining; lpr agent drain --undo has it take jobs again",
        (signal) => untilDrained(client, runningJobs, signal),
      );
      await print("drained: no job of the fleet runs there");
    });
    return 0;
  },
});

async function untilDrained(client: Client, runningJobs: number, signal: AbortSignal): Promise<void> {
  const patience = new Patience({ signal, note }, () => "lost the agent while waiting");
  let left = runningJobs;
  while (left > 0) {
    const before = left;
    await during(`waiting for ${countOf(before)} to end`, async () => {
      while (left === before) {
        await sleep(LOOK_MS, undefined, { signal });
        left = await jobsLeft(client, patience, signal);
      }
    });
  }
}

async function jobsLeft(client: Client, patience: Patience, signal: AbortSignal): Promise<number> {
  const { fleet } = await patiently(() => client.info({ signal }), patience);
  patience.restore();
  if (fleet?.state === "up") {
    throw new JobError("CANCELLED", "somebody has had the agent take jobs of the fleet again");
  }
  if (!fleet) throw new JobError("HOST_UNSUPPORTED", "the agent has been taken out of its fleet");
  return fleet.runningJobs;
}

function countOf(jobs: number): string {
  return jobs === 1 ? "1 job" : `${jobs} jobs`;
}
