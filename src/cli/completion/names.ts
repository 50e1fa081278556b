import type { Client } from "../../client/client.ts";
import { loginsPath, readLogins } from "../../client/logins.ts";
import type { ConnectionFlags } from "../session.ts";
import type { Candidate } from "./question.ts";

/** More than fit on a screen; who types another letter gets others. */
const AT_MOST = 100;

export async function loginNames(): Promise<Candidate[]> {
  const { logins } = await readLogins(loginsPath());
  return logins.map(({ name, address }) =>
    name === address ? { word: name } : { word: name, meaning: address },
  );
}

/** Names that begin so, asked of the agent that the command line is about: of its own jobs, and of its fleet's. */
export function jobNames(
  prefix: string,
  onlyRunning: boolean,
  given: Partial<ConnectionFlags>,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const filter = { pageSize: AT_MOST, ...(prefix !== "" && { namePrefix: prefix }) };
  const own = { ...filter, ...(onlyRunning && { statuses: ["RUNNING"] as const }) };
  // Those that wait can be stopped as well.
  const ofFleet = {
    ...{ ...filter, fleet: true },
    ...(onlyRunning && { statuses: ["RUNNING", "PENDING"] as const }),
  };
  return asking(given, async (client) => {
    const none = { jobs: [] };
    const lists = await Promise.all([
      client.list(own, { signal }),
      // Most agents are in none.
      client.list(ofFleet, { signal }).catch(() => none),
    ]);
    return lists.flatMap(({ jobs }) =>
      jobs.map(({ name, state, command }) => ({ word: name, meaning: `${state.status}: ${command}` })),
    );
  });
}

/** Those of the fleet of the agent that the command line is about. */
export function poolNames(given: Partial<ConnectionFlags>, signal: AbortSignal): Promise<Candidate[]> {
  return asking(given, async (client) => {
    const { pools } = await client.fleetPools({ pageSize: AT_MOST }, { signal });
    return pools.map(({ name, queued }) => ({ word: name, meaning: `${queued} waiting` }));
  });
}

/** Asks nobody for a passphrase. */
async function asking<T>(given: Partial<ConnectionFlags>, ask: (client: Client) => Promise<T>): Promise<T> {
  const { resolveConnection } = await import("../connection.ts");
  const { connect } = await import("../../client/connect.ts");
  const none = { context: undefined, address: undefined, cacert: undefined, cert: undefined, key: undefined };
  const client = connect(await resolveConnection({ ...none, ...given }, process.env, false));
  try {
    return await ask(client);
  } finally {
    client.close();
  }
}
