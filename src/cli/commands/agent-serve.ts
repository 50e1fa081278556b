import { command } from "../command.ts";

const certificates = "Certificates";

export default command({
  name: "agent serve",
  summary: "Serve jobs on this host",
  details:
    "Certificates are looked for in /etc/lpr as root and in $XDG_CONFIG_HOME/lpr/agent otherwise: ca.pem, " +
    "agent.pem and agent-key.pem. SIGTERM or SIGINT stops all jobs gracefully and ends the agent; a second " +
    "one kills what is left.",
  flags: {
    listen: {
      type: "string",
      placeholder: "HOST:PORT",
      default: "0.0.0.0:50051",
      description: "address to listen on; port 0 takes a free one",
    },
    ca: {
      type: "string",
      placeholder: "FILE",
      group: certificates,
      description: "certificate authority of the clients",
    },
    cert: {
      type: "string",
      placeholder: "FILE",
      group: certificates,
      description: "the agent's certificate, then intermediate ones",
    },
    key: {
      type: "string",
      placeholder: "FILE",
      group: certificates,
      description: "the agent's private key; it may be encrypted",
    },
    "key-passphrase-file": {
      type: "string",
      placeholder: "FILE",
      group: certificates,
      description: "holds the key's passphrase in its first line (LPR_KEY_PASSPHRASE_FILE)",
    },
    crl: {
      type: "string",
      placeholder: "FILE",
      group: certificates,
      description: "certificates that have been revoked",
    },
    "state-dir": {
      type: "string",
      placeholder: "DIR",
      description:
        "where jobs and their output are kept (default /var/lib/lpr as root, $XDG_STATE_HOME/lpr otherwise)",
    },
    cgroups: {
      type: "string",
      placeholder: "MODE",
      choices: ["auto", "required", "off"],
      default: "auto",
      description: "use what the host has, refuse to start where limits cannot be set, or use none",
    },
    "cgroup-root": {
      type: "string",
      placeholder: "DIR",
      description: "directory of the jobs' cgroups (default LPR below the cgroup2 mount)",
    },
    "shared-account": {
      type: "boolean",
      description: "without root: accept role user although jobs of all tenants share this account",
    },
  },
  examples: [
    ["lpr agent serve", "serve on port 50051 of every address"],
    ["lpr agent serve --listen 127.0.0.1:0 --state-dir /tmp/lpr", "try it out"],
  ],
  async run({ flags }) {
    const { loadConfig } = await import("../../agent/config.ts");
    const { askHidden, canAsk } = await import("../prompt.ts");
    const config = await loadConfig(
      {
        listen: flags.listen,
        ca: flags.ca,
        cert: flags.cert,
        key: flags.key,
        keyPassphraseFile: flags["key-passphrase-file"],
        crl: flags.crl,
        stateDir: flags["state-dir"],
        cgroups: flags.cgroups,
        cgroupRoot: flags["cgroup-root"],
        sharedAccount: flags["shared-account"],
      },
      {
        env: process.env,
        isRoot: process.geteuid?.() === 0,
        askPassphrase: canAsk() ? (file) => askHidden(`Passphrase of ${file}: `) : undefined,
      },
    );
    const { openLog } = await import("../../agent/log.ts");
    const { runDaemon } = await import("../../agent/daemon.ts");
    await runDaemon(config, await openLog());
    return 0;
  },
});
