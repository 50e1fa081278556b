import { job_runner as wire } from "./generated/job_runner.js";
import protobuf from "./protobuf.ts";

/** Number and type of `output` in StreamLogsResponse: field 1, length-delimited. */
const OUTPUT_TAG = (1 << 3) | 2;

const nothing = new Uint8Array(0);

/**
 * The same bytes as the generated code makes, in parts, so that whoever puts them together copies the output once,
 * into place. The way through the generated code's growing buffer is a quarter of what it costs an agent to send a log.
 */
export function serializeLogParts(message: wire.StreamLogsResponse): readonly Uint8Array[] {
  const { output } = message;
  const tail = wire.StreamLogsResponse.encode({ ...message, output: nothing }).finish();
  if (output.length === 0) return [tail];
  const head = protobuf.Writer.create().uint32(OUTPUT_TAG).uint32(output.length).finish();
  return [head, output, tail];
}

export function serializeLogs(message: wire.StreamLogsResponse): Buffer {
  return Buffer.concat(serializeLogParts(message));
}
