import { invalidInput, JobError } from "../job/errors.ts";
import type { ListInput, Status } from "../job/types.ts";
import type { ListCall } from "../rpc/convert/requests.ts";
import type { RemoteStatus } from "../rpc/remote-job.ts";

/** Answers calls about a fleet where agent.yaml names none. */
export function noFleet(): JobError {
  return new JobError("HOST_UNSUPPORTED", "this agent is in no fleet", {
    hint: "call an agent whose agent.yaml has a fleet section, or add one to this agent's and restart it",
  });
}

/**
 * What to list of the agent's own jobs.
 * @throws JobError HOST_UNSUPPORTED where a fleet's are asked for, INVALID_INPUT for a status that only those have
 */
export function listOfOwn({ fleet, pool, statuses, ...input }: ListCall): ListInput {
  if (fleet || pool !== undefined) throw noFleet();
  if (statuses === undefined) return input;
  const own = statuses.filter(isOwn);
  if (own.length < statuses.length)
    throw invalidInput(["statuses may have PENDING only together with fleet"]);
  return { ...input, statuses: own };
}

function isOwn(status: RemoteStatus): status is Status {
  return status !== "PENDING";
}
