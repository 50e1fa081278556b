import { join } from "node:path";
import { ownAccount } from "./accounts.ts";
import { type Adoption, adoptJobs } from "./adopt.ts";
import { Auditor } from "./audit/auditor.ts";
import { detectCgroups } from "./cgroup/detect.ts";
import { makeSupervisorsGroup } from "./cgroup/supervisors.ts";
import { DiskSpace } from "./disk-space.ts";
import { JobError, throwIfAborted } from "./errors.ts";
import { EventLog } from "./events.ts";
import { type Host, jobDirOf, superviseJob } from "./host.ts";
import type { Launched } from "./launch.ts";
import { Lease } from "./lease.ts";
import { lockPaths } from "./lock.ts";
import { chooseLogs } from "./logs/choose.ts";
import { logFiles, logSizes, sum } from "./logs/files.ts";
import { requireHolePunching } from "./logs/policy.ts";
import { detectHolePunching } from "./logs/punch.ts";
import { keptBytes, LogQuota } from "./logs/quota.ts";
import { readLogs } from "./logs/read.ts";
import { LogSampler } from "./logs/sampler.ts";
import { StoredLog } from "./logs/stored-log.ts";
import type { JobPolicy, JobServiceOptions } from "./options.ts";
import { expired, forget } from "./retention.ts";
import type { RunningJob } from "./running-job.ts";
import { Starter } from "./starter.ts";
import { openStateDir } from "./state-dir.ts";
import { MemoryStore } from "./store/memory.ts";
import { SqliteStore } from "./store/sqlite.ts";
import { type FinishedRecord, isStarted, type StartedRecord } from "./store/store.ts";
import { installShim } from "./supervisor/shim.ts";
import { findTools } from "./supervisor/tools.ts";
import type {
  Adopted,
  AuditInput,
  AuditNote,
  AuditOutput,
  CallOptions,
  Capabilities,
  FinishedJob,
  FinishedState,
  GetInput,
  Job,
  JobEvent,
  JobSelector,
  JobStats,
  ListInput,
  ListOutput,
  LogChunk,
  OwnedRemoveInput,
  OwnedRunInput,
  OwnedSignalInput,
  OwnedStopInput,
  RenewLeasesInput,
  RequireRoomInput,
  RunOutput,
  StatsInput,
  Status,
  StopOutput,
  StreamLogsInput,
  WaitInput,
  WatchInput,
} from "./types.ts";
import {
  normalizeSignal,
  validateGracePeriod,
  validateList,
  validateOptions,
  validateRun,
  validateSelector,
  validateSignal,
  validateStop,
  validateStreamLogs,
  validateWatch,
} from "./validate.ts";

const DEFAULT_PAGE_SIZE = 100;
/** How often finished jobs are looked through for those kept long enough, in milliseconds. */
const RETENTION_SWEEP_MS = 60_000;

/** Runs, watches and stops processes of this host as jobs. */
export class JobService implements AsyncDisposable {
  readonly capabilities: Capabilities;
  /** What an earlier service had left, as it was found when this one was opened. */
  readonly adopted: Adopted;
  /** Why the output of jobs cannot be kept within a size on this host. */
  readonly unboundedLogs: string | undefined;
  #options: JobServiceOptions;
  readonly #host: Host;
  readonly #resources: AsyncDisposableStack;
  readonly #starter: Starter;
  readonly #logQuota: LogQuota;
  readonly #events = new EventLog();
  readonly #running = new Map<string, RunningJob>();
  /** Aborted when the service is closed: waits and streams end. */
  readonly #closed = new AbortController();
  #refusing = false;
  #sweeping = false;

  /**
   * Opens the state directory and adopts the jobs that an earlier service left running there.
   * @throws JobError INVALID_INPUT; HOST_UNSUPPORTED when the host lacks what was asked or what every job needs,
   * or another service has the state directory or the cgroup root
   */
  static async open(options: JobServiceOptions): Promise<JobService> {
    validateOptions(options);
    const { stateDir, cgroup, onBackgroundError = () => undefined } = options;
    await using resources = new AsyncDisposableStack();
    const tools = findTools();
    const cgroups = detectCgroups({ mode: cgroup?.mode ?? "auto", root: cgroup?.root });
    openStateDir(stateDir);
    resources.use(lockPaths({ stateDir, cgroupRoot: cgroups.root }));
    const store = options.store === "memory" ? new MemoryStore() : SqliteStore.open(join(stateDir, "lpr.db"));
    resources.defer(() => store.close());
    const holes = detectHolePunching(tools.fallocate, stateDir);
    requireHolePunching(holes, options.logs ?? {});
    const closed = new AbortController();
    resources.defer(() => closed.abort());
    const host = {
      ...{ holes, closed: closed.signal, sampler: new LogSampler() },
      disk: new DiskSpace(stateDir, onBackgroundError),
      lease: new Lease(stateDir),
      ...{ stateDir, store, cgroups, tools, onBackgroundError },
      supervisors: cgroups.root === undefined ? undefined : makeSupervisorsGroup(cgroups.root),
      auditor: new Auditor(store, options.onAudited ?? (() => undefined)),
      shim: installShim(stateDir),
      account: ownAccount(),
    };
    // Before any job is adopted, which might end at once: each is counted once.
    const logQuota = await LogQuota.open(host, options.logs?.tenantQuotaBytes);
    const adoption = await adoptJobs(host);
    return new JobService({ options, host, logQuota }, adoption, resources.move());
  }

  private constructor(
    { options, host, logQuota }: { options: JobServiceOptions; host: Host; logQuota: LogQuota },
    { jobs, adopted }: Adoption,
    resources: AsyncDisposableStack,
  ) {
    this.#options = options;
    this.#host = host;
    this.#logQuota = logQuota;
    this.unboundedLogs = "missing" in host.holes ? host.holes.missing : undefined;
    this.#resources = resources;
    this.capabilities = { level: host.cgroups.level, missing: host.cgroups.missing };
    this.adopted = adopted;
    for (const job of jobs) this.#track(job);
    this.#starter = new Starter({
      options: () => this.#options,
      ...{ host, toJob: this.#toJob, replace: this.#replace },
      countRunning: (tenant) =>
        this.#running.values().reduce((count, job) => count + Number(job.createdBy === tenant), 0),
      admit: (tenant) => this.#logQuota.admit(tenant, this.#running.values()),
      find: (name) => this.#startedRecord({ name }),
      adopt: this.#adopt,
    });
    const sweep = setInterval(this.#removeExpired, RETENTION_SWEEP_MS).unref();
    resources.defer(() => clearInterval(sweep));
  }

  /**
   * Goes by other rules from now on: limits and the time-out for jobs that start, retention for all that have ended.
   * @throws JobError INVALID_INPUT, and nothing has changed
   */
  reconfigure({ limits, globalTimeoutMs, retention }: JobPolicy): void {
    const options = { ...this.#options, limits, globalTimeoutMs, retention };
    validateOptions(options);
    this.#options = options;
  }

  /**
   * Lets jobs that were started with `leased` run until then, also those that an earlier service started; without it
   * they end. The clock is that of `bootTimeMs`, which goes on while the host sleeps. Never shortens.
   * @throws JobError INVALID_INPUT, UNAVAILABLE when closing
   */
  async renewLeases({ untilMs }: RenewLeasesInput): Promise<void> {
    this.#throwIfClosed();
    this.#host.lease.renew(untilMs);
  }

  /** Until when leased jobs may run, by `bootTimeMs`; 0 where there was no lease since the host was booted. */
  get leasedUntilMs(): number {
    return this.#host.lease.untilMs;
  }

  /** Of the latest event; `watch` with it gives all that comes after. */
  get lastSequence(): number {
    return this.#events.lastSequence;
  }

  /** How many jobs are on record. */
  countByStatus(): Promise<Readonly<Record<Status, number>>> {
    return this.#host.store.countByStatus();
  }

  get runningJobs(): number {
    return this.#running.size;
  }

  /**
   * Starts a job. Resolves when its command is being executed; what fails before leaves nothing behind.
   * @throws JobError INVALID_INPUT, COMMAND_NOT_FOUND, NAME_TAKEN, HOST_UNSUPPORTED, QUOTA_EXCEEDED, DISK_FULL,
   * UNAVAILABLE when closing
   */
  async run(input: OwnedRunInput, { signal }: CallOptions = {}): Promise<RunOutput> {
    validateRun(input);
    throwIfAborted(signal);
    this.#throwIfRefusing();
    return this.#starter.start(input);
  }

  /**
   * Whether a tenant could start another job now, as far as disk and quotas are concerned.
   * @throws JobError QUOTA_EXCEEDED, DISK_FULL when it could not
   */
  requireRoom({ createdBy }: RequireRoomInput): void {
    this.#starter.requireRoom(createdBy);
  }

  /**
   * Forgets a finished job and removes its log; its name is free again.
   * @throws JobError INVALID_INPUT, JOB_NOT_FOUND, JOB_RUNNING
   */
  async remove(input: OwnedRemoveInput, { signal }: CallOptions = {}): Promise<void> {
    throwIfAborted(signal);
    const record = await this.#find(input);
    if (this.#running.has(record.id)) {
      throw new JobError("JOB_RUNNING", `job ${JSON.stringify(record.name)} is running`, {
        hint: "stop it first",
      });
    }
    // As does the removal itself: on a full disk it makes room.
    await this.#host.disk.insist(() => this.#host.auditor.intend(input.audit, record));
    await this.#forget(record);
  }

  /**
   * Sends a signal to a running job.
   * @throws JobError INVALID_INPUT, JOB_NOT_FOUND, JOB_ENDED
   */
  async signal(input: OwnedSignalInput, { signal: abort }: CallOptions = {}): Promise<void> {
    validateSignal(input);
    throwIfAborted(abort);
    const { id, name } = await this.#find(input);
    const job = this.#running.get(id);
    if (job) await this.#host.auditor.intend(input.audit, { id, name });
    const sent = job?.signal(normalizeSignal(input.signal), input.all ?? false);
    if (!sent) throw new JobError("JOB_ENDED", `job ${JSON.stringify(name)} has ended`);
  }

  /**
   * What running jobs have used so far; of one job that is named also when it has ended.
   * @throws JobError INVALID_INPUT, JOB_NOT_FOUND, UNAVAILABLE when closing
   */
  async stats(
    { name, jobId, createdBy }: StatsInput = {},
    { signal }: CallOptions = {},
  ): Promise<JobStats[]> {
    throwIfAborted(signal);
    this.#throwIfClosed();
    const records =
      name === undefined
        ? (await this.#host.store.listUnfinished()).filter(isStarted)
        : [await this.#find({ name, jobId })];
    const time = new Date();
    return records
      .filter((record) => createdBy === undefined || record.createdBy === createdBy)
      .map(({ id, name, createdBy, startedAt, limitsInEffect, usage }) => ({
        ...{ id, name, createdBy, startedAt, time, limitsInEffect },
        usage: this.#running.get(id)?.usage() ?? usage ?? {},
      }));
  }

  /** Whether a watch can begin after this event. @throws JobError SEQUENCE_GONE */
  checkSequence(sequence: number): void {
    this.#events.check(sequence);
  }

  /**
   * Yields what happens to jobs, from now on or after an event seen before.
   * @throws JobError INVALID_INPUT, SEQUENCE_GONE, CANCELLED, UNAVAILABLE when closing
   */
  async *watch(
    input: WatchInput = {},
    { signal }: CallOptions = {},
  ): AsyncGenerator<JobEvent, void, undefined> {
    validateWatch(input);
    const { sinceSequence, createdBy } = input;
    const either = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal;
    try {
      for await (const event of this.#events.read(sinceSequence, either)) {
        if (createdBy === undefined || event.job.createdBy === createdBy) yield event;
      }
    } catch (error) {
      throw this.#closed.signal.aborted && !signal?.aborted ? closedMeanwhile() : error;
    }
  }

  /**
   * What the audit log holds, newest first: everything that was done here with an `audit` of its own, and what was
   * recorded besides.
   * @throws JobError INVALID_INPUT
   */
  async audit(input: AuditInput = {}, { signal }: CallOptions = {}): Promise<AuditOutput> {
    throwIfAborted(signal);
    this.#throwIfClosed();
    return this.#host.auditor.list(input);
  }

  /** Adds to the audit log what did not come to this service: what was refused before. On the disk when it resolves. */
  async recordAudit(notes: readonly AuditNote[]): Promise<void> {
    await this.#host.auditor.record(notes);
  }

  /** @throws JobError INVALID_INPUT, JOB_NOT_FOUND, UNAVAILABLE when closing */
  async get(input: GetInput, { signal }: CallOptions = {}): Promise<Job> {
    throwIfAborted(signal);
    return this.#toJob(await this.#find(input));
  }

  /** @throws JobError INVALID_INPUT, UNAVAILABLE when closing */
  async list(input: ListInput = {}, { signal }: CallOptions = {}): Promise<ListOutput> {
    validateList(input);
    throwIfAborted(signal);
    this.#throwIfClosed();
    const { records, nextPageToken } = await this.#host.store.list({
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
    const { causedBy = "", gracePeriodMs, audit } = input;
    // The one deed that is done all the same: a full disk must not keep anybody from stopping what fills it.
    await this.#host.auditor.intend(audit, record).catch(this.#host.onBackgroundError);
    const { state } = job
      ? await this.#unlessClosed(job.stop({ reason: "STOPPED", causedBy, gracePeriodMs }), signal)
      : finished(record);
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
    return finished(this.#toJob(job ? await this.#unlessClosed(job.ended, signal) : record));
  }

  /**
   * Yields the job's output, or what was selected of it, in pieces of at most 32 KiB, until the job has ended.
   * Where the service chooses the place to begin, by `tailLines` or `since`, the first chunk of each log has no
   * output and tells the place. Output that is not kept any more, or was cut off from outside, is told of.
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
    const source = job?.log ?? new StoredLog(jobDirOf(this.#host, record.id), record);
    const follow =
      job && input.follow !== false ? { watch: job.log.watch, finished: job.isFinished } : undefined;
    const { tailLines, since, until, timestamps } = input;
    const logs = chooseLogs(record.output, input);
    const read = { source, logs, tailLines, since, until, timestamps, ...(follow ? { follow } : {}) };
    const either = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal;
    try {
      for await (const piece of readLogs(read, either)) yield { jobId: record.id, ...piece };
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
    // A closed service has left its jobs to the next one.
    if (this.#closed.signal.aborted) return;
    this.#refusing = true;
    const { causedBy = "", gracePeriodMs } = input;
    const stop = (jobs: Iterable<RunningJob>) =>
      Promise.all([...jobs].map((job) => job.stop({ reason: "STOPPED", causedBy, gracePeriodMs })));
    // At once: a start under way may wait for one of them to end, which it is to replace.
    const before = new Set(this.#running.values());
    const started = async () => {
      await this.#starter.idle();
      await stop(new Set(this.#running.values()).difference(before));
    };
    await Promise.all([stop(before), started()]);
  }

  /** Detaches: jobs keep running, calls under way end with UNAVAILABLE. */
  async close(): Promise<void> {
    this.#refusing = true;
    await this.#starter.idle();
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    for (const job of this.#running.values()) job.detach();
    await this.#resources.disposeAsync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The other way round a stop, or a replacement, would find a record that runs and no job. */
  readonly #adopt = async ({ supervisor, record, running }: NonNullable<Launched>): Promise<void> => {
    const job = superviseJob(this.#host, record, supervisor);
    this.#track(job);
    try {
      // Also where the job has just filled the disk.
      await this.#host.disk.insist(() => this.#host.store.update(record.id, running));
    } catch (error) {
      // A job that cannot be recorded must not run on, unknown to everybody. Its end is, when that is possible.
      job.stop({ reason: "STOPPED", causedBy: "", gracePeriodMs: 0 }).catch(this.#reportUnsaved(job));
      throw error;
    }
    this.#events.add("STARTED", this.#toJob(record));
  };

  #track(job: RunningJob): void {
    this.#running.set(job.id, job);
    const ended = (record: FinishedRecord) => {
      this.#running.delete(job.id);
      this.#logQuota.add(record.createdBy, keptBytes(this.#host, record));
      this.#events.add("ENDED", this.#toJob(record));
    };
    job.ended.then(ended, (cause) => {
      this.#running.delete(job.id);
      this.#reportUnsaved(job)(cause);
    });
  }

  #reportUnsaved(job: RunningJob): (cause: unknown) => void {
    return (cause) => {
      if (this.#closed.signal.aborted) return;
      this.#host.onBackgroundError(
        new JobError("INTERNAL", `the end of job ${job.name} is not recorded`, { cause }),
      );
    };
  }

  readonly #replace = async (
    record: StartedRecord,
    { createdBy: causedBy = "", audit }: Pick<OwnedRunInput, "createdBy" | "audit">,
  ): Promise<void> => {
    const detail = "stops and removes this job to run another of its name";
    await this.#host.auditor.intend(audit && { ...audit, detail }, record);
    await this.#running.get(record.id)?.stop({ reason: "STOPPED", causedBy });
    // It stays on record: nothing would follow it.
    this.#throwIfRefusing();
    await this.#forget(record);
  };

  async #forget(record: StartedRecord): Promise<void> {
    const freed = keptBytes(this.#host, record);
    if (!(await forget(this.#host, record.id))) return;
    this.#logQuota.add(record.createdBy, -freed);
    this.#events.add("REMOVED", this.#toJob(record));
  }

  readonly #removeExpired = async (): Promise<void> => {
    // The sweep before may take longer than the time between two.
    if (this.#sweeping) return;
    this.#sweeping = true;
    try {
      for (let records = await this.#expired(); records.length > 0; records = await this.#expired()) {
        for (const record of records) {
          if (this.#closed.signal.aborted) return;
          await this.#forget(record);
        }
      }
      this.#host.auditor.trim(this.#options.auditRetention ?? {});
    } catch (cause) {
      this.#host.onBackgroundError(
        new JobError("INTERNAL", "old jobs, or audit entries, could not be removed", { cause }),
      );
    } finally {
      this.#sweeping = false;
    }
  };

  #expired(): Promise<readonly StartedRecord[]> {
    return expired(this.#host.store, this.#options.retention ?? {}, new Date());
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
    this.#throwIfClosed();
    const record = await this.#startedRecord(selector);
    if (record && (selector.jobId === undefined || record.id === selector.jobId)) return record;
    throw new JobError("JOB_NOT_FOUND", `there is no job named ${JSON.stringify(selector.name)}`);
  }

  #throwIfRefusing(): void {
    if (!this.#refusing) return;
    throw new JobError("UNAVAILABLE", "the job service is closing and starts no more jobs");
  }

  #throwIfClosed(): void {
    if (this.#closed.signal.aborted) throw closedMeanwhile();
  }

  async #startedRecord({ name }: { readonly name: string }): Promise<StartedRecord | undefined> {
    const record = await this.#host.store.findByName(name);
    return record && isStarted(record) ? record : undefined;
  }

  /** What others may see of a record. */
  readonly #toJob = (record: StartedRecord): Job => {
    const { stopIntent: _, cgroup: __, request: ___, bootId: ____, ...known } = record;
    const { logStarts = [], logCuts: _____, ...job } = known;
    const logBytes = sum(logSizes(logFiles(jobDirOf(this.#host, record.id), record.output)));
    return { ...job, logBytes, logDiscardedBytes: sum(logStarts) };
  };
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
