import {
  logVerbosity,
  Server,
  type ServerOptions,
  setLogVerbosity,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { JobError } from "../job/errors.ts";
import { frame } from "../rpc/frame.ts";
import { type HealthRequest, healthService } from "../rpc/health.ts";
import { reflectionServices } from "../rpc/reflection.ts";
import { jobService, type ResponseOf } from "../rpc/schema.ts";
import { serializeLogParts } from "../rpc/serialize-logs.ts";
import { type CallEnvironment, serverStreaming, unary } from "./calls.ts";
import type { ClientLimits } from "./client-limits.ts";
import type { ListenAddress } from "./config.ts";
import type { AgentCredentials } from "./credentials.ts";
import { HalfOpen } from "./half-open.ts";
import type { Handlers } from "./handlers.ts";
import { watchHandshakes } from "./handshakes.ts";
import type { Health } from "./health.ts";
import { http2ServersOf } from "./http2-server.ts";
import { incomingMessages } from "./incoming-messages.ts";
import { PendingRequests } from "./pending-requests.ts";
import { serveReflection } from "./reflection.ts";
import type { Refusals } from "./refusals.ts";

const serverOptions = (limits: ClientLimits): ServerOptions => ({
  // A stopped or unreachable peer is found by nothing else.
  "grpc.keepalive_time_ms": 20_000,
  "grpc.keepalive_timeout_ms": 10_000,
  // Connections that carry no call are closed; clients open another when they need one.
  "grpc.max_connection_idle_ms": limits.idleTimeoutMs,
  "grpc.max_concurrent_streams": limits.callsPerConnection,
  "grpc.max_receive_message_length": limits.messageBytes,
});

export interface ServerEnvironment extends CallEnvironment {
  readonly limits: ClientLimits;
  readonly refusals: Refusals;
  readonly health: Health;
}

export interface GrpcServer {
  /** Where it listens, `HOST:PORT`, several between commas. */
  readonly address: string;
  /** The first of them. */
  readonly port: number;
  /** Takes no new connections or calls; resolves when those under way have ended, at the latest after `graceMs`. */
  close(graceMs: number): Promise<void>;
  /** Cuts what `close` still waits for. */
  abort(): void;
}

/** @throws JobError HOST_UNSUPPORTED when the address cannot be used */
export async function listen(
  addresses: readonly ListenAddress[],
  credentials: AgentCredentials,
  handlers: Handlers,
  environment: ServerEnvironment,
): Promise<GrpcServer> {
  const { limits, refusals, peers, onFailed } = environment;
  // grpc-js writes to the console on its own; what matters of it is in our errors.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    ...serverOptions(limits),
    interceptors: [incomingMessages({ peers, refusals, onFailed })],
  });
  server.addService(jobService, implement(handlers, environment));
  server.addService(healthService, implementHealth(environment));
  for (const service of reflectionServices) {
    server.addService(service, { serverReflectionInfo: serveReflection(environment) });
  }
  const ports: number[] = [];
  try {
    for (const at of addresses) ports.push(await bind(server, at, credentials));
  } catch (error) {
    // All of them or none.
    server.forceShutdown();
    throw error;
  }
  for (const http2Server of http2ServersOf(server)) {
    watchHandshakes(http2Server, refusals);
    new HalfOpen(limits, refusals).watch(http2Server);
    peers.watch(http2Server);
    new PendingRequests(limits, peers).watch(http2Server);
  }
  return {
    address: addresses.map(({ host }, index) => `${host}:${ports[index]}`).join(", "),
    port: ports[0] ?? 0,
    close: (graceMs) => closeServer(server, graceMs),
    abort: () => server.forceShutdown(),
  };
}

function framed<T>({ responseSerialize }: { responseSerialize(message: T): Buffer }): (message: T) => Buffer {
  return (message) => frame([responseSerialize(message)]);
}

const logFrame = (message: ResponseOf<"streamLogs">) => frame(serializeLogParts(message));

function implement(handlers: Handlers, environment: CallEnvironment): UntypedServiceImplementation {
  return {
    run: unary("Run", handlers.run, environment),
    get: unary("Get", handlers.get, environment),
    stop: unary("Stop", handlers.stop, environment),
    streamLogs: serverStreaming("StreamLogs", handlers.streamLogs, logFrame, environment),
    list: unary("List", handlers.list, environment),
    wait: unary("Wait", handlers.wait, environment),
    signal: unary("Signal", handlers.signal, environment),
    remove: unary("Remove", handlers.remove, environment),
    stats: serverStreaming("Stats", handlers.stats, framed(jobService.stats), environment),
    watch: serverStreaming("Watch", handlers.watch, framed(jobService.watch), environment),
    info: unary("Info", handlers.info, environment),
    audit: unary("Audit", handlers.audit, environment),
    fleetAgents: unary("FleetAgents", handlers.fleetAgents, environment),
    fleetPools: unary("FleetPools", handlers.fleetPools, environment),
    drain: unary("Drain", handlers.drain, environment),
  } satisfies Record<keyof typeof jobService, unknown>;
}

/** Like all calls for clients with a certificate alone; for any of them. */
function implementHealth(environment: ServerEnvironment): UntypedServiceImplementation {
  const { health } = environment;
  return {
    check: unary("Health.Check", (request: HealthRequest) => health.check(request), environment),
    watch: serverStreaming(
      "Health.Watch",
      (request: HealthRequest, context) => health.watch(request, context),
      framed(healthService.watch),
      environment,
    ),
  } satisfies Record<keyof typeof healthService, unknown>;
}

function bind(server: Server, { host, port }: ListenAddress, credentials: AgentCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, credentials, (error, actual) => {
      if (!error) return resolve(actual);
      const reason = reasonOf(error);
      reject(
        new JobError("HOST_UNSUPPORTED", `cannot listen on ${host}:${port}: ${reason}`, {
          hint: reason.startsWith("address already in use")
            ? "is another agent running? --listen takes another address"
            : "--listen takes an address of this host, with a port that may be used",
          cause: error,
        }),
      );
    });
  });
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const force = setTimeout(() => server.forceShutdown(), graceMs);
  await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  clearTimeout(force);
}

/** grpc-js wraps the error of the system in sentences of its own. */
function reasonOf({ message }: Error): string {
  return /listen \w+: ([^\]]+)/.exec(message)?.[1] ?? message;
}
