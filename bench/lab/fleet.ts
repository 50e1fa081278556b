import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import type { Client } from "../../src/client/index.ts";
import { type FleetStores, openConsumer, provision } from "../../src/fleet/provision.ts";
import { fleetSettings } from "../../test/helpers/fleet.ts";
import { spawnFleetAgent } from "../../test/helpers/fleet-process.ts";
import { type NatsCluster, startNats } from "../../test/helpers/nats.ts";
import { until } from "../../test/helpers/until.ts";
import { LPR } from "./lpr.ts";

const SLOTS = 8;
const REPLICAS = 3;
const KEEP_MS = 7 * 24 * 3_600_000;

export interface BenchFleet extends AsyncDisposable {
  readonly nats: NatsCluster;
  readonly stores: FleetStores;
  /** At the first agent. */
  readonly client: Client;
}

/**
 * Three NATS servers that keep three copies of everything, and agents with the pool `work`. Jobs of the pool `parked`
 * wait for ever, as no agent has it.
 */
export async function openFleet(agents: number, signal: AbortSignal): Promise<BenchFleet> {
  await using resources = new AsyncDisposableStack();
  const nats = resources.use(await startNats(REPLICAS));
  const clients: Client[] = [];
  for (let n = 1; n <= agents; n++) {
    signal.throwIfAborted();
    const name = `bench${n}.test`;
    const fleet = { replicas: REPLICAS, keep: "7d", pools: { work: { slots: SLOTS } } };
    const agent = resources.use(await spawnFleetAgent({ name, servers: nats.urls, fleet, program: [LPR] }));
    clients.push(resources.use(await agent.client("bench")));
  }
  const [client] = clients;
  if (!client) throw new Error("a fleet has one agent at least");
  const areUp = async () => {
    signal.throwIfAborted();
    const known = await client.fleetAgents().catch(() => ({ agents: [] }));
    return known.agents.filter(({ state }) => state === "up").length === agents;
  };
  await until(areUp, "all agents have joined the fleet", 60_000);
  const connection = await connect({ servers: [...nats.urls] });
  resources.defer(() => connection.close());
  await openConsumer(await jetstreamManager(connection), "parked");
  const settings = fleetSettings("bench.test", nats.urls, { replicas: REPLICAS, keepMs: KEEP_MS });
  const stores = await provision(connection, settings);
  const owned = resources.move();
  return { nats, stores, client, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
