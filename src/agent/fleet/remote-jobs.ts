import { removeArchive } from "../../fleet/archive.ts";
import { type Answer, callAgent } from "../../fleet/calls.ts";
import { believe } from "../../fleet/claim.ts";
import type { FleetContext, ForwardedCaller, ForwardedRpc } from "../../fleet/context.ts";
import { describeRecord, placed } from "../../fleet/describe.ts";
import type { Fleet } from "../../fleet/fleet.ts";
import { askStop, isFinished, writtenAgain } from "../../fleet/transitions.ts";
import type { Attempt, FleetJob, FleetStop, Order } from "../../fleet/types.ts";
import { JobError } from "../../job/errors.ts";
import type { JobSelector } from "../../job/types.ts";
import { fromGetResponse } from "../../rpc/convert/responses.ts";
import { type FinishedRemoteJob, hasEnded, type RemoteJob } from "../../rpc/remote-job.ts";
import { jobService, type RequestOf, type ResponseOf } from "../../rpc/schema.ts";
import { isNotFound } from "./access.ts";

/** A job of the fleet, and what is believed of it. */
export interface FoundJob {
  readonly record: FleetJob;
  readonly order: Order;
}

/** Calls at the agent that has a job; those that answer with one message. */
type UnaryForward = Exclude<ForwardedRpc, "streamLogs" | "stats">;

/** What can be done with jobs of the fleet from this agent, wherever they run. */
export class RemoteJobs {
  readonly #fleet: Fleet;

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  /** @throws JobError UNAVAILABLE while NATS is away */
  get context(): FleetContext {
    return this.#fleet.context;
  }

  /** Undefined: there is none, or not with this id. @throws JobError UNAVAILABLE */
  async find({ name, jobId }: JobSelector): Promise<FoundJob | undefined> {
    const { stores } = this.context;
    const stored = await stores.jobs.get(name);
    if (!stored || (jobId !== undefined && !isOf(stored.value, jobId))) return undefined;
    const believed = await believe(this.context, stored.value);
    // Nobody's but an admin's: what it says of its owner is worth nothing.
    const order = typeof believed === "string" ? orderOfNobody(stored.value) : believed.order;
    return { record: stored.value, order };
  }

  /** As its host has it; as the record has it where that cannot be asked. */
  async get({ record, order }: FoundJob, caller: ForwardedCaller): Promise<RemoteJob> {
    const { state } = record;
    if (state.status !== "RUNNING") return describeRecord(record, order);
    try {
      const local = await this.forward("get", state, { name: state.localName, jobId: "" }, caller);
      const job = fromGetResponse(local);
      // Its end is on record in a moment.
      return hasEnded(job) ? describeRecord(record, order) : placed(job, record, order);
    } catch (error) {
      // Not there yet, or not any more.
      if (!isAway(error) && !isNotFound(error)) throw error;
      return describeRecord(record, order);
    }
  }

  /** Resolves when the job has ended for good. @throws JobError CANCELLED, JOB_NOT_FOUND when it is removed, UNAVAILABLE */
  async ended({ record, order }: FoundJob, signal: AbortSignal): Promise<FinishedRemoteJob> {
    const { stores, closing } = this.context;
    const either = AbortSignal.any([signal, closing]);
    for await (const { value, damage } of stores.jobs.watch(record.name, either)) {
      if (damage) throw damage;
      if (value?.id !== record.id) throw new JobError("JOB_NOT_FOUND", `job ${record.name} has been removed`);
      const job = describeRecord(value, order);
      if (hasEnded(job)) return job;
    }
    if (signal.aborted) throw new JobError("CANCELLED", "cancelled by the caller");
    throw new JobError("UNAVAILABLE", "the agent is stopping, or the fleet is away");
  }

  /**
   * Stops a job wherever it is, now or when its host is back.
   * @throws JobError UNAVAILABLE: it will be stopped
   */
  async stop(
    found: FoundJob,
    stop: FleetStop,
    request: RequestOf<"stop">,
    caller: ForwardedCaller,
  ): Promise<void> {
    const { stores } = this.context;
    for (;;) {
      const stored = await stores.jobs.get(found.record.name);
      if (!stored || stored.value.id !== found.record.id || isFinished(stored.value)) return;
      // On record first: should its host be lost, it must not run again.
      const asked = askStop(writtenAgain(stored), stop, new Date());
      if (!asked || !(await stores.jobs.replace(asked.name, asked, stored.revision))) continue;
      if (asked.state.status !== "RUNNING") return;
      try {
        const message = { ...request, name: asked.state.localName, jobId: "" };
        await this.forward("stop", asked.state, message, caller);
      } catch (error) {
        // It is being started: who starts it sees to the stop that is on record.
        if (isNotFound(error)) return;
        if (!isAway(error)) throw error;
        throw new JobError(
          "UNAVAILABLE",
          `agent ${asked.state.agent} of the fleet, which has the job, cannot be reached`,
          {
            hint: "the stop is on record: it is done when the agent is back, and should that be lost, the job does not run again",
            cause: error,
          },
        );
      }
      return;
    }
  }

  /** Forgets a job that has ended, and its output where that is still to be reached. @throws JobError JOB_RUNNING, UNAVAILABLE */
  async remove({ record }: FoundJob, caller: ForwardedCaller): Promise<void> {
    const { stores } = this.context;
    const stored = await stores.jobs.get(record.name);
    if (!stored || stored.value.id !== record.id) return;
    const job = stored.value;
    if (!isFinished(job)) {
      const why = job.state.status === "PENDING" ? "waits for a slot" : "is running";
      throw new JobError("JOB_RUNNING", `job ${JSON.stringify(record.name)} ${why}`, {
        hint: "stop it first",
      });
    }
    if (!(await stores.jobs.remove(record.name, stored.revision))) throw changed(record.name);
    const { id, fence, state } = job;
    const { agent, localName, archivedBlocks: blocks = 0 } = state;
    if (agent === undefined || localName === undefined) return;
    await removeArchive(this.context, { agent, id, fence, blocks });
    // A host that is away has it until its own retention ends.
    await this.forward("remove", { agent }, { name: localName, jobId: "" }, caller).catch(
      (error: unknown) => {
        if (!(error instanceof JobError)) throw error;
      },
    );
  }

  /** Has the agent that has the job answer. */
  async forward<R extends UnaryForward>(
    rpc: R,
    { agent }: Pick<Attempt, "agent">,
    request: RequestOf<R>,
    caller: ForwardedCaller,
  ): Promise<ResponseOf<R>> {
    const { messages } = await this.call(rpc, agent, request, caller);
    const [message = new Uint8Array(0)] = messages;
    return jobService[rpc].responseDeserialize(Buffer.from(message)) as ResponseOf<R>;
  }

  call<R extends ForwardedRpc>(
    rpc: R,
    agent: string,
    request: RequestOf<R>,
    caller: ForwardedCaller,
  ): Promise<Answer> {
    const serialize = jobService[rpc].requestSerialize as (message: RequestOf<R>) => Buffer;
    return callAgent(this.context, agent, { rpc, caller, request: serialize(request) });
  }
}

/** By the id of the job, or by that of one of its attempts. */
export function isOf({ id }: FleetJob, jobId: string): boolean {
  return jobId === id || jobId.startsWith(`${id}.`);
}

export function isAway(error: unknown): boolean {
  return error instanceof JobError && error.code === "UNAVAILABLE";
}

function changed(name: string): JobError {
  return new JobError("UNAVAILABLE", `job ${name} has changed in this very moment: try again`);
}

function orderOfNobody({ id, name, pool, queuedAt }: FleetJob): Order {
  return {
    ...{ id, name, pool, tenant: "", role: "user", prefer: {}, retry: 0, request: "" },
    orderedAt: queuedAt,
  };
}
