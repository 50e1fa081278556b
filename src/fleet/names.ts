/** Where everything of the fleet lies in NATS. */

export const BUCKETS = {
  agents: "lpr_agents",
  keys: "lpr_keys",
  jobs: "lpr_jobs",
  held: "lpr_held",
  leader: "lpr_leader",
  logs: "lpr_logs",
} as const;

export const QUEUE = "lpr_queue";
export const WARDEN_KEY = "warden";

/** The stream that a bucket is. */
export function streamOf(bucket: string): string {
  return `KV_${bucket}`;
}

/** An attempt has a local name of `NAME-rFENCE`, which has to be a job's name as well: 63 characters. */
export const MAX_FLEET_NAME = 48;
export const POOL_NAME = /^[A-Za-z0-9]([A-Za-z0-9_-]{0,30}[A-Za-z0-9])?$/;
/** A DNS name. */
export const AGENT_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

/** The name of an agent as one token of subjects and keys, in which dots separate tokens. */
export function tokenOf(agent: string): string {
  return agent.replaceAll(".", "=");
}

export function queueSubject(pool: string): string {
  return `lpr.queue.${pool}`;
}

export function consumerOf(pool: string): string {
  return `pool-${pool}`;
}

/** Where an agent hears the others; `*` for all. */
export function callSubject(agent: string): string {
  return `lpr.agent.${tokenOf(agent)}.call`;
}

export function heldKey(agent: string, job: string): string {
  return `${tokenOf(agent)}.${job}`;
}

/** A block of the output of an attempt, by the agent that ran it; counted from 0. */
export function blockKey(agent: string, id: string, fence: number, block: number): string {
  return `${tokenOf(agent)}.${id}.${fence.toString(36)}.${block}`;
}

/** The name of an attempt among the jobs of the agent that runs it. */
export function localNameOf(job: string, fence: number): string {
  return `${job}-r${fence.toString(36)}`;
}

/** Label of an attempt among the jobs of the agent that runs it. */
export const FLEET_LABEL = "lpr.fleet";

/** Value of that label: at most 63 characters, as a label's have to be. */
export function fleetLabelOf(job: string, fence: number): string {
  return `${job}.${fence.toString(36)}`;
}

export function readFleetLabel(
  label: string | undefined,
): { readonly name: string; readonly fence: number } | undefined {
  const [, name, fence] = /^([A-Za-z0-9_-]{1,48})\.([0-9a-z]{1,12})$/.exec(label ?? "") ?? [];
  return name === undefined || fence === undefined ? undefined : { name, fence: Number.parseInt(fence, 36) };
}
