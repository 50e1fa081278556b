import type { FleetAgent, FleetMembership, FleetPool } from "../client/client.ts";
import { formatAge } from "./age.ts";
import { paint } from "./color.ts";
import { fitTable } from "./fit-table.ts";
import { printable } from "./quote.ts";
import { renderLabels } from "./render-run.ts";
import { formatSize } from "./size.ts";

export interface FleetView {
  readonly now?: Date;
  /** How wide a line may be. @default any */
  readonly width?: number | undefined;
  /** @default false */
  readonly color?: boolean;
}

const STATE_COLORS = { up: "green", draining: "yellow", lost: "red" } as const;

/** Agents, a line for each pool that they have slots in. */
export function renderAgents(agents: readonly FleetAgent[], view: FleetView = {}): string {
  const { now = new Date(), width, color = false } = view;
  const painted = (cell: string, state: string) => paint(STATE_COLORS[state as FleetAgent["state"]], cell);
  const rows = agents.flatMap((agent) => {
    const { name, state, version, labels, lastSeenAt } = agent;
    const seen = `${formatAge(Math.max(0, now.getTime() - lastSeenAt.getTime()))} ago`;
    const around = (pool: readonly string[]) => [
      ...[printable(name), state, ...pool],
      ...[renderLabels(labels) || "-", printable(version), seen],
    ];
    if (agent.pools.length === 0) return [around(["-", "-", "-", "-"])];
    return agent.pools.map(({ pool, running, slots, ...capacity }) =>
      around([
        printable(pool),
        `${running}/${slots}`,
        share(capacity.freeCpuCores, capacity.cpuCores, String),
        share(capacity.freeMemoryBytes, capacity.memoryBytes, formatSize),
      ]),
    );
  });
  const columns = [
    { head: "AGENT", least: 12 },
    { head: "STATE", ...(color ? { paint: painted } : {}) },
    { head: "POOL", least: 6 },
    ...[{ head: "RUNNING" }, { head: "FREE CPU" }, { head: "FREE MEMORY" }],
    { head: "LABELS", least: 6 },
    ...[{ head: "VERSION" }, { head: "SEEN" }],
  ];
  return fitTable(columns, rows, width);
}

/** Pools, one a line. */
export function renderPools(pools: readonly FleetPool[], view: FleetView = {}): string {
  const { now = new Date(), width } = view;
  const rows = pools.map(({ name, agents, slots, running, queued, oldestQueuedAt: oldest }) => [
    ...[printable(name), `${agents}`, `${running}/${slots}`, `${queued}`],
    oldest ? formatAge(Math.max(0, now.getTime() - oldest.getTime())) : "-",
  ]);
  const heads = ["AGENTS", "RUNNING", "WAITING", "LONGEST WAIT"].map((head) => ({ head }));
  return fitTable([{ head: "POOL", least: 6 }, ...heads], rows, width);
}

/** An agent as `-o json` and `-o yaml` print it: null is what is not counted. */
export function agentDocument({ pools, lastSeenAt, ...agent }: FleetAgent): object {
  return {
    ...agent,
    pools: pools.map((pool) => ({
      ...{ pool: pool.pool, slots: pool.slots, running: pool.running },
      ...{ cpuCores: pool.cpuCores ?? null, freeCpuCores: pool.freeCpuCores ?? null },
      ...{ memoryBytes: pool.memoryBytes ?? null, freeMemoryBytes: pool.freeMemoryBytes ?? null },
    })),
    lastSeenAt: lastSeenAt.toISOString(),
  };
}

export function poolDocument({ oldestQueuedAt, ...pool }: FleetPool): object {
  return { ...pool, oldestQueuedAt: oldestQueuedAt?.toISOString() ?? null };
}

/** `b1.example.com, draining, cannot reach its servers`: what an agent says of its part in a fleet. */
export function describeMembership({ agent, state, connected, runningJobs }: FleetMembership): string {
  return [
    printable(agent),
    state,
    `${runningJobs} running`,
    ...(connected ? [] : ["cannot reach the fleet's servers"]),
  ].join(", ");
}

/** What is left, of how much; where it is counted. */
function share(free: number | undefined, of: number | undefined, format: (value: number) => string): string {
  return of === undefined ? "-" : `${format(free ?? of)}/${format(of)}`;
}
