import { readFileSync } from "node:fs";
import type { AgentSettings } from "../../agent/config.ts";
import { JobError } from "../../job/errors.ts";
import type { AgentFile } from "../agent-file.ts";
import { command, type FlagValues } from "../command.ts";
import { limitsOf } from "../limit-options.ts";
import { sectionOptions, serveOptions } from "../serve-options.ts";

const flags = {
  config: {
    type: "string",
    placeholder: "FILE",
    description: "YAML file with any of these options; options of the command line win",
  },
  ...serveOptions,
  ...sectionOptions,
} as const;

export default command({
  name: "agent serve",
  summary: "Serve jobs on this host",
  details:
    "Certificates are looked for in /etc/lpr as root and in $XDG_CONFIG_HOME/lpr/agent otherwise: ca.pem, " +
    "agent.pem and agent-key.pem. SIGTERM or SIGINT stops all jobs gracefully and ends the agent; a second " +
    "one kills what is left. With --on-shutdown keep jobs go on instead, and the next agent on the same state " +
    "directory takes them over, as it does after a crash.",
  flags,
  examples: [
    ["lpr agent serve", "serve on port 50051 of every address"],
    ["lpr agent serve --listen 127.0.0.1:0 --state-dir /tmp/lpr", "try it out"],
    ["lpr agent serve --limit-default memory=1G --limit-cap cpu=4", "limit what jobs may use"],
    ["lpr agent serve --config /etc/lpr/agent.yaml", "keep the options in a file"],
    ["lpr agent serve --on-shutdown keep", "let jobs outlive the agent, for upgrades"],
  ],
  async run({ flags }) {
    const { loadConfig } = await import("../../agent/config.ts");
    const { askHidden, canAsk } = await import("../prompt.ts");
    const file = flags.config === undefined ? undefined : await readAgentFile(flags.config);
    const config = await loadConfig(settingsOf(flags, file), {
      env: process.env,
      isRoot: process.geteuid?.() === 0,
      askPassphrase: canAsk() ? (path) => askHidden(`Passphrase of ${path}: `) : undefined,
    });
    const { openLog } = await import("../../agent/log.ts");
    const { runDaemon } = await import("../../agent/daemon.ts");
    await runDaemon(config, await openLog());
    return 0;
  },
});

async function readAgentFile(path: string): Promise<AgentFile> {
  const { parseAgentFile } = await import("../agent-file.ts");
  try {
    return parseAgentFile(readFileSync(path, "utf8"), path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new JobError("INVALID_INPUT", `cannot read --config ${path} (${code})`, { cause: error });
  }
}

/** What the command line leaves out comes from the file. */
function settingsOf(given: FlagValues<typeof flags>, file: AgentFile = { options: {} }): AgentSettings {
  const options = { ...file.options, ...withoutUndefined(given) };
  return {
    listen: options.listen,
    ca: options.ca,
    cert: options.cert,
    key: options.key,
    keyPassphraseFile: options["key-passphrase-file"],
    crl: options.crl,
    staleCrl: options["stale-crl"],
    stateDir: options["state-dir"],
    cgroups: options.cgroups,
    cgroupRoot: options["cgroup-root"],
    onShutdown: options["on-shutdown"],
    limits: {
      defaults: { ...file.limits?.defaults, ...limitsOf(Object.fromEntries(given["limit-default"])) },
      caps: { ...file.limits?.caps, ...limitsOf(Object.fromEntries(given["limit-cap"])) },
    },
    retention: {
      succeededMs: given["keep-succeeded"] ?? file.retention?.succeededMs,
      failedMs: given["keep-failed"] ?? file.retention?.failedMs,
    },
    audit: {
      file: options["audit-file"],
      keepMs: options["audit-keep"],
      maxEntries: options["audit-max-entries"],
    },
    tenantUids: file.tenantUids,
    globalTimeoutMs: options.timeout,
    // A switch that can only be turned on.
    sharedAccount: given["shared-account"] || file.options["shared-account"],
  };
}

function withoutUndefined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
