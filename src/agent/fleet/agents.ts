import type { FleetContext } from "../../fleet/context.ts";
import type { AgentBeat } from "../../fleet/types.ts";
import { invalidInput } from "../../job/errors.ts";
import type {
  FleetAgent,
  FleetAgentsInput,
  FleetAgentsOutput,
  FleetPageInput,
} from "../../rpc/convert/fleet.ts";

const MAX_PAGE_SIZE = 100;

/** @throws JobError INVALID_INPUT, UNAVAILABLE */
export async function listAgents(
  context: FleetContext,
  { pool, ...page }: FleetAgentsInput,
): Promise<FleetAgentsOutput> {
  const beats = await readBeats(context);
  const agents = beats.filter(({ pools }) => pool === undefined || Object.hasOwn(pools, pool)).map(toAgent);
  const { items, nextPageToken } = pageOf(agents, page);
  return { agents: items, nextPageToken };
}

/** The last heartbeat of every agent, by name. */
export async function readBeats({ stores }: FleetContext): Promise<AgentBeat[]> {
  const beats = new Map<string, AgentBeat>();
  for await (const { key, value } of stores.agents.all()) {
    if (value) beats.set(key, value);
    else beats.delete(key);
  }
  return [...beats.values()].toSorted((one, other) => (one.agent < other.agent ? -1 : 1));
}

/** What follows the name that the last page ended with. */
export function pageOf<T extends { readonly name: string }>(
  all: readonly T[],
  { pageSize = MAX_PAGE_SIZE, pageToken }: FleetPageInput,
): { readonly items: readonly T[]; readonly nextPageToken?: string } {
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
    throw invalidInput([`pageSize must be an integer from 1 to ${MAX_PAGE_SIZE}, got ${pageSize}`]);
  }
  const rest = all.filter(({ name }) => pageToken === undefined || name > pageToken);
  const items = rest.slice(0, pageSize);
  const last = items.at(-1);
  return last && rest.length > items.length ? { items, nextPageToken: last.name } : { items };
}

function toAgent(beat: AgentBeat): FleetAgent {
  const { agent: name, state, version, hostname, labels, pools, at } = beat;
  return {
    ...{ name, state, version, hostname, labels },
    pools: Object.entries(pools).map(([pool, load]) => ({ pool, ...load })),
    lastSeenAt: new Date(at),
  };
}
