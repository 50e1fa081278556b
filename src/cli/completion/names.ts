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

/** Names that begin so, asked of the agent that the command line is about. Asks nobody for a passphrase. */
export async function jobNames(
  prefix: string,
  onlyRunning: boolean,
  given: Partial<ConnectionFlags>,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const { resolveConnection } = await import("../connection.ts");
  const { connect } = await import("../../client/connect.ts");
  const none = { context: undefined, address: undefined, cacert: undefined, cert: undefined, key: undefined };
  const client = connect(await resolveConnection({ ...none, ...given }, process.env, false));
  try {
    const { jobs } = await client.list(
      {
        pageSize: AT_MOST,
        ...(prefix !== "" && { namePrefix: prefix }),
        ...(onlyRunning && { statuses: ["RUNNING"] }),
      },
      { signal },
    );
    return jobs.map(({ name, state, command }) => ({ word: name, meaning: `${state.status}: ${command}` }));
  } finally {
    client.close();
  }
}
