import type { Usage } from "./cgroup/usage.ts";
import { endState } from "./end-state.ts";
import { JobError } from "./errors.ts";
import { syncLog } from "./logs/sync.ts";
import { LogWatch } from "./logs/watch.ts";
import { isAlive, sendSignal } from "./processes.ts";
import type { RecordChange, StartedRecord, StopIntent } from "./store/store.ts";
import { readExitRecord } from "./supervisor/exit-record.ts";
import type { Supervisor } from "./supervisor/supervisor.ts";
import type { ProcessTree } from "./supervisor/tree.ts";
import { callAt } from "./timer.ts";
import type { FinishedState } from "./types.ts";

/** Time between SIGTERM and SIGKILL where none is asked for, in milliseconds. */
export const DEFAULT_GRACE_PERIOD_MS = 10_000;
/** Pause between two looks at processes that were killed and are not gone yet, in milliseconds: first, and longest. */
const FIRST_LOOK_MS = 1;
const LAST_LOOK_MS = 500;
/** After this time, in milliseconds, somebody should hear of processes that SIGKILL does not end. */
const STUCK_AFTER_MS = 10_000;

/** The end of a job waits so long for its log to be on the disk, in milliseconds. */
const SYNC_PATIENCE_MS = 250;

export interface RunningJobInput {
  readonly record: StartedRecord;
  readonly jobDir: string;
  readonly logPath: string;
  readonly supervisor: Supervisor;
  readonly tree: ProcessTree;
  /** Puts a change of the record into the store. */
  readonly save: (change: RecordChange) => Promise<void>;
  readonly onBackgroundError: (error: JobError) => void;
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
  readonly watch: LogWatch;
  /** Resolves after the end has been recorded; rejects when it cannot be, or after `detach`. */
  readonly ended: Promise<FinishedState>;
  readonly #input: RunningJobInput;
  #finished = false;
  #detached = false;
  #usage: Usage | undefined;
  #stopIntent: StopIntent | undefined;
  #kill: Disposable | undefined;
  #timeout: Disposable | undefined;

  constructor(input: RunningJobInput) {
    const { record, logPath } = input;
    this.#input = input;
    this.id = record.id;
    this.name = record.name;
    this.watch = new LogWatch(logPath);
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
  async stop({ gracePeriodMs = DEFAULT_GRACE_PERIOD_MS, ...why }: StopRequest): Promise<FinishedState> {
    const before = this.#stopIntent;
    const killAt = new Date(Math.min(Date.now() + gracePeriodMs, before?.killAt.getTime() ?? Infinity));
    const stopIntent = before ? { ...before, killAt } : { ...why, killAt };
    this.#stopIntent = stopIntent;
    // Taken down first, so that a crash does not forget it; but a full disk must not keep a job from being stopped.
    await this.#input.save({ stopIntent }).catch(this.#report("the stop could not be recorded"));
    this.#pursue(stopIntent);
    return this.ended;
  }

  /** From now on this process may end before the job does. */
  detach(): void {
    this.#detached = true;
    this.#kill?.[Symbol.dispose]();
    this.#timeout?.[Symbol.dispose]();
    this.#input.supervisor.detach();
  }

  /** What it has used so far, where the host measures it. */
  usage(): Usage | undefined {
    return this.#finished ? undefined : this.#input.tree.usage();
  }

  /** Sends a signal to the main process, or to all. False: there is none to send it to. */
  signal(signal: NodeJS.Signals, all: boolean): boolean {
    const { tree, supervisor } = this.#input;
    if (all) tree.signal(signal);
    else
      return (
        supervisor.main !== undefined && isAlive(supervisor.main) && sendSignal(supervisor.main.pid, signal)
      );
    return !this.#finished;
  }

  #pursue({ killAt }: StopIntent): void {
    if (killAt.getTime() > Date.now()) this.signal("SIGTERM", this.#input.record.killMode === "all");
    this.#kill?.[Symbol.dispose]();
    if (!this.#finished) this.#kill = callAt(killAt, () => this.#input.tree.kill());
  }

  readonly #timeOut = (): void => {
    this.stop({ reason: "TIMED_OUT", causedBy: "" }).catch(
      this.#report("the time-out could not be enforced"),
    );
  };

  async #end(): Promise<FinishedState> {
    const { supervisor, jobDir, logPath, save } = this.#input;
    await supervisor.exited;
    // Whoever adopts the job records its end.
    if (this.#detached) throw new JobError("UNAVAILABLE", "the job service has been closed");
    // After the supervisor is gone nobody writes the record any more: what is missing now is missing for good.
    const exitCode = readExitRecord(jobDir);
    await this.#killStragglers();
    this.#kill?.[Symbol.dispose]();
    this.#timeout?.[Symbol.dispose]();
    const usage = this.#usage;
    const state = endState(exitCode, this.#stopIntent, new Date(), usage);
    // Before the end is recorded, so that a power loss does not leave a finished job without its output; but
    // nobody shall wait long for the end of a job because it wrote gigabytes.
    const synced = syncLog(logPath).catch(this.#report("its output may not be on the disk yet"));
    await Promise.race([synced, Bun.sleep(SYNC_PATIENCE_MS)]);
    try {
      await save(usage ? { state, usage } : { state });
    } finally {
      this.#finished = true;
      this.watch.notify();
    }
    return state;
  }

  /** A job has ended when every process that it started is gone, and its cgroup with them. */
  async #killStragglers(): Promise<void> {
    const { tree } = this.#input;
    const stuckAt = performance.now() + STUCK_AFTER_MS;
    let told = false;
    for (let pause = FIRST_LOOK_MS; ; pause = Math.min(2 * pause, LAST_LOOK_MS)) {
      try {
        if (tree.isEmpty()) {
          // Complete now, and gone with the group.
          this.#usage = tree.usage() ?? this.#usage;
          if (tree.release()) return;
        }
        tree.kill();
      } catch (cause) {
        if (!told) this.#report("its processes cannot be ended")(cause);
        told = true;
      }
      if (!told && performance.now() > stuckAt) {
        this.#report("its processes do not end on SIGKILL")(undefined);
        told = true;
      }
      await Bun.sleep(pause);
    }
  }

  #report(what: string): (cause: unknown) => void {
    const { record, onBackgroundError } = this.#input;
    return (cause) => onBackgroundError(new JobError("INTERNAL", `job ${record.name}: ${what}`, { cause }));
  }
}
