import { JobError } from "../job/errors.ts";
import type { JobStats } from "../job/types.ts";
import { fromAuditResponse, toAuditRequest } from "../rpc/convert/audit.ts";
import {
  fromFleetAgentsResponse,
  fromFleetPoolsResponse,
  toFleetAgentsRequest,
  toPageRequest,
} from "../rpc/convert/fleet.ts";
import { fromInfoResponse } from "../rpc/convert/info.ts";
import {
  toListRequest,
  toRunRequest,
  toSelector,
  toSignalRequest,
  toStopRequest,
} from "../rpc/convert/requests.ts";
import {
  fromGetResponse,
  fromListResponse,
  fromRunResponse,
  fromStopResponse,
  fromWaitResponse,
} from "../rpc/convert/responses.ts";
import { fromJobStats, fromWatchResponse, toStatsRequest } from "../rpc/convert/streams.ts";
import { jobService } from "../rpc/schema.ts";
import { serverStreaming, unary } from "./calls.ts";
import { Channels } from "./channels.ts";
import type { Client } from "./client.ts";
import { streamLogs } from "./stream-logs.ts";
import { targetOf } from "./target.ts";

/** Where an agent is and how to prove who one is. PEM texts, not paths. */
export interface ConnectOptions {
  /** `host:port`, `[v6]:port`, `host` or any of them behind a scheme, which always means mTLS. @default port 50051 */
  readonly address: string;
  readonly ca: string;
  /** The client's certificate, followed by intermediate ones. */
  readonly cert: string;
  /** Its private key, encrypted or not. */
  readonly key: string;
  /** Needed when the key is encrypted. */
  readonly passphrase?: string | undefined;
  /** Time after which an agent that does not answer is given up, in milliseconds. @default 8_000 */
  readonly connectTimeoutMs?: number | undefined;
}

/**
 * Connects at the first call. Every call rejects with a JobError: UNAVAILABLE and UNAUTHENTICATED say why the
 * agent cannot be reached, the others come from the agent.
 * @throws JobError INVALID_INPUT that lists every problem of address, certificate and key
 */
export function connect(options: ConnectOptions): Client {
  const channels = new Channels(targetOf(options), options.connectTimeoutMs);
  const closed = new AbortController();
  const until = (signal: AbortSignal | undefined): AbortSignal =>
    signal ? AbortSignal.any([signal, closed.signal]) : closed.signal;

  return {
    async run(input, { signal } = {}) {
      return fromRunResponse(await unary(channels, jobService.run, toRunRequest(input), until(signal)));
    },
    async get(input, { signal } = {}) {
      return fromGetResponse(await unary(channels, jobService.get, toSelector(input), until(signal)));
    },
    async list(input = {}, { signal } = {}) {
      return fromListResponse(await unary(channels, jobService.list, toListRequest(input), until(signal)));
    },
    async stop(input, { signal } = {}) {
      return fromStopResponse(await unary(channels, jobService.stop, toStopRequest(input), until(signal)));
    },
    async wait(input, { signal } = {}) {
      const job = fromWaitResponse(await unary(channels, jobService.wait, toSelector(input), until(signal)));
      if (job) return job;
      throw new JobError("INTERNAL", `the agent answered before job ${input.name} had ended`);
    },
    async signal(input, { signal } = {}) {
      await unary(channels, jobService.signal, toSignalRequest(input), until(signal));
    },
    async remove(input, { signal } = {}) {
      await unary(channels, jobService.remove, toSelector(input), until(signal));
    },
    async *stats(input = {}, { signal } = {}) {
      let sample: JobStats[] = [];
      const request = toStatsRequest(input);
      for await (const { jobs, endOfSample } of serverStreaming(
        channels,
        jobService.stats,
        request,
        until(signal),
      )) {
        sample.push(...jobs.map(fromJobStats));
        if (!endOfSample) continue;
        yield sample;
        sample = [];
      }
    },
    async *watch({ sinceSequence, fleet = false } = {}, { signal, onLive } = {}) {
      const request = { sinceSequence: sinceSequence ?? null, fleet };
      for await (const message of serverStreaming(channels, jobService.watch, request, until(signal))) {
        const event = fromWatchResponse(message);
        if (event) yield event;
        else onLive?.(message.sequence);
      }
    },
    streamLogs: (input, options = {}) =>
      streamLogs(channels, input, { ...options, signal: until(options.signal) }),
    async info({ signal } = {}) {
      return fromInfoResponse(await unary(channels, jobService.info, {}, until(signal)));
    },
    async audit(input = {}, { signal } = {}) {
      return fromAuditResponse(await unary(channels, jobService.audit, toAuditRequest(input), until(signal)));
    },
    async fleetAgents(input = {}, { signal } = {}) {
      const request = toFleetAgentsRequest(input);
      return fromFleetAgentsResponse(await unary(channels, jobService.fleetAgents, request, until(signal)));
    },
    async fleetPools(input = {}, { signal } = {}) {
      const request = toPageRequest(input);
      return fromFleetPoolsResponse(await unary(channels, jobService.fleetPools, request, until(signal)));
    },
    async drain({ undo = false } = {}, { signal } = {}) {
      const { runningJobs } = await unary(channels, jobService.drain, { undo }, until(signal));
      return { runningJobs };
    },
    close() {
      // Closing a channel of gRPC leaves its calls open.
      closed.abort(new Error("the client has been closed"));
      channels.close();
    },
  };
}
