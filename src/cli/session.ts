import type { Client } from "../client/client.ts";
import type { Flags, FlagValues } from "./command.ts";
import { keepQuiet } from "./output.ts";
import { showingProgress } from "./progress.ts";

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

type ClientFlags = FlagValues<typeof connectionFlags>;
/** Those that say where to connect, and as whom. */
export type ConnectionFlags = Omit<ClientFlags, "quiet">;

/** Connects to the agent that flags, LPR_* variables and saved logins name; closes when `use` is done. */
export async function withClient<T>(flags: ClientFlags, use: (client: Client) => Promise<T>): Promise<T> {
  if (flags.quiet) keepQuiet();
  const { resolveConnection } = await import("./connection.ts");
  const { connect } = await import("../client/connect.ts");
  const client = connect(await resolveConnection(flags));
  try {
    return await use(showingProgress(client));
  } finally {
    client.close();
  }
}
