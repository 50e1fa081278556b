import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { ownAccount, tenantAccount } from "./accounts.ts";
import { type CgroupMode, type Detected, detectCgroups } from "./cgroup/detect.ts";
import { createGroup, removeGroup } from "./cgroup/group.ts";
import { JobError, throwIfAborted } from "./errors.ts";
import { readLog } from "./logs/read.ts";
import { RunningJob } from "./running-job.ts";
import { MemoryStore } from "./store/memory.ts";
import type { JobRecord, JobStore, StartedRecord } from "./store/store.ts";
import { jobEnvironment } from "./supervisor/environment.ts";
import { installShim } from "./supervisor/shim.ts";
import { startSupervisor } from "./supervisor/start.ts";
import { findTools, type Tools } from "./supervisor/tools.ts";
import { cgroupTree, sessionTree } from "./supervisor/tree.ts";
import type {
  Account,
  CallOptions,
  Capabilities,
  FinishedJob,
  FinishedState,
  GetInput,
  Job,
  JobSelector,
  ListInput,
  ListOutput,
  LogChunk,
  OwnedRunInput,
  OwnedStopInput,
  RunOutput,
  StopOutput,
  StreamLogsInput,
  WaitInput,
} from "./types.ts";
import {
  validateGracePeriod,
  validateList,
  validateRun,
  validateSelector,
  validateStop,
  validateStreamLogs,
} from "./validate.ts";

/** Time between SIGTERM and SIGKILL where none is asked for, in milliseconds. */
const DEFAULT_GRACE_PERIOD_MS = 10_000;
const DEFAULT_TENANT_UIDS = { first: 70_000, last: 79_999 };
const DEFAULT_PAGE_SIZE = 100;

export interface JobServiceOptions {
  /** Where logs and exit records live; made with mode 0700. */
  readonly stateDir: string;
  readonly cgroup?: {
    /** `auto` uses what the host has, `required` refuses to open below level "limits". @default "auto" */
    readonly mode?: CgroupMode | undefined;
    /** Directory of the jobs' cgroups. @default LPR below the host's cgroup2 mount */
    readonly root?: string | undefined;
  };
  /** uids given to tenants by `runAs: "tenant"`, both ends included. @default 70000 to 79999 */
  readonly tenantUids?: { readonly first: number; readonly last: number };
  /** Hears of what fails in the background, where no caller can be told. */
  readonly onBackgroundError?: (error: JobError) => void;
}

/** Runs, watches and stops processes of this host as jobs. */
export class JobService implements AsyncDisposable {
  readonly capabilities: Capabilities;
  readonly #options: JobServiceOptions;
  readonly #cgroups: Detected;
  readonly #tools: Tools;
  readonly #shim: string;
  readonly #account = ownAccount();
  readonly #store: JobStore = new MemoryStore();
  readonly #running = new Map<string, RunningJob>();
  /** Starts under way, which a shutdown must wait for. */
  readonly #starting = new Set<Promise<unknown>>();
  /** Aborted when the service is closed: waits and streams end. */
  readonly #closed = new AbortController();
  #refusing = false;

  /** @throws JobError HOST_UNSUPPORTED when the host lacks what was asked or what every job needs */
  static async open(options: JobServiceOptions): Promise<JobService> {
    const tools = findTools();
    const cgroups = detectCgroups({ mode: options.cgroup?.mode ?? "auto", root: options.cgroup?.root });
    mkdirSync(join(options.stateDir, "jobs"), { recursive: true, mode: 0o700 });
    return new JobService(options, cgroups, tools, installShim(options.stateDir));
  }

  private constructor(options: JobServiceOptions, cgroups: Detected, tools: Tools, shim: string) {
    this.#options = options;
    this.#cgroups = cgroups;
    this.#tools = tools;
    this.#shim = shim;
    this.capabilities = { level: cgroups.level, missing: cgroups.missing };
  }

  get runningJobs(): number {
    return this.#running.size;
  }

  /**
   * Starts a job. Resolves when its command is being executed; what fails before leaves nothing behind.
   * @throws JobError INVALID_INPUT, COMMAND_NOT_FOUND, NAME_TAKEN, HOST_UNSUPPORTED, UNAVAILABLE when closing
   */
  async run(input: OwnedRunInput, { signal }: CallOptions = {}): Promise<RunOutput> {
    validateRun(input);
    throwIfAborted(signal);
    if (this.#refusing)
      throw new JobError("UNAVAILABLE", "the job service is closing and starts no more jobs");
    const start = this.#start(input);
    this.#starting.add(start);
    try {
      return await start;
    } finally {
      this.#starting.delete(start);
    }
  }

  /** @throws JobError INVALID_INPUT, JOB_NOT_FOUND */
  async get(input: GetInput, { signal }: CallOptions = {}): Promise<Job> {
    throwIfAborted(signal);
    return this.#toJob(await this.#find(input));
  }

  /** @throws JobError INVALID_INPUT */
  async list(input: ListInput = {}, { signal }: CallOptions = {}): Promise<ListOutput> {
    validateList(input);
    throwIfAborted(signal);
    const { records, nextPageToken } = await this.#store.list({
      ...input,
      pageSize: input.pageSize ?? DEFAULT_PAGE_SIZE,
    });
    const jobs = records.map((record) => this.#toJob(record));
    return nextPageToken === undefined ? { jobs } : { jobs, nextPageToken };
  }

  /**
   * SIGTERM to the main process, SIGKILL to all that is left after the grace period. Goes on when the caller
   * goes away. Stopping a finished job returns its final state.
   * @throws JobError INVALID_INPUT, JOB_NOT_FOUND, CANCELLED, UNAVAILABLE when closing
   */
  async stop(input: OwnedStopInput, { signal }: CallOptions = {}): Promise<StopOutput> {
    validateStop(input);
    throwIfAborted(signal);
    const record = await this.#find(input);
    const job = this.#running.get(record.id);
    const state = job ? await this.#unlessClosed(this.#stop(job, input), signal) : finished(record).state;
    return "exitCode" in state
      ? { status: state.status, exitCode: state.exitCode }
      : { status: state.status };
  }

  /**
   * Resolves when the job has ended and every process of it is gone.
   * @throws JobError INVALID_INPUT, JOB_NOT_FOUND, CANCELLED, UNAVAILABLE when closing
   */
  async wait(input: WaitInput, { signal }: CallOptions = {}): Promise<FinishedJob> {
    throwIfAborted(signal);
    const record = await this.#find(input);
    const job = this.#running.get(record.id);
    if (job) await this.#unlessClosed(job.ended, signal);
    return finished(this.#toJob(await this.#find({ name: record.name, jobId: record.id })));
  }

  /**
   * Yields the job's output from `offset` on, in pieces of at most 64 KiB, until the job has ended.
   * Leaving the loop frees the file and the watch.
   * @throws JobError INVALID_INPUT, JOB_NOT_FOUND, LOG_DAMAGED, CANCELLED, UNAVAILABLE when closing
   */
  async *streamLogs(
    input: StreamLogsInput,
    { signal }: CallOptions = {},
  ): AsyncGenerator<LogChunk, void, undefined> {
    validateStreamLogs(input);
    throwIfAborted(signal);
    const record = await this.#find(input);
    const job = this.#running.get(record.id);
    const follow = job && input.follow !== false ? { watch: job.watch, finished: job.isFinished } : undefined;
    const log = {
      path: this.#logPath(record.id),
      offset: input.offset ?? 0,
      ...(follow ? { follow } : {}),
    };
    const either = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal;
    try {
      for await (const piece of readLog(log, either)) yield { jobId: record.id, ...piece };
    } catch (error) {
      throw this.#closed.signal.aborted && !signal?.aborted ? closedMeanwhile() : error;
    }
  }

  /**
   * Stops every job gracefully, then closes. From its first step on `run` is refused with UNAVAILABLE.
   * @throws JobError INVALID_INPUT
   */
  async shutdown(input: Pick<OwnedStopInput, "gracePeriodMs" | "causedBy"> = {}): Promise<void> {
    await this.stopAll(input);
    await this.close();
  }

  /**
   * The first half of a shutdown: `run` is refused from now on and every job is stopped, while streams go on
   * to their last byte. Calling it again with a shorter grace period hurries.
   * @throws JobError INVALID_INPUT
   */
  async stopAll(input: Pick<OwnedStopInput, "gracePeriodMs" | "causedBy"> = {}): Promise<void> {
    validateGracePeriod(input.gracePeriodMs);
    this.#refusing = true;
    await Promise.allSettled(this.#starting);
    await Promise.all([...this.#running.values()].map((job) => this.#stop(job, input)));
  }

  /** Detaches: jobs keep running, calls under way end with UNAVAILABLE. */
  async close(): Promise<void> {
    this.#refusing = true;
    await Promise.allSettled(this.#starting);
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    for (const job of this.#running.values()) job.detach();
    await this.#store.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #start(input: OwnedRunInput): Promise<RunOutput> {
    const { name, command, args = [], env = [], workingDir = "/", createdBy = "" } = input;
    const runAs = input.runAs === "tenant" ? await this.#tenantAccount(createdBy) : input.runAs;
    const id = Bun.randomUUIDv7();
    const jobDir = this.#jobDir(id);
    const cgroupDir = this.#cgroups.root === undefined ? undefined : join(this.#cgroups.root, name);
    // Found again by it where there is no cgroup; of no use elsewhere.
    const mark = cgroupDir === undefined ? { LPR_JOB_ID: id } : {};
    const createdAt = new Date();
    await this.#store.insert({
      ...{ id, name, createdBy, command, args, workingDir, createdAt, startedAt: createdAt },
      state: { status: "STARTING" },
    });
    await using undo = new AsyncDisposableStack();
    undo.defer(() => this.#store.delete(id));
    undo.defer(() => rmSync(jobDir, { recursive: true, force: true }));
    if (cgroupDir !== undefined) {
      createGroup(cgroupDir);
      undo.defer(() => void removeGroup(cgroupDir));
    }
    const supervisor = await startSupervisor({
      ...{
        jobDir,
        cgroupDir,
        command,
        args,
        workingDir,
        shim: this.#shim,
        tools: this.#tools,
        account: runAs,
      },
      env: jobEnvironment(runAs ?? this.#account, { LPR_JOB_NAME: name, ...mark }, env),
    });
    undo.move();
    const startedAt = new Date();
    const started = this.#store.update(id, {
      state: { status: "RUNNING", pid: supervisor.main.pid },
      startedAt,
    });
    const job = new RunningJob({
      ...{ id, name, jobDir, supervisor, logPath: this.#logPath(id) },
      tree:
        cgroupDir === undefined ? sessionTree(supervisor.main, `LPR_JOB_ID=${id}`) : cgroupTree(cgroupDir),
      record: async (state) => {
        // The end of a short job must not be overwritten by its start.
        await started;
        await this.#ended(id, state);
      },
      onBackgroundError: (error) => this.#options.onBackgroundError?.(error),
    });
    this.#running.set(id, job);
    await started;
    return { name, id };
  }

  async #ended(id: string, state: FinishedState): Promise<void> {
    // A closed service has given its records up; the exit record on disk stays.
    if (!this.#closed.signal.aborted) await this.#store.update(id, { state });
    this.#running.delete(id);
  }

  async #stop(
    job: RunningJob,
    { gracePeriodMs = DEFAULT_GRACE_PERIOD_MS, causedBy = "" }: Partial<OwnedStopInput>,
  ) {
    const stopIntent = { causedBy, at: new Date() };
    job.intendStop(stopIntent);
    await this.#store.update(job.id, { stopIntent });
    return job.stop(gracePeriodMs);
  }

  /** The promise, or an error as soon as the caller or the service has gone. */
  #unlessClosed<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const { promise: gone, reject } = Promise.withResolvers<never>();
    const either = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal;
    const onAbort = () =>
      reject(signal?.aborted ? new JobError("CANCELLED", "cancelled by the caller") : closedMeanwhile());
    if (either.aborted) onAbort();
    either.addEventListener("abort", onAbort);
    return Promise.race([promise, gone]).finally(() => either.removeEventListener("abort", onAbort));
  }

  async #find(selector: JobSelector): Promise<StartedRecord> {
    validateSelector(selector);
    if (this.#closed.signal.aborted) throw closedMeanwhile();
    const record = await this.#store.findByName(selector.name);
    if (!record || !isStarted(record) || (selector.jobId !== undefined && record.id !== selector.jobId)) {
      throw new JobError("JOB_NOT_FOUND", `there is no job named ${JSON.stringify(selector.name)}`);
    }
    return record;
  }

  #toJob({
    id,
    name,
    createdBy,
    command,
    args,
    workingDir,
    createdAt,
    startedAt,
    state,
  }: StartedRecord): Job {
    const logBytes = statSync(this.#logPath(id), { throwIfNoEntry: false })?.size ?? 0;
    return { id, name, createdBy, command, args, workingDir, createdAt, startedAt, state, logBytes };
  }

  async #tenantAccount(tenant: string): Promise<Account> {
    const range = this.#options.tenantUids ?? DEFAULT_TENANT_UIDS;
    const uid = await this.#store.tenantUid(tenant, range);
    if (uid === undefined) {
      throw new JobError(
        "QUOTA_EXCEEDED",
        `all uids from ${range.first} to ${range.last} belong to other tenants`,
        {
          hint: "widen the range of tenant uids in the agent's configuration",
        },
      );
    }
    return tenantAccount(uid);
  }

  #jobDir(id: string): string {
    return join(this.#options.stateDir, "jobs", id);
  }

  #logPath(id: string): string {
    return join(this.#jobDir(id), "output.log");
  }
}

function isStarted(record: JobRecord): record is StartedRecord {
  return record.state.status !== "STARTING";
}

function finished<T extends Pick<Job, "name" | "state">>(job: T): T & { readonly state: FinishedState } {
  const { name, state } = job;
  if (state.status === "RUNNING")
    throw new JobError("INTERNAL", `job ${name} is recorded as running, but is not`);
  return { ...job, state };
}

function closedMeanwhile(): JobError {
  return new JobError("UNAVAILABLE", "the job service has been closed");
}
