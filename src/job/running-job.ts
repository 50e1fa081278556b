import type { Usage } from "./cgroup/usage.ts";
import { endState } from "./end-state.ts";
import { JobError } from "./errors.ts";
import { insist } from "./insist.ts";
import { hasLeaseExpired } from "./lease.ts";
import type { JobLog } from "./logs/job-log.ts";
import { syncLog } from "./logs/sync.ts";
import { isAlive, sendSignal } from "./processes.ts";
import type { FinishedRecord, JobRecord, RecordChange, StartedRecord, StopIntent } from "./store/store.ts";
import { emptyTree } from "./supervisor/empty-tree.ts";
import { readExitRecord } from "./supervisor/exit-record.ts";
import type { Supervisor } from "./supervisor/supervisor.ts";
import type { ProcessTree } from "./supervisor/tree.ts";
import { callAt } from "./timer.ts";

/** Time between SIGTERM and SIGKILL where none is asked for, in milliseconds. */
const DEFAULT_GRACE_PERIOD_MS = 10_000;
/** Between two attempts to kill a job that has not ended on the first, in milliseconds. */
const KILL_AGAIN_MS = 1_000;
/** The end of a job waits so long for its log to be on the disk, in milliseconds. */
const SYNC_PATIENCE_MS = 250;
/** An exit record that cannot be read, for want of descriptors for instance, is tried so long, in milliseconds. */
const READ_PATIENCE_MS = 30_000;

export interface RunningJobInput {
  readonly record: StartedRecord;
  readonly jobDir: string;
  readonly log: JobLog;
  readonly supervisor: Supervisor;
  readonly tree: ProcessTree;
  /** Puts a change of the record into the store, and gives back what is there then. */
  readonly save: (change: RecordChange) => Promise<JobRecord | undefined>;
  /** Resolves when what was saved is on the disk. */
  readonly flush: () => Promise<void>;
  readonly report: (what: string, cause?: unknown) => void;
  /** Aborted when nothing can be saved any more. */
  readonly closed: AbortSignal;
}

export interface StopRequest {
  readonly reason: StopIntent["reason"];
  readonly causedBy: string;
  /** Milliseconds. @default 10_000 */
  readonly gracePeriodMs?: number | undefined;
}

/** A job from its start, or its adoption, until nothing of it is left. */
export class RunningJob {
  readonly id: string;
  readonly name: string;
  /** Tenant that started it. */
  readonly createdBy: string;
  readonly log: JobLog;
  /** Resolves to its last record, as it may be removed at once; rejects when there can be none, or after `detach`. */
  readonly ended: Promise<FinishedRecord>;
  readonly #input: RunningJobInput;
  #finished = false;
  #detached = false;
  #usage: Usage | undefined;
  #stopIntent: StopIntent | undefined;
  #kill: Disposable | undefined;
  readonly #told = new Set<string>();
  #timeout: Disposable | undefined;

  constructor(input: RunningJobInput) {
    const { record, log } = input;
    this.#input = input;
    this.id = record.id;
    this.name = record.name;
    this.createdBy = record.createdBy;
    this.log = log;
    this.#stopIntent = record.stopIntent;
    // Whether the agent that took the stop down came to the signal is not known, so it is sent again.
    if (this.#stopIntent) this.#pursue(this.#stopIntent);
    if (record.timeoutAt) this.#timeout = callAt(record.timeoutAt, this.#timeOut);
    this.ended = this.#end();
    // Who waits for the end gets the error; that nobody waits is no reason to crash.
    this.ended.catch(() => undefined);
  }

  /** Whether nothing of the job is left that could write to its log. */
  readonly isFinished = (): boolean => this.#finished;

  /**
   * SIGTERM for the main process, SIGKILL for all that is left after the grace period. The first request says
   * why the job ended; a later one can only hurry.
   */
  async stop({ gracePeriodMs = DEFAULT_GRACE_PERIOD_MS, ...why }: StopRequest): Promise<FinishedRecord> {
    const before = this.#stopIntent;
    const killAt = new Date(Math.min(Date.now() + gracePeriodMs, before?.killAt.getTime() ?? Infinity));
    const stopIntent = before ? { ...before, killAt } : { ...why, killAt };
    this.#stopIntent = stopIntent;
    // Taken down first, so that a crash of this process does not forget it (one of the host ends the job as well);
    // but a full disk must not keep a job from being stopped.
    await this.#input.save({ stopIntent }).catch(this.#report("the stop could not be recorded"));
    this.#pursue(stopIntent);
    return this.ended;
  }

  /** From now on this process may end before the job does. */
  detach(): void {
    this.#detached = true;
    this.#kill?.[Symbol.dispose]();
    this.#timeout?.[Symbol.dispose]();
    this.#stepAside();
    this.#input.supervisor.detach();
    this.log.close();
  }

  /** What it has used so far, where the host measures it. */
  usage(): Usage | undefined {
    return this.#finished ? undefined : this.#input.tree.usage();
  }

  /** Sends a signal to the main process, or to all. False: there is none to send it to. */
  signal(signal: NodeJS.Signals, all: boolean): boolean {
    const { tree, supervisor } = this.#input;
    if (all) {
      supervisor.stepAside();
      tree.signal(signal);
    } else
      return (
        supervisor.main !== undefined && isAlive(supervisor.main) && sendSignal(supervisor.main.pid, signal)
      );
    return !this.#finished;
  }

  #pursue({ killAt }: StopIntent): void {
    this.#kill?.[Symbol.dispose]();
    if (this.#finished) return;
    // Armed first: whatever comes of the signal, the job ends.
    this.#kill = callAt(killAt, this.#killAll);
    if (killAt.getTime() <= Date.now()) return;
    try {
      this.signal("SIGTERM", this.#input.record.killMode === "all");
    } catch (cause) {
      this.#report("SIGTERM cannot be sent")(cause);
    }
  }

  /** Again and again until the job has ended: for want of descriptors it may fail, and nobody else would do it. */
  readonly #killAll = (): void => {
    const { tree, supervisor } = this.#input;
    this.#kill = callAt(new Date(Date.now() + KILL_AGAIN_MS), this.#killAll);
    this.#stepAside();
    try {
      tree.kill();
      // A job of root's may have moved its main process to another cgroup.
      if (supervisor.main && isAlive(supervisor.main)) sendSignal(supervisor.main.pid, "SIGKILL");
      supervisor.resume();
    } catch (cause) {
      this.#report("SIGKILL cannot be sent")(cause);
    }
  };

  /** A supervisor that cannot is lost, and with it the exit code; the job has to end all the same. */
  #stepAside(): void {
    try {
      this.#input.supervisor.stepAside();
    } catch (cause) {
      this.#report("its supervisor cannot be moved out of its cgroup")(cause);
    }
  }

  readonly #timeOut = (): void => {
    this.stop({ reason: "TIMED_OUT", causedBy: "" }).catch(
      this.#report("the time-out could not be enforced"),
    );
  };

  async #end(): Promise<FinishedRecord> {
    const { supervisor, tree, log, save, flush } = this.#input;
    await supervisor.exited;
    // Whoever adopts the job records its end.
    if (this.#detached) throw new JobError("UNAVAILABLE", "the job service has been closed");
    const exitCode = await this.#readExit();
    // A job has ended when every process that it started is gone, and its cgroup with them.
    await emptyTree(tree, {
      report: (what, cause) => this.#report(what)(cause),
      // Complete now, and gone with the group.
      beforeRelease: () => {
        this.#usage = tree.usage() ?? this.#usage;
      },
    });
    this.#kill?.[Symbol.dispose]();
    this.#timeout?.[Symbol.dispose]();
    const usage = this.#usage;
    const leaseExpired = hasLeaseExpired(this.#input.jobDir);
    const state = endState(exitCode, this.#stopIntent, new Date(), { usage, leaseExpired });
    // Where the log begins is asked of the job while it runs, and of its record from then on: it must not change.
    await log.finish();
    log.close();
    // Before the end is recorded, so that a power loss does not leave a finished job without its output; but
    // nobody shall wait long for the end of a job because it wrote gigabytes.
    const synced = Promise.all(log.files.map(({ path }) => syncLog(path))).catch(
      this.#report("its output may not be on the disk yet"),
    );
    await Promise.race([synced, Bun.sleep(SYNC_PATIENCE_MS)]);
    this.#finished = true;
    log.watch.notify();
    let last: JobRecord | undefined;
    const record = async () => {
      last = await save(usage ? { state, usage } : { state });
      await flush();
    };
    if (await insist(record, this.#input.closed, this.#report("its end cannot be recorded yet")))
      return { ...this.#input.record, ...last, state };
    throw new JobError("UNAVAILABLE", "the job service has been closed");
  }

  /** After the supervisor is gone nobody writes the record any more: what is missing now is missing for good. */
  async #readExit(): Promise<number | undefined> {
    let exitCode: number | undefined;
    const read = () => {
      exitCode = readExitRecord(this.#input.jobDir);
    };
    const patience = AbortSignal.any([this.#input.closed, AbortSignal.timeout(READ_PATIENCE_MS)]);
    await insist(read, patience, this.#report("its exit record cannot be read"));
    return exitCode;
  }

  /** Once: what is tried again and again fails again and again. */
  #report(what: string): (cause: unknown) => void {
    return (cause) => {
      if (this.#told.has(what)) return;
      this.#told.add(what);
      this.#input.report(what, cause);
    };
  }
}
