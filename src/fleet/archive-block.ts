import { JobError } from "../job/errors.ts";
import type { LogChunk } from "../job/types.ts";
import { fromStreamLogsResponse, toStreamLogsResponse } from "../rpc/convert/responses.ts";
import { jobService } from "../rpc/schema.ts";
import { joinMessages, splitMessages } from "./messages.ts";

/** Time is what it costs most: the agent has other things to do. */
const ZSTD_LEVEL = 1;
const NEWLINE = 10;

/** A piece of an archived log. */
export interface ArchivedChunk extends LogChunk {
  /** Whether its first byte is the first of a line, which it cannot tell by itself. */
  readonly beginsLine: boolean;
}

/** Tells of each chunk of a job's output whether it begins a line. */
export class LineEnds {
  readonly #isComplete = new Map<LogChunk["stream"], boolean>();

  add(chunk: LogChunk): ArchivedChunk {
    const { stream, output } = chunk;
    const beginsLine = this.#isComplete.get(stream) ?? true;
    if (output.length > 0) this.#isComplete.set(stream, output.at(-1) === NEWLINE);
    return { ...chunk, beginsLine };
  }
}

/** One message of NATS: a byte for each chunk, then the chunks as the wire has them, all of it packed. */
export function packBlock(chunks: readonly ArchivedChunk[]): Promise<Uint8Array> {
  const begins = Uint8Array.from(chunks, ({ beginsLine }) => Number(beginsLine));
  const messages = chunks.map(({ beginsLine: _, ...chunk }) =>
    jobService.streamLogs.responseSerialize(toStreamLogsResponse({ ...chunk, jobId: "" })),
  );
  return Bun.zstdCompress(joinMessages([begins, ...messages]), { level: ZSTD_LEVEL });
}

/** @throws JobError LOG_DAMAGED */
export async function unpackBlock(packed: Uint8Array): Promise<ArchivedChunk[]> {
  try {
    const [begins, ...messages] = splitMessages(await Bun.zstdDecompress(packed));
    return messages.map((message, index) => ({
      ...fromStreamLogsResponse(jobService.streamLogs.responseDeserialize(Buffer.from(message))),
      beginsLine: begins?.[index] === 1,
    }));
  } catch (cause) {
    throw new JobError("LOG_DAMAGED", "what NATS has of the output of the job makes no sense", { cause });
  }
}
