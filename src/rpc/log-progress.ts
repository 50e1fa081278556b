import type { LogChunk, StreamLogsInput } from "../job/types.ts";

/** How far one log has been read, and how often it had been cut shorter by then. */
interface Place {
  readonly offset: number;
  readonly cuts: number | undefined;
}

/** How far the output of a job has been read: what has to be asked for to go on there. */
export class LogProgress {
  readonly #input: StreamLogsInput;
  #jobId: string | undefined;
  #place: Place | undefined;
  #stderrPlace: Place | undefined;
  #isSplit = false;

  constructor(input: StreamLogsInput) {
    this.#input = input;
    this.#jobId = input.jobId;
    // With a selection it is the agent that says where each log begins.
    if (input.tailLines !== undefined || input.since !== undefined) return;
    this.#place = { offset: input.offset ?? 0, cuts: input.cuts };
    this.#stderrPlace = { offset: input.stderrOffset ?? 0, cuts: input.stderrCuts };
  }

  /** Unknown until the agent has answered. */
  get jobId(): string | undefined {
    return this.#jobId;
  }

  /** Bytes of output that lie behind, of both logs together. */
  get position(): number {
    return (this.#place?.offset ?? 0) + (this.#stderrPlace?.offset ?? 0);
  }

  /** Empty: still the same. A job of a fleet that runs again elsewhere goes on as another. */
  identified(jobId: string): void {
    if (jobId !== "") this.#jobId = jobId;
  }

  add({ jobId, stream, offset, output, cuts = 0 }: LogChunk): void {
    this.identified(jobId);
    this.#isSplit = stream !== undefined && this.#input.stream === undefined;
    const place = { offset: offset + output.length, cuts };
    if (this.#isSplit && stream === "stderr") this.#stderrPlace = place;
    else this.#place = place;
  }

  /** The rest of it, of the same job: no byte is left out or comes twice. */
  rest(): StreamLogsInput {
    const input = { ...this.#input, ...(this.#jobId === undefined ? {} : { jobId: this.#jobId }) };
    const [place, stderr] = [this.#place, this.#stderrPlace];
    // Without the beginning of each log the selection has to be made again: nothing of it has come yet.
    if (place === undefined || (this.#isSplit && stderr === undefined)) return input;
    const { tailLines: _, since: __, ...rest } = input;
    if (!this.#isSplit) return { ...rest, ...place };
    return { ...rest, ...place, stderrOffset: stderr?.offset, stderrCuts: stderr?.cuts };
  }
}
