import { setTimeout as sleep } from "node:timers/promises";
import type { Client, RemoteJob } from "../client/client.ts";
import { Patience, type PatienceOptions, patiently } from "./patience.ts";
import { during, showsProgress } from "./progress.ts";
import { printable } from "./quote.ts";

/** Time between two looks at a job that waits, in milliseconds. */
const LOOK_MS = 1_000;

/**
 * Tells on a terminal that a job of a fleet waits for a host, until it no longer does. Elsewhere nobody looks on, and
 * whatever is asked about the job next waits as well.
 */
export async function untilPlaced(client: Client, job: RemoteJob, options: PatienceOptions): Promise<void> {
  const { name, id: jobId, fleet, state } = job;
  if (state.status !== "PENDING" || !showsProgress()) return;
  const { signal } = options;
  const patience = new Patience(options, () => "lost the agent while waiting");
  await during(`${name} waits for a slot in pool ${printable(fleet?.pool ?? "?")}`, async () => {
    for (let status: RemoteJob["state"]["status"] = "PENDING"; status === "PENDING"; ) {
      await sleep(LOOK_MS, undefined, { signal });
      const now = await patiently(() => client.get({ name, jobId }, { signal }), patience);
      patience.restore();
      status = now.state.status;
    }
  });
}
