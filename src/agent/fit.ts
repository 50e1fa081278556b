/**
 * Replies that fit the wire: a message above about 60 KB hangs for ever at clients with the usual
 * HTTP/2 window of 64 KiB (Go, C++), because the server's runtime waits for a window that never comes.
 */
import { toGetResponse } from "../rpc/convert/responses.ts";
import type { RemoteJob, RemoteListOutput } from "../rpc/remote-job.ts";
import { jobService } from "../rpc/schema.ts";

/** Bytes of one reply. */
export const MAX_REPLY_BYTES = 32 * 1024;
/** In place of the arguments that did not fit. */
const cutMark = "...";

/** The job, its command line cut to what fits. */
export function fitJob<T extends RemoteJob>(job: T): T {
  if (bytesOf(job) <= MAX_REPLY_BYTES) return job;
  const command = cut(job.command, 4096);
  const workingDir = cut(job.workingDir, 4096);
  const args: string[] = [];
  let left = MAX_REPLY_BYTES - bytesOf({ ...job, command, workingDir, args }) - cutMark.length - 16;
  for (const arg of job.args) {
    left -= Buffer.byteLength(arg) + 4;
    if (left < 0) break;
    args.push(arg);
  }
  if (args.length < job.args.length) args.push(cutMark);
  return { ...job, command, workingDir, args };
}

/** A page that fits: asked for again with fewer jobs when it does not. */
export async function fitPage<Input extends { readonly pageSize?: number | undefined }>(
  input: Input,
  list: (input: Input) => Promise<RemoteListOutput>,
): Promise<RemoteListOutput> {
  const { nextPageToken, jobs } = await list(input);
  const page = { jobs: jobs.map(fitJob), ...(nextPageToken === undefined ? {} : { nextPageToken }) };
  const fitting = countFitting(page.jobs);
  if (fitting === page.jobs.length) return page;
  return fitPage({ ...input, pageSize: fitting }, list);
}

/** How many jobs from the first on fit together: one always does. */
function countFitting(jobs: readonly RemoteJob[]): number {
  let left = MAX_REPLY_BYTES;
  for (const [index, job] of jobs.entries()) {
    // Four bytes for tag and length.
    left -= bytesOf(job) + 4;
    if (left < 0) return Math.max(index, 1);
  }
  return jobs.length;
}

function bytesOf(job: RemoteJob): number {
  return jobService.get.responseSerialize(toGetResponse(job)).length;
}

/** Well-formed text of at most so many bytes. */
function cut(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const end = Buffer.from(text).subarray(0, maxBytes - cutMark.length);
  return `${end.toString("utf8").replace(/\uFFFD+$/, "")}${cutMark}`;
}
