import type { Fleet } from "../../fleet/fleet.ts";
import { toFleetMembership } from "../../rpc/convert/fleet.ts";
import type { Handlers } from "../handlers.ts";
import { namedCalls } from "./named.ts";
import { refuseReserved } from "./order.ts";
import { overviewCalls } from "./overview.ts";
import { RemoteJobs } from "./remote-jobs.ts";
import { type RecordAudit, runInFleet } from "./run.ts";

/**
 * The calls of an agent that is in a fleet. What is asked about its own jobs is answered as by any other agent, and
 * needs no NATS.
 */
export function withFleet(own: Handlers, fleet: Fleet, record: RecordAudit): Handlers {
  const remote = new RemoteJobs(fleet);
  return {
    ...own,
    ...namedCalls(own, remote, record),
    ...overviewCalls(own, fleet, remote, record),

    async run(request, context) {
      refuseReserved(request.labels);
      return request.fleet ? runInFleet(remote, record, request, context) : own.run(request, context);
    },

    async info(request, context) {
      return { ...(await own.info(request, context)), fleet: toFleetMembership(await fleet.standing()) };
    },
  };
}
