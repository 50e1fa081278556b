import { endState } from "./end-state.ts";
import { JobError } from "./errors.ts";
import { LogWatch } from "./logs/watch.ts";
import { isAlive, sendSignal } from "./processes.ts";
import type { StopIntent } from "./store/store.ts";
import { readExitRecord } from "./supervisor/exit-record.ts";
import type { Supervisor } from "./supervisor/start.ts";
import type { ProcessTree } from "./supervisor/tree.ts";
import type { FinishedState } from "./types.ts";

/** Pause between two looks at processes that were killed and are not gone yet, in milliseconds: first, and longest. */
const FIRST_LOOK_MS = 1;
const LAST_LOOK_MS = 500;
/** After this time, in milliseconds, somebody should hear of processes that SIGKILL does not end. */
const STUCK_AFTER_MS = 10_000;

export interface RunningJobInput {
  readonly id: string;
  readonly name: string;
  readonly jobDir: string;
  readonly supervisor: Supervisor;
  readonly tree: ProcessTree;
  readonly logPath: string;
  /** Called once, when every process of the job is gone; awaited before anybody hears of the end. */
  readonly record: (state: FinishedState) => Promise<void>;
  readonly onBackgroundError: (error: JobError) => void;
}

/** A job from its start until nothing of it is left. */
export class RunningJob {
  readonly id: string;
  readonly name: string;
  readonly watch: LogWatch;
  /** Resolves after the end has been recorded. */
  readonly ended: Promise<FinishedState>;
  readonly #input: RunningJobInput;
  #finished = false;
  #stopIntent: StopIntent | undefined;

  constructor(input: RunningJobInput) {
    this.#input = input;
    this.id = input.id;
    this.name = input.name;
    this.watch = new LogWatch(input.logPath);
    this.ended = this.#end();
    // Who waits for the end gets the error; that nobody waits is no reason to crash.
    this.ended.catch(() => undefined);
  }

  get pid(): number {
    return this.#input.supervisor.main.pid;
  }

  /** Whether nothing of the job is left that could write to its log. */
  readonly isFinished = (): boolean => this.#finished;

  /** The first intent stays: it is what ended the job. */
  intendStop(intent: StopIntent): void {
    this.#stopIntent ??= intent;
  }

  /** SIGTERM for the main process, SIGKILL for all that is left after the grace period. */
  async stop(gracePeriodMs: number): Promise<FinishedState> {
    const { main } = this.#input.supervisor;
    if (gracePeriodMs > 0 && isAlive(main)) sendSignal(main.pid, "SIGTERM");
    const kill = setTimeout(() => this.#input.tree.kill(), gracePeriodMs);
    try {
      return await this.ended;
    } finally {
      clearTimeout(kill);
    }
  }

  /** From now on this process may end before the job does. */
  detach(): void {
    this.#input.supervisor.detach();
  }

  async #end(): Promise<FinishedState> {
    const { supervisor, jobDir, record } = this.#input;
    await supervisor.exited;
    // After the supervisor is gone nobody writes the record any more: what is missing now is missing for good.
    const exitCode = readExitRecord(jobDir);
    await this.#killStragglers();
    const state = endState(exitCode, this.#stopIntent, new Date());
    try {
      await record(state);
    } finally {
      this.#finished = true;
      this.watch.notify();
    }
    return state;
  }

  /** A job has ended when every process that it started is gone, and its cgroup with them. */
  async #killStragglers(): Promise<void> {
    const { tree, name, onBackgroundError } = this.#input;
    const stuckAt = performance.now() + STUCK_AFTER_MS;
    let told = false;
    for (let pause = FIRST_LOOK_MS; ; pause = Math.min(2 * pause, LAST_LOOK_MS)) {
      try {
        if (tree.isEmpty() && tree.release()) return;
        tree.kill();
      } catch (cause) {
        if (!told)
          onBackgroundError(new JobError("INTERNAL", `cannot end the processes of job ${name}`, { cause }));
        told = true;
      }
      if (!told && performance.now() > stuckAt) {
        onBackgroundError(new JobError("INTERNAL", `processes of job ${name} do not end on SIGKILL`));
        told = true;
      }
      await Bun.sleep(pause);
    }
  }
}
