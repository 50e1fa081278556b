import { command } from "../command.ts";
import { parseDuration, parseTimeout } from "../duration.ts";
import { limitsOf, parseLimit } from "../limit-options.ts";

const certificates = "Certificates";
const jobs = "Jobs";

export default command({
  name: "agent serve",
  summary: "Serve jobs on this host",
  details:
    "Certificates are looked for in /etc/lpr as root and in $XDG_CONFIG_HOME/lpr/agent otherwise: ca.pem, " +
    "agent.pem and agent-key.pem. SIGTERM or SIGINT stops all jobs gracefully and ends the agent; a second " +
    "one kills what is left. With --on-shutdown keep jobs go on instead, and the next agent on the same state " +
    "directory takes them over, as it does after a crash.",
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
    "on-shutdown": {
      type: "string",
      placeholder: "ACTION",
      choices: ["stop", "keep"],
      default: "stop",
      description: "what becomes of jobs when the agent ends; when the host goes down they are stopped",
    },
    "limit-default": {
      type: "string",
      placeholder: "NAME=VALUE",
      multiple: true,
      group: jobs,
      parse: parseLimit,
      description: "limit of jobs that ask for none, such as memory=1G: the names of lpr job run's options",
    },
    "limit-cap": {
      type: "string",
      placeholder: "NAME=VALUE",
      multiple: true,
      group: jobs,
      parse: parseLimit,
      description: "the most that a job may ask for, and gets where nothing else is said",
    },
    timeout: {
      type: "string",
      placeholder: "DURATION",
      group: jobs,
      parse: parseTimeout,
      description: "stop any job that has run for so long",
    },
    "keep-succeeded": {
      type: "string",
      placeholder: "DURATION",
      group: jobs,
      parse: parseDuration,
      description: "how long successful jobs and their output are kept (default 7d)",
    },
    "keep-failed": {
      type: "string",
      placeholder: "DURATION",
      group: jobs,
      parse: parseDuration,
      description: "how long failed jobs and their output are kept (default 30d)",
    },
    "shared-account": {
      type: "boolean",
      description: "without root: accept role user although jobs of all tenants share this account",
    },
  },
  examples: [
    ["lpr agent serve", "serve on port 50051 of every address"],
    ["lpr agent serve --listen 127.0.0.1:0 --state-dir /tmp/lpr", "try it out"],
    ["lpr agent serve --limit-default memory=1G --limit-cap cpu=4", "limit what jobs may use"],
    ["lpr agent serve --on-shutdown keep", "let jobs outlive the agent, for upgrades"],
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
        onShutdown: flags["on-shutdown"],
        limits: {
          defaults: limitsOf(Object.fromEntries(flags["limit-default"])),
          caps: limitsOf(Object.fromEntries(flags["limit-cap"])),
        },
        retention: { succeededMs: flags["keep-succeeded"], failedMs: flags["keep-failed"] },
        globalTimeoutMs: flags.timeout,
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
