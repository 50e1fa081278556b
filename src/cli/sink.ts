import type { LogChunk } from "../job/types.ts";
import { note, print } from "./output.ts";
import { writeOutput } from "./render-logs.ts";

/** Where a command prints what concerns one agent. */
export interface Sink {
  /** A line, or lines, of result. */
  print(text: string): Promise<void>;
  /** A remark. */
  note(text: string): void;
  /** Output of a job. */
  write(chunk: LogChunk): Promise<void>;
}

/** As it is: there is only one agent. */
export const ownSink: Sink = { print, note, write: writeOutput };

const NEWLINE = 10;
/** A longer line is broken, so that memory stays bounded. */
const LONGEST_LINE = 64 * 1024;

/** Puts an agent's name before each line, and never a line of another agent within one of its own. */
export class LabelledSink implements Sink {
  readonly #label: string;
  readonly #linePrefix: Buffer;
  /** The line that is not complete yet, of each stream of a job. */
  readonly #begun = new Map<LogChunk["stream"], { chunk: LogChunk; line: Buffer }>();

  /** @param width of the widest label, so that lines of output begin in one column */
  constructor(label: string, width: number) {
    this.#label = label;
    this.#linePrefix = Buffer.from(`${label.padEnd(width)} | `);
  }

  print(text: string): Promise<void> {
    return print(this.#labelled(text));
  }

  note(text: string): void {
    note(this.#labelled(text));
  }

  async write(chunk: LogChunk): Promise<void> {
    const before = this.#begun.get(chunk.stream)?.line ?? Buffer.alloc(0);
    const output = Buffer.concat([before, chunk.output]);
    const end = output.lastIndexOf(NEWLINE) + 1;
    const isTooLong = output.length - end > LONGEST_LINE;
    const line = output.subarray(isTooLong ? output.length : end);
    this.#begun.set(chunk.stream, { chunk, line });
    await this.#writeLines(chunk, isTooLong ? output : output.subarray(0, end));
  }

  /** Writes what has not been ended by the job itself. */
  async end(): Promise<void> {
    for (const { chunk, line } of this.#begun.values()) await this.#writeLines(chunk, line);
    this.#begun.clear();
  }

  async #writeLines(chunk: LogChunk, output: Buffer): Promise<void> {
    const parts: Uint8Array[] = [];
    for (let at = 0; at < output.length; ) {
      const newline = output.indexOf(NEWLINE, at);
      const end = newline < 0 ? output.length : newline + 1;
      parts.push(this.#linePrefix, output.subarray(at, end));
      if (newline < 0) parts.push(Buffer.of(NEWLINE));
      at = end;
    }
    if (parts.length > 0) await writeOutput({ ...chunk, output: Buffer.concat(parts) });
  }

  #labelled(text: string): string {
    return text.replace(/^/gm, `${this.#label}: `);
  }
}
