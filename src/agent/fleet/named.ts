import { JobError } from "../../job/errors.ts";
import type { JobSelector } from "../../job/types.ts";
import {
  fromSelector,
  fromSignalRequest,
  fromStopRequest,
  fromStreamLogsRequest,
} from "../../rpc/convert/requests.ts";
import { toGetResponse, toStopResponse } from "../../rpc/convert/responses.ts";
import { fromStatsRequest } from "../../rpc/convert/streams.ts";
import type { Rpc } from "../../rpc/schema.ts";
import { orderOf as auditOrderOf, describeSignal, describeStop } from "../audit/order.ts";
import { fitJob } from "../fit.ts";
import type { CallContext, Handlers } from "../handlers.ts";
import { checkInterval } from "../stats.ts";
import { claimsOf, findRemote, isNotFound } from "./access.ts";
import { remoteLogs } from "./logs.ts";
import type { FoundJob, RemoteJobs } from "./remote-jobs.ts";
import { requireReported } from "./reported.ts";
import type { RecordAudit } from "./run.ts";
import { remoteStats } from "./stats.ts";
import { stopRemote } from "./stop.ts";

type Named = "get" | "wait" | "stop" | "signal" | "remove" | "streamLogs" | "stats";

/** Calls about one job: where the agent has none of that name itself, about the fleet's. */
export function namedCalls(own: Handlers, remote: RemoteJobs, record: RecordAudit): Pick<Handlers, Named> {
  async function ownOr<T>(
    rpc: Rpc,
    selector: JobSelector,
    context: CallContext,
    answer: Promise<T>,
    answerRemote: (found: FoundJob) => Promise<T>,
  ): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    return answerRemote(await findRemote(remote, rpc, selector, context));
  }

  async function* ownOrStream<T>(
    rpc: Rpc,
    selector: JobSelector,
    context: CallContext,
    messages: AsyncIterable<T>,
    stream: (found: FoundJob) => AsyncIterable<T>,
  ): AsyncGenerator<T, void, undefined> {
    let hasBegun = false;
    try {
      for await (const message of messages) {
        hasBegun = true;
        yield message;
      }
      return;
    } catch (error) {
      if (hasBegun || !isNotFound(error)) throw error;
    }
    yield* stream(await findRemote(remote, rpc, selector, context));
  }

  /** On the audit log before it is done, as with jobs of the agent's own. */
  async function intend(context: CallContext, action: string, detail: string, job: FoundJob["record"]) {
    const where = detail === "" ? "in the fleet" : `${detail}, in the fleet`;
    const what = { time: new Date(), jobName: job.name, jobId: job.id, outcome: "OK" };
    await record([{ ...auditOrderOf(context, action, where), ...what }]);
  }

  return {
    get: (request, context) =>
      ownOr("get", fromSelector(request), context, own.get(request, context), async (found) =>
        toGetResponse(fitJob(await remote.get(found, claimsOf(context)))),
      ),

    wait: (request, context) =>
      ownOr("wait", fromSelector(request), context, own.wait(request, context), async (found) => ({
        job: toGetResponse(fitJob(await remote.ended(found, context.signal))),
      })),

    stop: (request, context) =>
      ownOr("stop", fromSelector(request), context, own.stop(request, context), async (found) => {
        const input = fromStopRequest(request);
        await intend(context, "Stop", describeStop(input.gracePeriodMs), found.record);
        return toStopResponse(await stopRemote(remote, found, input, context));
      }),

    signal: (request, context) =>
      ownOr(
        "signal",
        fromSelector(request),
        context,
        own.signal(request, context),
        async ({ record: job }) => {
          if (job.state.status !== "RUNNING") throw notRunning(job);
          const { signal, all } = fromSignalRequest(request);
          await intend(context, "Signal", describeSignal(signal, all ?? false), job);
          const local = { ...request, name: job.state.localName, jobId: "" };
          return remote.forward("signal", job.state, local, claimsOf(context)).catch((error: unknown) => {
            throw isNotFound(error) ? notStarted(job.name) : error;
          });
        },
      ),

    remove: async (request, context) => {
      await requireReported(own, remote, request, context);
      return ownOr("remove", fromSelector(request), context, own.remove(request, context), async (found) => {
        await intend(context, "Remove", "", found.record);
        await remote.remove(found, claimsOf(context));
        return {};
      });
    },

    streamLogs: (request, context) =>
      ownOrStream("streamLogs", fromSelector(request), context, own.streamLogs(request, context), (found) =>
        remoteLogs(remote, found, fromStreamLogsRequest(request), claimsOf(context), context.signal),
      ),

    stats(request, context) {
      const { name, jobId, intervalMs } = fromStatsRequest(request);
      if (name === undefined) return own.stats(request, context);
      return ownOrStream("stats", { name, jobId }, context, own.stats(request, context), (found) => {
        checkInterval(intervalMs);
        return remoteStats(remote, found, intervalMs, context);
      });
    },
  };
}

function notRunning({ name, state }: FoundJob["record"]): JobError {
  const why = state.status === "PENDING" ? "has not begun to run" : "has ended";
  return new JobError("JOB_ENDED", `job ${JSON.stringify(name)} ${why}`);
}

function notStarted(name: string): JobError {
  return new JobError("UNAVAILABLE", `job ${JSON.stringify(name)} is just being started: try again`);
}
