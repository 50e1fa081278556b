import { JobError } from "../job/errors.ts";
import { chooseLogs } from "../job/logs/choose.ts";
import type { LogChunk, OutputMode, StreamLogsInput } from "../job/types.ts";
import { validateStreamLogs } from "../job/validate.ts";
import { type ArchivedChunk, LineEnds, packBlock, unpackBlock } from "./archive-block.ts";
import { startOfTail } from "./archive-tail.ts";
import type { FleetContext } from "./context.ts";
import { blockKey } from "./names.ts";
import { selectChunk } from "./select-chunk.ts";

/** Output of one block, in bytes, about; packed, it is one message of NATS. */
const BLOCK_BYTES = 256 * 1024;
/** Part of what NATS takes as one message that a block may be, where it takes less than usual. */
const PAYLOAD_PART = 0.5;
/** What a chunk is reckoned to take beside its output, in bytes. */
const CHUNK_COST = 32;

/** The output of an attempt. */
export interface Archived {
  readonly agent: string;
  /** Of the job in the fleet. */
  readonly id: string;
  readonly fence: number;
}

/**
 * Copies the output of a job that has ended, with the times known of it. Again writes the same.
 * @returns how many blocks it is
 * @throws JobError UNAVAILABLE, LOG_DAMAGED; what NATS says when it has no room
 */
export async function archiveLog(
  { jobs, stores, connection, closing }: Pick<FleetContext, "jobs" | "stores" | "connection" | "closing">,
  local: { readonly name: string; readonly jobId: string },
  { agent, id, fence }: Archived,
): Promise<number> {
  const payload = connection.info?.max_payload ?? Number.POSITIVE_INFINITY;
  const limit = Math.min(BLOCK_BYTES, payload * PAYLOAD_PART);
  const lines = new LineEnds();
  let blocks = 0;
  let gathered: ArchivedChunk[] = [];
  let bytes = 0;
  const write = async () => {
    await stores.logs.put(blockKey(agent, id, fence, blocks), await packBlock(gathered));
    blocks += 1;
    gathered = [];
    bytes = 0;
  };
  const all = { ...local, follow: false, timestamps: true };
  for await (const chunk of jobs.streamLogs(all, { signal: closing })) {
    if (bytes > 0 && bytes + chunk.output.length > limit) await write();
    gathered.push(lines.add(chunk));
    bytes += chunk.output.length + CHUNK_COST;
  }
  if (gathered.length > 0) await write();
  return blocks;
}

/**
 * What `streamLogs` would yield of the job on its host, without a follower's waiting: it has ended.
 * @throws JobError INVALID_INPUT, LOG_DAMAGED when it is not there any more, UNAVAILABLE
 */
export async function* readArchive(
  { stores }: Pick<FleetContext, "stores">,
  { agent, id, fence, blocks }: Archived & { readonly blocks: number },
  output: OutputMode,
  input: StreamLogsInput,
): AsyncGenerator<LogChunk, void, undefined> {
  validateStreamLogs(input);
  chooseLogs(output, input);
  const read = async (block: number): Promise<ArchivedChunk[]> => {
    const packed = await stores.logs.get(blockKey(agent, id, fence, block));
    if (!packed) throw forgotten();
    return unpackBlock(packed);
  };
  const { block: first, ...starts } =
    input.tailLines === undefined ? { block: 0 } : await startOfTail(input.tailLines, blocks, input, read);
  const wanted = { ...input, ...starts };
  for (let block = first; block < blocks; block += 1) {
    for (const chunk of await read(block)) {
      const selected = selectChunk(chunk, wanted);
      if (selected) yield selected;
    }
  }
}

/** Forgets it, as far as it is there. @throws JobError UNAVAILABLE */
export async function removeArchive(
  { stores }: Pick<FleetContext, "stores">,
  { agent, id, fence, blocks }: Archived & { readonly blocks: number },
): Promise<void> {
  for (let block = 0; block < blocks; block += 1) await stores.logs.remove(blockKey(agent, id, fence, block));
}

function forgotten(): JobError {
  return new JobError("LOG_DAMAGED", "the output of the job is not kept any more in NATS", {
    hint: "fleet.keep in agent.yaml says how long it is",
  });
}
