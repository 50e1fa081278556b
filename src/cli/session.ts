import type { Client } from "../client/client.ts";
import type { ConnectOptions } from "../client/connect.ts";
import type { Flags, FlagValues } from "./command.ts";
import { showingProgress } from "./progress.ts";
import { suggestingNames } from "./suggest-names.ts";

/** Which agent and who one is. Spread into the flags of every command that calls an agent. */
export const connectionFlags = {
  context: {
    type: "string",
    placeholder: "NAME",
    group: "Connection",
    complete: "logins",
    description: "saved login to use, by name or address (LPR_CONTEXT)",
  },
  address: {
    type: "string",
    placeholder: "ADDRESS",
    group: "Connection",
    description: "agent to call in place of a saved login's (LPR_ADDRESS)",
  },
  cacert: {
    type: "string",
    placeholder: "FILE",
    group: "Connection",
    description: "certificate authority of the agent (LPR_CACERT)",
  },
  cert: {
    type: "string",
    placeholder: "FILE",
    aliases: ["client-cert"],
    group: "Connection",
    description: "client certificate, or all in one PEM file (LPR_CERT)",
  },
  key: {
    type: "string",
    placeholder: "FILE",
    aliases: ["client-key"],
    group: "Connection",
    description: "client key (LPR_KEY; passphrase in LPR_KEY_PASSPHRASE_FILE)",
  },
  quiet: { type: "boolean", short: "q", description: "results and errors only, no remarks" },
} as const satisfies Flags;

/** Beside them, for what can be done on all agents at once. */
export const allContextsFlag = {
  "all-contexts": {
    type: "boolean",
    short: "A",
    group: "Connection",
    description: "all agents that you are logged in to, at once; lines begin with the login's name",
  },
} as const satisfies Flags;

export type AllContextsFlags = ClientFlags & FlagValues<typeof allContextsFlag>;

export type ClientFlags = FlagValues<typeof connectionFlags>;
/** Those that say where to connect, and as whom. */
export type ConnectionFlags = Omit<ClientFlags, "quiet">;

/** Connects to the agent that flags, LPR_* variables and saved logins name; closes when `use` is done. */
export async function withClient<T>(flags: ClientFlags, use: (client: Client) => Promise<T>): Promise<T> {
  const { resolveConnection } = await import("./connection.ts");
  return useClient(await resolveConnection(flags), use);
}

/** Connects; closes when `use` is done. */
export async function useClient<T>(options: ConnectOptions, use: (client: Client) => Promise<T>): Promise<T> {
  const { connect } = await import("../client/connect.ts");
  const client = connect(options);
  try {
    return await use(showingProgress(suggestingNames(client)));
  } finally {
    client.close();
  }
}
