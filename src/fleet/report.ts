import type { FinishedJob } from "../job/types.ts";
import { toGetResponse } from "../rpc/convert/responses.ts";
import { job_runner as wire } from "../rpc/generated/job_runner.js";
import { finish, lose, type Next } from "./transitions.ts";
import type { FleetJob } from "./types.ts";

/** Ends that are the host's fault, not the job's: it may run again where that is allowed. */
const HOST_ENDS: ReadonlySet<string> = new Set(["LOST", "LEASE_EXPIRED"]);

/** Whether a run was cut off by what became of its host. */
export function isCutOff({ state }: FinishedJob): boolean {
  return HOST_ENDS.has(state.reason);
}

/**
 * What becomes of the record when an attempt has ended on its host.
 * @param archivedBlocks of its output; undefined: it is not in NATS
 */
export function reported(
  record: FleetJob,
  local: FinishedJob,
  archivedBlocks: number | undefined,
  now: Date,
): Next {
  const { state } = local;
  if (isCutOff(local)) return lose(record, now);
  // The command line is in the order: twice it may be more than NATS takes.
  const result = toGetResponse({ ...local, command: "", args: [] });
  return finish(record, {
    status: state.status,
    reason: state.reason,
    ...("exitCode" in state ? { exitCode: state.exitCode } : {}),
    ...(state.causedBy ? { causedBy: state.causedBy } : {}),
    finishedAt: state.finishedAt.toISOString(),
    result: Buffer.from(wire.GetResponse.encode(result).finish()).toString("base64"),
    ...(archivedBlocks === undefined ? {} : { archivedBlocks }),
  });
}
