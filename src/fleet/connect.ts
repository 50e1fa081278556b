import { readFile } from "node:fs/promises";
import {
  type Authenticator,
  connect,
  credsAuthenticator,
  type NatsConnection,
  type NodeConnectionOptions,
  nkeyAuthenticator,
} from "@nats-io/transport-node";
import { JobError } from "../job/errors.ts";
import { tokenOf } from "./names.ts";
import type { FleetSettings } from "./types.ts";

/** Time between two tries to reach any of the servers, in milliseconds. */
const RETRY_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** Two of these without an answer are a connection that is cut: found out in 10 s, where TCP takes minutes. */
const PING_MS = 5_000;
/**
 * The first that keeps what it has acknowledged when servers are killed (https://jepsen.io/analyses/nats-2.12.1). 2.9.10 lost
 * claims of jobs when its leaders were killed three times a minute: such a job can run twice.
 */
const RELIABLE_VERSION = "2.10.23";

/** What becomes of the connection. */
export interface ConnectionEvents {
  /** Told once for each reason, until it connects. */
  readonly onUnreachable: (why: JobError) => void;
  /** @param doubt what is to be known of the server that is connected to, if anything */
  readonly onConnected: (server: string, doubt: string | undefined) => void;
  readonly onDisconnected: (server: string) => void;
}

/**
 * Connects, however long it takes; a connection that is lost later is made again by itself, for ever.
 * @returns undefined when the signal came first
 */
export async function connectFleet(
  settings: FleetSettings,
  events: ConnectionEvents,
  signal: AbortSignal,
): Promise<NatsConnection | undefined> {
  let told: string | undefined;
  while (!signal.aborted) {
    try {
      const connection = await connect(await optionsOf(settings));
      if (signal.aborted) {
        await connection.close();
        return undefined;
      }
      events.onConnected(connection.getServer(), doubtOf(connection.info?.version));
      void follow(connection, events);
      return connection;
    } catch (cause) {
      const why = reasonOf(cause, settings);
      if (why.message !== told) events.onUnreachable(why);
      told = why.message;
    }
    await pause(RETRY_MS, signal);
  }
  return undefined;
}

async function optionsOf(settings: FleetSettings): Promise<NodeConnectionOptions> {
  const { servers, credentials, tls, name } = settings;
  const wantsTls = tls !== undefined || servers.some((server) => server.startsWith("tls:"));
  return {
    servers: [...servers],
    name: `lpr agent ${name}`,
    // Nobody else may listen there: see the permissions in docs/fleet.md.
    inboxPrefix: `_INBOX.${tokenOf(name)}`,
    timeout: CONNECT_TIMEOUT_MS,
    pingInterval: PING_MS,
    maxPingOut: 2,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RETRY_MS,
    // What is refused today may be allowed tomorrow, and jobs do not depend on it.
    ignoreAuthErrorAbort: true,
    ...(credentials === undefined ? {} : { authenticator: await readAuthenticator(credentials) }),
    ...(wantsTls
      ? {
          tls: {
            ...(tls?.ca === undefined ? {} : { caFile: tls.ca }),
            ...(tls?.cert === undefined ? {} : { certFile: tls.cert }),
            ...(tls?.key === undefined ? {} : { keyFile: tls.key }),
          },
        }
      : {}),
  };
}

/** A `.creds` file has a JWT and a seed, between lines of dashes; a seed alone begins with SU. */
async function readAuthenticator(path: string): Promise<Authenticator> {
  const text = await readFile(path);
  return text.includes("BEGIN NATS USER JWT")
    ? credsAuthenticator(text)
    : nkeyAuthenticator(new TextEncoder().encode(text.toString().trim()));
}

async function follow(
  connection: NatsConnection,
  { onConnected, onDisconnected }: ConnectionEvents,
): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === "reconnect") onConnected(status.server, doubtOf(connection.info?.version));
    if (status.type === "disconnect") onDisconnected(status.server);
  }
}

/** What whoever runs the agent should know of such a server. */
export function doubtOf(version = RELIABLE_VERSION): string | undefined {
  if (Bun.semver.order(version, RELIABLE_VERSION) >= 0) return undefined;
  return `NATS server ${version} may lose what it has acknowledged when servers are killed, so that a job runs twice: run ${RELIABLE_VERSION} or later`;
}

function reasonOf(cause: unknown, { servers }: FleetSettings): JobError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new JobError(
    "UNAVAILABLE",
    `no NATS server of the fleet lets us in (${servers.join(", ")}): ${why}`,
    {
      hint: "check fleet.servers, fleet.credentials and fleet.tls in agent.yaml; it is tried again all the time",
      cause,
    },
  );
}

/** Resolves after the time, or at once when the signal comes. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
