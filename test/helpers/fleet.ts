import type { NatsConnection } from "@nats-io/transport-node";
import { Attempts } from "../../src/fleet/attempts.ts";
import { connectFleet } from "../../src/fleet/connect.ts";
import type { FleetContext, FleetHost } from "../../src/fleet/context.ts";
import { FLEET_LABEL, fleetLabelOf, localNameOf } from "../../src/fleet/names.ts";
import { type FleetStores, provision } from "../../src/fleet/provision.ts";
import { orderIdOf } from "../../src/fleet/submit.ts";
import type { FleetJob, FleetSettings, Order } from "../../src/fleet/types.ts";
import { Worker } from "../../src/fleet/worker.ts";
import type { JobError } from "../../src/job/errors.ts";
import { fromRunRequest, type RunCall, toRunRequest } from "../../src/rpc/convert/requests.ts";
import { job_runner as wire } from "../../src/rpc/generated/job_runner.js";
import { openService, type TestService } from "./job-service.ts";

export function fleetSettings(
  name: string,
  servers: readonly string[],
  more: Partial<FleetSettings> = {},
): FleetSettings {
  return {
    ...{ servers, name, replicas: 1, heartbeatMs: 200, leaseMs: 1_000, keepMs: 3_600_000, archive: false },
    ...{ warden: true, labels: {}, pools: {} },
    ...more,
  };
}

export interface FleetMember extends AsyncDisposable {
  readonly context: FleetContext;
  readonly stores: FleetStores;
  readonly connection: NatsConnection;
  readonly worker: Worker;
  readonly attempts: Attempts;
  readonly service: TestService;
  /** What its log holds. */
  readonly said: string[];
  /** Ends its loops as an agent does that closes; jobs go on until the member is disposed of. */
  leave(): void;
}

/** An agent's part in a fleet, on a job service of its own. */
export async function joinFleet(
  settings: FleetSettings,
  more: Partial<FleetHost> & { readonly seals?: FleetContext["seals"] } = {},
  leases?: number[],
): Promise<FleetMember> {
  const service = await openService();
  const closing = new AbortController();
  const said: string[] = [];
  const say = (message: string, error?: unknown) => void said.push(error ? `${message}: ${error}` : message);
  const events = {
    onUnreachable: ({ message }: Error) => say(message),
    onConnected: () => undefined,
    onDisconnected: () => undefined,
  };
  const connection = await connectFleet(settings, events, closing.signal);
  if (!connection) throw new Error("closed before it was connected");
  const stores = await provision(connection, settings);
  const context: FleetContext = {
    ...{ settings, connection, stores, closing: closing.signal },
    instance: `instance of ${settings.name}`,
    about: { version: "0.0.0", hostname: settings.name },
    jobs: withLeases(service.jobs, leases),
    log: { info: say, warn: say, error: say },
    seals: {
      seal: (body) => ({ key: `${settings.name}.test`, body, signature: "" }),
      verify: async ({ key, body }) => ({ agent: key.split(".")[0] ?? "", body }),
    },
    startOrder: async (order, { name, fence, leased }) => {
      const { user: _, ...input } = fromRunRequest(
        wire.RunRequest.decode(Buffer.from(order.request, "base64")),
      );
      return service.jobs.run({
        ...input,
        name: localNameOf(name, fence),
        generateName: false,
        env: [...(input.env ?? []), `LPR_FENCE=${fence}`],
        labels: { ...input.labels, [FLEET_LABEL]: fleetLabelOf(name, fence) },
        createdBy: order.tenant,
        leased,
      });
    },
    answer: () => {
      throw new Error("nobody forwards calls in this test");
    },
    explain: (error) => error as JobError,
    ...more,
    // Not that of an agent whose place this one takes.
    closing: closing.signal,
    ...{ connection, stores },
  };
  const attempts = new Attempts(context);
  const worker = new Worker(context, attempts);
  return {
    ...{ context, stores, connection, worker, attempts, service, said },
    leave: () => closing.abort(),
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await service[Symbol.asyncDispose]();
      await connection.close();
    },
  };
}

/** @param leases has every lease that is given. @default there is nobody to renew one: it lasts for ever */
function withLeases(jobs: TestService["jobs"], leases: number[] | undefined): FleetHost["jobs"] {
  return {
    get: jobs.get.bind(jobs),
    list: jobs.list.bind(jobs),
    stop: jobs.stop.bind(jobs),
    wait: jobs.wait.bind(jobs),
    signal: jobs.signal.bind(jobs),
    remove: jobs.remove.bind(jobs),
    streamLogs: jobs.streamLogs.bind(jobs),
    requireRoom: jobs.requireRoom.bind(jobs),
    get leasedUntilMs() {
      return leases ? jobs.leasedUntilMs : Number.POSITIVE_INFINITY;
    },
    renewLeases: (input) => {
      leases?.push(input.untilMs);
      return jobs.renewLeases(input);
    },
  };
}

/** An order of alice's. */
export function orderOf(input: RunCall & { readonly name: string }, more: Partial<Order> = {}): Order {
  const request = Buffer.from(wire.RunRequest.encode(toRunRequest(input)).finish()).toString("base64");
  return {
    ...{ id: orderIdOf("alice", undefined), name: input.name, pool: "build", tenant: "alice", role: "user" },
    ...{ prefer: {}, retry: 0, request, orderedAt: new Date().toISOString() },
    ...more,
  };
}

/** As a line: what a table of expectations can hold. */
export function stateOf(job: FleetJob | undefined): string {
  if (!job) return "no record";
  const { state, attempt } = job;
  if (state.status === "PENDING") return `PENDING ${attempt}`;
  if (state.status === "RUNNING") return `RUNNING ${attempt} on ${state.agent}`;
  return `${state.status} ${state.reason}${state.exitCode === undefined ? "" : ` ${state.exitCode}`}`;
}
