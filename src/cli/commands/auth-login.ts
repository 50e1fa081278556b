import type { AgentInfo } from "../../client/client.ts";
import { command } from "../command.ts";
import { note, print } from "../output.ts";
import { connectionFlags } from "../session.ts";

export default command({
  name: "auth login",
  summary: "Log in to an agent",
  details: `Checks with the agent that the certificate is accepted, then remembers the address and where the files
are (not what is in them). One PEM file may hold key, certificate and authority together. What is
not given is asked for on a terminal.

The passphrase of an encrypted key is read from the file that LPR_KEY_PASSPHRASE_FILE names, or
asked for by every command, unless --store-key keeps a decrypted copy.`,
  positionals: {
    address: {
      placeholder: "ADDRESS",
      description: "host or host:port of the agent; port 50051 if not given",
    },
  },
  flags: {
    cacert: {
      ...connectionFlags.cacert,
      group: "Options",
      description: "certificate authority of the agent",
    },
    cert: {
      ...connectionFlags.cert,
      group: "Options",
      description: "your certificate, or all in one PEM file",
    },
    key: { ...connectionFlags.key, group: "Options", description: "your private key" },
    name: {
      type: "string",
      placeholder: "NAME",
      description: "what to call this login; the host if not given",
    },
    "store-key": { type: "boolean", description: "keep a decrypted copy of the key, readable by you alone" },
    quiet: connectionFlags.quiet,
  },
  examples: [
    ["lpr auth login", "be asked for everything"],
    ["lpr auth login http://example.com --client-cert ~/mycertfile.pem", "all in one file"],
    ["lpr auth login example.com --cacert ca.pem --cert me.pem --key me.key", "a file for each"],
  ],
  async run({ flags, args }) {
    const { logIn } = await import("../log-in.ts");
    const { canAsk } = await import("../prompt.ts");
    const { login, info } = await logIn({
      ...flags,
      address: args.address,
      storeKey: flags["store-key"],
      interactive: canAsk(),
    });
    await print(`logged in to ${login.address} as ${describeCaller(info)}`);
    note(`agent: lpr ${info.version} on ${info.hostname}, capability level ${info.capabilityLevel}`);
    return 0;
  },
});

/** Who the agent takes the caller for. */
function describeCaller({ tenant, role }: Pick<AgentInfo, "tenant" | "role">): string {
  return `${tenant} (role ${role})`;
}
