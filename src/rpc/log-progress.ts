import type { LogChunk, StreamLogsInput } from "../job/types.ts";

/** How far the output of a job has been read: what has to be asked for to go on there. */
export class LogProgress {
  readonly #input: StreamLogsInput;
  #jobId: string | undefined;
  #offset: number | undefined;
  #stderrOffset: number | undefined;
  #isSplit = false;

  constructor(input: StreamLogsInput) {
    this.#input = input;
    this.#jobId = input.jobId;
    // With a selection it is the agent that says where each log begins.
    const selects = input.tailLines !== undefined || input.since !== undefined;
    this.#offset = selects ? undefined : (input.offset ?? 0);
    this.#stderrOffset = selects ? undefined : (input.stderrOffset ?? 0);
  }

  /** Unknown until the agent has answered. */
  get jobId(): string | undefined {
    return this.#jobId;
  }

  /** Bytes of output that lie behind, of both logs together. */
  get position(): number {
    return (this.#offset ?? 0) + (this.#stderrOffset ?? 0);
  }

  /** Empty: still the same. A job of a fleet that runs again elsewhere goes on as another. */
  identified(jobId: string): void {
    if (jobId !== "") this.#jobId = jobId;
  }

  add({ jobId, stream, offset, output }: LogChunk): void {
    this.identified(jobId);
    this.#isSplit = stream !== undefined && this.#input.stream === undefined;
    if (this.#isSplit && stream === "stderr") this.#stderrOffset = offset + output.length;
    else this.#offset = offset + output.length;
  }

  /** The rest of it, of the same job: no byte is left out or comes twice. */
  rest(): StreamLogsInput {
    const input = { ...this.#input, ...(this.#jobId === undefined ? {} : { jobId: this.#jobId }) };
    // Without the beginning of each log the selection has to be made again: nothing of it has come yet.
    if (this.#offset === undefined || (this.#isSplit && this.#stderrOffset === undefined)) return input;
    const { tailLines: _, since: __, ...rest } = input;
    return { ...rest, offset: this.#offset, ...(this.#isSplit ? { stderrOffset: this.#stderrOffset } : {}) };
  }
}
