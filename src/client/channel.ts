import { createSecureContext } from "node:tls";
import { type ChannelOptions, Client, connectivityState, credentials } from "@grpc/grpc-js";
import { JobError } from "../job/errors.ts";
import type { Acceptance } from "./acceptance.ts";
import { cancelled } from "./cancelled.ts";
import { explain } from "./explain.ts";
import { Handshakes } from "./handshakes.ts";
import type { Target } from "./target.ts";

const channelOptions: ChannelOptions = {
  // An agent that has died without a word is found by nothing else: calls have no deadline.
  "grpc.keepalive_time_ms": 10_000,
  "grpc.keepalive_timeout_ms": 5_000,
  // Waits between attempts of a client that lives on; 120 s would be the default.
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 2_000,
  // The way to an agent is never what https_proxy says.
  "grpc.enable_http_proxy": 0,
  // What the agent sends ahead of the client's word, in bytes. The default of 64 KiB allowed 1.1 MB/s where a round trip
  // takes 50 ms, this 4.4, and an agent waits less often: a fifth of what a replay cost it. More takes clients more memory.
  "grpc-node.flow_control_window": 256 * 1024,
  // No questions to the name server about settings of gRPC, no retries behind our back, no statistics.
  "grpc.service_config_disable_resolution": 1,
  "grpc.enable_retries": 0,
  "grpc.enable_channelz": 0,
  // A connection that another client in this process has opened may have another identity.
  "grpc.use_local_subchannel_pool": 1,
};

/** One connection to an agent, opened when it is first needed and again after it was lost. */
export class Channel {
  readonly target: Target;
  readonly grpc: Client;
  /** Calls that use it at the moment. */
  calls = 0;
  readonly #connectTimeoutMs: number;
  readonly #handshakes = new Handshakes();

  readonly #acceptance: Acceptance;

  constructor(target: Target, acceptance: Acceptance, connectTimeoutMs = 8_000) {
    const { ca, cert, key, minVersion, servername, ...verifyOptions } = target.tls;
    this.target = target;
    this.#acceptance = acceptance;
    this.#connectTimeoutMs = connectTimeoutMs;
    this.grpc = new Client(
      target.name,
      this.#handshakes.watch(
        credentials.createFromSecureContext(
          createSecureContext({ ca, cert, key, minVersion }),
          verifyOptions,
        ),
      ),
      {
        ...channelOptions,
        "grpc.ssl_target_name_override": servername,
        "grpc.default_authority": target.name,
      },
    );
  }

  close(): void {
    this.grpc.close();
    this.#handshakes.abandon();
  }

  /** @throws JobError that says why the agent cannot be reached, CANCELLED */
  async ready(signal?: AbortSignal): Promise<void> {
    const deadline = Date.now() + this.#connectTimeoutMs;
    const channel = this.grpc.getChannel();
    for (;;) {
      if (signal?.aborted) throw cancelled(signal);
      const state = channel.getConnectivityState(true);
      if (state === connectivityState.READY) return this.#acceptance.accepted();
      if (state === connectivityState.SHUTDOWN) throw new JobError("CANCELLED", "the client has been closed");
      const next = await this.#nextState(state, deadline, signal);
      if (next === undefined || next === connectivityState.TRANSIENT_FAILURE) {
        if (signal?.aborted) throw cancelled(signal);
        throw await explain(this.target, this.#acceptance);
      }
    }
  }

  /** Undefined at the deadline and when the signal is aborted. */
  #nextState(
    state: connectivityState,
    deadline: number,
    signal: AbortSignal | undefined,
  ): Promise<connectivityState | undefined> {
    const channel = this.grpc.getChannel();
    return new Promise((resolve) => {
      const onAbort = () => resolve(undefined);
      signal?.addEventListener("abort", onAbort, { once: true });
      channel.watchConnectivityState(state, deadline, (error) => {
        signal?.removeEventListener("abort", onAbort);
        resolve(error ? undefined : channel.getConnectivityState(false));
      });
    });
  }
}
