import { JobError } from "../job/errors.ts";
import type { JobService } from "../job/index.ts";
import type { CallOptions, Job, JobSelector, ListInput, ListOutput } from "../job/types.ts";
import { fromAuditRequest, toAuditResponse } from "../rpc/convert/audit.ts";
import { toInfoResponse } from "../rpc/convert/info.ts";
import {
  fromListRequest,
  fromRunRequest,
  fromSelector,
  fromSignalRequest,
  fromStopRequest,
  fromStreamLogsRequest,
} from "../rpc/convert/requests.ts";
import { toGetResponse, toListResponse, toStopResponse } from "../rpc/convert/responses.ts";
import { fromStatsRequest, toWatchResponse } from "../rpc/convert/streams.ts";
import type { RequestOf, ResponseOf, Rpc } from "../rpc/schema.ts";
import { fitAudit } from "./audit/fit.ts";
import { attachedNote, describeRun, describeSignal, describeStop, orderOf } from "./audit/order.ts";
import { authorize, type Decision, type JobOwner } from "./authorize.ts";
import { fitJob, fitPage } from "./fit.ts";
import type { Caller } from "./identity.ts";
import { toMessages } from "./messages.ts";
import { listOfOwn, noFleet } from "./no-fleet.ts";
import { toPackedMessages } from "./packed-messages.ts";
import type { Identified } from "./peers.ts";
import type { Refusals } from "./refusals.ts";
import { accountFor, type RunAs } from "./run-as.ts";
import { checkInterval, passed, toStatsMessages } from "./stats.ts";
import type { LiveTls } from "./tls/live.ts";

/** One call: who makes it, and when they lose interest. */
export interface CallContext extends CallOptions, Identified {
  readonly signal: AbortSignal;
}

/** What handlers know of the agent. */
export interface Served {
  readonly jobs: Pick<
    JobService,
    | (
        | "run"
        | "get"
        | "list"
        | "stop"
        | "wait"
        | "streamLogs"
        | "signal"
        | "remove"
        | "stats"
        | "watch"
        | "checkSequence"
      )
    | ("audit" | "recordAudit")
    | ("capabilities" | "runningJobs" | "lastSequence")
  >;
  /** What the agent says of itself. */
  readonly about: {
    readonly version: string;
    readonly hostname: string;
    readonly startedAt: Date;
  };
  /** The certificates as they are now. */
  readonly tls: Pick<LiveTls, "current" | "warnings">;
  readonly refusals: Pick<Refusals, "counts" | "countCall">;
  /** Aborted when all jobs have been stopped: streams that would never end by themselves do so then. */
  readonly closing: AbortSignal;
  /** Whether jobs of role `user` get an account of their tenant's own: only root can give one. */
  readonly ownAccounts: boolean;
  /** Accept role `user` where jobs share the account of the agent. */
  readonly sharedAccount: () => boolean;
  /** Accounts of roles, where they are not the usual ones. */
  readonly runAs: () => RunAs;
}

export type StreamingRpc = "streamLogs" | "stats" | "watch";
export type UnaryRpc = Exclude<Rpc, StreamingRpc>;

export type Handlers = {
  readonly [R in UnaryRpc]: (request: RequestOf<R>, context: CallContext) => Promise<ResponseOf<R>>;
} & {
  readonly [R in StreamingRpc]: (
    request: RequestOf<R>,
    context: CallContext,
  ) => AsyncGenerator<ResponseOf<R>, void, undefined>;
};

export function createHandlers(served: Served): Handlers {
  const { jobs, refusals } = served;
  return {
    async run(request, context) {
      const { caller, signal } = context;
      permit("run", caller, served);
      const { user, fleet, ...input } = fromRunRequest(request);
      if (fleet) throw noFleet();
      const audit = orderOf(context, "Run", describeRun({ ...input, user }));
      const owned = {
        createdBy: caller.tenant,
        runAs: accountFor(user, caller, { ownAccounts: served.ownAccounts, runAs: served.runAs() }),
        audit,
      };
      // Another job of the name may be touched only by who may stop it.
      const mayManage = (job: Job) => authorize("stop", caller.role, ownerOf(job, caller)) === "allowed";
      const started = jobs.run({ ...input, ...owned, mayManage }, { signal });
      const output = await started.catch((error: unknown) => {
        if (error instanceof JobError && error.code === "QUOTA_EXCEEDED") refusals.countCall("jobs");
        throw error;
      });
      if (output.existing) await jobs.recordAudit([attachedNote(audit, output)]);
      return output;
    },

    async get(request, context) {
      return toGetResponse(fitJob(await findFor("get", fromSelector(request), context, served)));
    },

    async stop(request, context) {
      const { gracePeriodMs, ...selector } = fromStopRequest(request);
      const { name, id: jobId } = await findFor("stop", selector, context, served);
      const input = { name, jobId, gracePeriodMs, causedBy: context.caller.tenant };
      const audit = orderOf(context, "Stop", describeStop(gracePeriodMs));
      return toStopResponse(await jobs.stop({ ...input, audit }, context));
    },

    async *streamLogs(request, context) {
      const input = fromStreamLogsRequest(request);
      const { name, id: jobId } = await findFor("streamLogs", input, context, served);
      const chunks = jobs.streamLogs({ ...input, name, jobId }, context);
      const { offset } = input;
      yield* request.acceptZstd ? toPackedMessages(jobId, offset, chunks) : toMessages(jobId, offset, chunks);
    },

    async list(request, { caller, signal }) {
      const decision = permit("list", caller, served);
      const input = listOfOwn(fromListRequest(request));
      if (
        decision === "own jobs only" &&
        input.createdBy !== undefined &&
        input.createdBy !== caller.tenant
      ) {
        return toListResponse({ jobs: [] });
      }
      const visible: ListInput =
        decision === "own jobs only" ? { ...input, createdBy: caller.tenant } : input;
      const list = (part: ListInput): Promise<ListOutput> => jobs.list(part, { signal });
      return toListResponse(await fitPage(visible, list));
    },

    async wait(request, context) {
      const { name, id: jobId } = await findFor("wait", fromSelector(request), context, served);
      const job = await jobs.wait({ name, jobId }, context);
      return { job: toGetResponse(fitJob(job)) };
    },

    async signal(request, context) {
      const { signal, all, ...selector } = fromSignalRequest(request);
      const { name, id: jobId } = await findFor("signal", selector, context, served);
      const audit = orderOf(context, "Signal", describeSignal(signal, all ?? false));
      await jobs.signal({ name, jobId, signal, all, audit }, context);
      return {};
    },

    async remove(request, context) {
      const { name, id: jobId } = await findFor("remove", fromSelector(request), context, served);
      await jobs.remove({ name, jobId, audit: orderOf(context, "Remove", "") }, context);
      return {};
    },

    async *stats(request, context) {
      const { name, jobId, intervalMs } = fromStatsRequest(request);
      checkInterval(intervalMs);
      const ending = AbortSignal.any([context.signal, served.closing]);
      const sample = name === undefined ? visibleTo("stats", context.caller, served) : await one(name, jobId);
      for (;;) {
        yield* toStatsMessages(await jobs.stats(sample, context));
        if (intervalMs === undefined || !(await passed(intervalMs, ending))) return;
      }
      async function one(named: string, id: string | undefined) {
        const job = await findFor("stats", { name: named, jobId: id }, context, served);
        return { name: job.name, jobId: job.id };
      }
    },

    async *watch({ sinceSequence, fleet }, context) {
      const visible = visibleTo("watch", context.caller, served);
      if (fleet) throw noFleet();
      // At once, so that who lists the jobs next, and watches from here on, misses nothing.
      const since = sinceSequence ?? jobs.lastSequence;
      // A stream that is live misses nothing.
      jobs.checkSequence(since);
      yield { sequence: since, time: null, type: 0, job: null };
      const signal = AbortSignal.any([context.signal, served.closing]);
      try {
        for await (const event of jobs.watch({ ...visible, sinceSequence: since }, { signal })) {
          yield toWatchResponse({ ...event, job: fitJob(event.job) });
        }
      } catch (error) {
        throw served.closing.aborted ? new JobError("UNAVAILABLE", "the agent is stopping") : error;
      }
    },

    async audit(request, { caller, signal }) {
      permit("audit", caller, served);
      return toAuditResponse(fitAudit(await jobs.audit(fromAuditRequest(request), { signal })));
    },

    async fleetAgents(_request, { caller }) {
      permit("fleetAgents", caller, served);
      throw noFleet();
    },

    async fleetPools(_request, { caller }) {
      permit("fleetPools", caller, served);
      throw noFleet();
    },

    async drain(_request, { caller }) {
      permit("drain", caller, served);
      throw noFleet();
    },

    async info(_request, { caller }) {
      permit("info", caller, served);
      const { version, hostname, startedAt } = served.about;
      return toInfoResponse({
        ...{ version, hostname, startedAt },
        capabilityLevel: jobs.capabilities.level,
        missing: jobs.capabilities.missing,
        runningJobs: jobs.runningJobs,
        tenant: caller.tenant,
        role: caller.role,
        agentCertificateExpiresAt: served.tls.current.certificate.validToDate,
        clientCertificateExpiresAt: caller.certificateExpiresAt,
        // How often others are refused, and what is wrong with the agent, is no business of a user.
        refusals: caller.role === "admin" ? served.refusals.counts : {},
        warnings: caller.role === "admin" ? served.tls.warnings : [],
      });
    },
  };
}

/** What to leave out of calls about many jobs. */
function visibleTo(rpc: Rpc, caller: Caller, served: Served): { readonly createdBy?: string } {
  return permit(rpc, caller, served) === "own jobs only" ? { createdBy: caller.tenant } : {};
}

/** For calls that name no job. */
function permit(rpc: Rpc, caller: Caller, served: Served): Decision {
  refuseUnprotected(caller, served);
  const decision = authorize(rpc, caller.role);
  if (decision === "denied") throw denied(rpc, caller);
  return decision;
}

/**
 * The job a call names, when the caller may make it. From here on it is called by its id, so that a
 * name given to another job meanwhile cannot lend that job's rights.
 */
async function findFor(rpc: Rpc, selector: JobSelector, context: CallContext, served: Served): Promise<Job> {
  const { caller } = context;
  refuseUnprotected(caller, served);
  const job = await served.jobs.get(selector, context).catch((error: unknown) => {
    if (error instanceof JobError && error.code === "JOB_NOT_FOUND") return undefined;
    throw error;
  });
  const decision = authorize(rpc, caller.role, ownerOf(job, caller));
  if (decision === "denied") throw denied(rpc, caller);
  if (decision !== "allowed" || !job) {
    throw noSuchJob(selector.name, job?.createdBy);
  }
  return job;
}

/** @param owner for the audit log, where there is one: the caller is told nothing of it */
export function noSuchJob(name: string, owner: string | undefined): JobError {
  return new JobError("JOB_NOT_FOUND", `there is no job named ${JSON.stringify(name)}`, {
    hint: "lpr job list shows the jobs there are",
    ...(owner === undefined ? {} : { cause: new Error(`it belongs to ${owner}`) }),
  });
}

function ownerOf(job: Job | undefined, caller: Caller): JobOwner {
  if (!job) return "nobody: there is no such job";
  return job.createdBy === caller.tenant ? "caller" : "someone else";
}

export function refuseUnprotected(
  { role }: Pick<Caller, "role">,
  { ownAccounts, sharedAccount }: Pick<Served, "ownAccounts" | "sharedAccount">,
): void {
  if (role !== "user" || ownAccounts || sharedAccount()) return;
  throw new JobError(
    "PERMISSION_DENIED",
    "this agent does not run as root, so it cannot keep tenants apart: jobs of role user could read its keys",
    { hint: "run the agent as root, or start it with --shared-account where all tenants trust each other" },
  );
}

export function denied(rpc: Rpc, { role }: Caller): JobError {
  return new JobError("PERMISSION_DENIED", `role ${role} may not call ${rpc}`, {
    hint: "log in with a certificate of the role admin",
  });
}
