import type { Fleet } from "../../fleet/fleet.ts";
import {
  fromFleetAgentsRequest,
  fromPageRequest,
  toFleetAgentsResponse,
  toFleetPoolsResponse,
} from "../../rpc/convert/fleet.ts";
import { fromListRequest } from "../../rpc/convert/requests.ts";
import { toListResponse } from "../../rpc/convert/responses.ts";
import { toWatchResponse } from "../../rpc/convert/streams.ts";
import { orderOf as auditOrderOf } from "../audit/order.ts";
import { fitJob, fitPage } from "../fit.ts";
import type { Handlers } from "../handlers.ts";
import { permit } from "./access.ts";
import { listAgents } from "./agents.ts";
import { FleetList } from "./list.ts";
import { listPools } from "./pools.ts";
import type { RemoteJobs } from "./remote-jobs.ts";
import type { RecordAudit } from "./run.ts";
import { watchFleet } from "./watch.ts";

type Overview = "list" | "watch" | "fleetAgents" | "fleetPools" | "drain";

/** Calls about many jobs, and about the fleet itself. */
export function overviewCalls(
  own: Handlers,
  fleet: Fleet,
  remote: RemoteJobs,
  record: RecordAudit,
): Pick<Handlers, Overview> {
  const list = new FleetList();
  return {
    async list(request, context) {
      const input = fromListRequest(request);
      if (!input.fleet && input.pool === undefined) return own.list(request, context);
      const { caller } = context;
      const ownOnly = permit("list", caller) === "own jobs only";
      const asksForOthers = input.createdBy !== undefined && input.createdBy !== caller.tenant;
      if (ownOnly && asksForOthers) return toListResponse({ jobs: [] });
      const visible = ownOnly ? { ...input, createdBy: caller.tenant } : input;
      return toListResponse(await fitPage(visible, (page) => list.page(remote.context, page)));
    },

    async *watch(request, context) {
      if (!request.fleet) return yield* own.watch(request, context);
      const { caller, signal } = context;
      const ownOnly = permit("watch", caller) === "own jobs only";
      for await (const event of watchFleet(remote.context, request.sinceSequence ?? undefined, signal)) {
        if ("live" in event) yield { sequence: event.live, time: null, type: 0, job: null };
        else if (!ownOnly || event.job.createdBy === caller.tenant) {
          yield toWatchResponse({ ...event, job: fitJob(event.job) });
        }
      }
    },

    async fleetAgents(request, { caller }) {
      permit("fleetAgents", caller);
      return toFleetAgentsResponse(await listAgents(remote.context, fromFleetAgentsRequest(request)));
    },

    async fleetPools(request, { caller }) {
      permit("fleetPools", caller);
      return toFleetPoolsResponse(await listPools(remote.context, fromPageRequest(request)));
    },

    async drain({ undo }, context) {
      permit("drain", context.caller);
      const audit = auditOrderOf(context, "Drain", undo ? "undone" : "");
      await record([{ ...audit, time: new Date(), jobName: "", jobId: "", outcome: "OK" }]);
      return { runningJobs: await fleet.drain(!undo) };
    },
  };
}
