/** Many hosts, to and from the wire: where jobs may run, and what agents and pools have room for. */
import type { Labels } from "../../job/types.ts";
import { job_runner as wire } from "../generated/job_runner.js";
import type { RequestOf, ResponseOf } from "../schema.ts";
import { fromTimestamp, toTimestamp } from "./time.ts";

/** Where in a fleet a job may run. */
export interface FleetPlacement {
  /** Name of the pool. */
  readonly pool: string;
  /** Labels that the host should have: others leave it the job for 3 seconds. @default none */
  readonly prefer?: Labels | undefined;
  /** How often it may run again after its host was lost, 0 to 100. @default 0 */
  readonly retry?: number | undefined;
}

/** How a job of a fleet is placed. */
export interface FleetState {
  readonly pool: string;
  /** Agent that runs it, or ran it last. Absent: none so far. */
  readonly agent?: string | undefined;
  /** Which run of it this is, or waits, from 1. */
  readonly attempt: number;
  /** Rises with each attempt that an agent claimed; 0 before the first. */
  readonly fence: number;
  /** How often it may run again after its host was lost, in all. */
  readonly retry: number;
  /** When this attempt began to wait. */
  readonly queuedAt: Date;
}

export type FleetAgentState = "up" | "draining" | "lost";

/** An agent as a part of its fleet. */
export interface FleetMembership {
  readonly agent: string;
  readonly state: FleetAgentState;
  /** Whether it reaches the fleet's servers at the moment. */
  readonly connected: boolean;
  /** Jobs of the fleet that it runs. */
  readonly runningJobs: number;
}

/** What an agent has for the jobs of a pool. What is absent is not counted. */
export interface FleetAgentPool {
  readonly pool: string;
  readonly slots: number;
  readonly running: number;
  readonly cpuCores?: number | undefined;
  readonly freeCpuCores?: number | undefined;
  readonly memoryBytes?: number | undefined;
  readonly freeMemoryBytes?: number | undefined;
}

export interface FleetAgent {
  readonly name: string;
  readonly state: FleetAgentState;
  readonly version: string;
  readonly hostname: string;
  readonly labels: Labels;
  readonly pools: readonly FleetAgentPool[];
  /** When it said all this, by its own clock. */
  readonly lastSeenAt: Date;
}

/** A pool, over all agents that are up. */
export interface FleetPool {
  readonly name: string;
  readonly agents: number;
  readonly slots: number;
  readonly running: number;
  /** Jobs that wait for a slot. */
  readonly queued: number;
  /** Since when the first of them waits. */
  readonly oldestQueuedAt?: Date | undefined;
}

export interface FleetPageInput {
  /** 1 to 100. @default 100 */
  readonly pageSize?: number | undefined;
  readonly pageToken?: string | undefined;
}

export interface FleetAgentsInput extends FleetPageInput {
  /** Only agents with slots in this pool. @default all */
  readonly pool?: string | undefined;
}

export interface FleetAgentsOutput {
  /** By name. */
  readonly agents: readonly FleetAgent[];
  readonly nextPageToken?: string | undefined;
}

export interface FleetPoolsOutput {
  /** By name. */
  readonly pools: readonly FleetPool[];
  readonly nextPageToken?: string | undefined;
}

const agentStateToWire = {
  up: wire.FleetAgentState.FLEET_AGENT_UP,
  draining: wire.FleetAgentState.FLEET_AGENT_DRAINING,
  lost: wire.FleetAgentState.FLEET_AGENT_LOST,
} satisfies Record<FleetAgentState, wire.FleetAgentState>;

/** A state of a newer agent is at least not up. */
function agentStateFromWire(state: wire.FleetAgentState): FleetAgentState {
  if (state === wire.FleetAgentState.FLEET_AGENT_UP) return "up";
  return state === wire.FleetAgentState.FLEET_AGENT_DRAINING ? "draining" : "lost";
}

export function toFleetPlacement({ pool, prefer, retry }: FleetPlacement): wire.FleetPlacement {
  return { pool, prefer: { ...prefer }, retry: retry ?? 0 };
}

export function fromFleetPlacement({ pool, prefer, retry }: wire.FleetPlacement): FleetPlacement {
  return { pool, prefer, retry };
}

export function toFleetState(state: FleetState): wire.FleetState {
  return {
    ...{ pool: state.pool, attempt: state.attempt, fence: state.fence, retry: state.retry },
    agent: state.agent ?? "",
    queuedAt: toTimestamp(state.queuedAt),
  };
}

export function fromFleetState(state: wire.FleetState): FleetState {
  return {
    ...{ pool: state.pool, attempt: state.attempt, fence: state.fence, retry: state.retry },
    ...(state.agent ? { agent: state.agent } : {}),
    queuedAt: fromTimestamp(state.queuedAt),
  };
}

export function toFleetMembership(member: FleetMembership): wire.FleetMembership {
  return {
    ...{ agent: member.agent, connected: member.connected, runningJobs: member.runningJobs },
    state: agentStateToWire[member.state],
  };
}

export function fromFleetMembership(member: wire.FleetMembership): FleetMembership {
  return {
    ...{ agent: member.agent, connected: member.connected, runningJobs: member.runningJobs },
    state: agentStateFromWire(member.state),
  };
}

export function toFleetAgentsRequest(input: FleetAgentsInput): RequestOf<"fleetAgents"> {
  return { ...toPageRequest(input), pool: input.pool ?? "" };
}

export function fromFleetAgentsRequest(request: RequestOf<"fleetAgents">): FleetAgentsInput {
  return { ...fromPageRequest(request), pool: request.pool || undefined };
}

export function toFleetAgentsResponse(output: FleetAgentsOutput): ResponseOf<"fleetAgents"> {
  return { agents: output.agents.map(toFleetAgent), nextPageToken: output.nextPageToken ?? "" };
}

export function fromFleetAgentsResponse(response: ResponseOf<"fleetAgents">): FleetAgentsOutput {
  const agents = response.agents.map(fromFleetAgent);
  return response.nextPageToken ? { agents, nextPageToken: response.nextPageToken } : { agents };
}

export function toPageRequest({ pageSize, pageToken }: FleetPageInput): RequestOf<"fleetPools"> {
  return { pageSize: pageSize ?? 0, pageToken: pageToken ?? "" };
}

export function fromPageRequest({ pageSize, pageToken }: RequestOf<"fleetPools">): FleetPageInput {
  return { pageSize: pageSize || undefined, pageToken: pageToken || undefined };
}

export function toFleetPoolsResponse(output: FleetPoolsOutput): ResponseOf<"fleetPools"> {
  return { pools: output.pools.map(toFleetPool), nextPageToken: output.nextPageToken ?? "" };
}

export function fromFleetPoolsResponse(response: ResponseOf<"fleetPools">): FleetPoolsOutput {
  const pools = response.pools.map(fromFleetPool);
  return response.nextPageToken ? { pools, nextPageToken: response.nextPageToken } : { pools };
}

function toFleetAgent(agent: FleetAgent): wire.FleetAgent {
  return {
    ...{ name: agent.name, version: agent.version, hostname: agent.hostname },
    state: agentStateToWire[agent.state],
    labels: { ...agent.labels },
    pools: agent.pools.map(toAgentPool),
    lastSeenAt: toTimestamp(agent.lastSeenAt),
  };
}

function fromFleetAgent(agent: wire.FleetAgent): FleetAgent {
  return {
    ...{ name: agent.name, version: agent.version, hostname: agent.hostname },
    state: agentStateFromWire(agent.state),
    labels: agent.labels,
    pools: agent.pools.map(fromAgentPool),
    lastSeenAt: fromTimestamp(agent.lastSeenAt),
  };
}

/** What has a value; the rest is left out, as on the wire. */
function counted({ cpuCores, freeCpuCores, memoryBytes, freeMemoryBytes }: Counted): CountedHere {
  return {
    ...(cpuCores == null ? {} : { cpuCores }),
    ...(freeCpuCores == null ? {} : { freeCpuCores }),
    ...(memoryBytes == null ? {} : { memoryBytes }),
    ...(freeMemoryBytes == null ? {} : { freeMemoryBytes }),
  };
}

type CountedName = "cpuCores" | "freeCpuCores" | "memoryBytes" | "freeMemoryBytes";
type Counted = { readonly [K in CountedName]?: number | null | undefined };
type CountedHere = { [K in CountedName]?: number };

function toAgentPool(pool: FleetAgentPool): wire.FleetAgentPool {
  return { pool: pool.pool, slots: pool.slots, running: pool.running, ...counted(pool) };
}

function fromAgentPool(pool: wire.FleetAgentPool): FleetAgentPool {
  return { pool: pool.pool, slots: pool.slots, running: pool.running, ...counted(pool) };
}

function toFleetPool(pool: FleetPool): wire.FleetPool {
  return {
    ...{ name: pool.name, agents: pool.agents, slots: pool.slots, running: pool.running },
    queued: pool.queued,
    oldestQueuedAt: pool.oldestQueuedAt ? toTimestamp(pool.oldestQueuedAt) : null,
  };
}

function fromFleetPool(pool: wire.FleetPool): FleetPool {
  return {
    ...{ name: pool.name, agents: pool.agents, slots: pool.slots, running: pool.running },
    queued: pool.queued,
    ...(pool.oldestQueuedAt ? { oldestQueuedAt: fromTimestamp(pool.oldestQueuedAt) } : {}),
  };
}
