import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";
import { sectionOptions, serveOptions } from "../serve-options.ts";

const flags = {
  config: {
    type: "string",
    placeholder: "FILE",
    description:
      "YAML file with any of these options; options of the command line win (default /etc/lpr/agent.yaml as root, " +
      "$XDG_CONFIG_HOME/lpr/agent/agent.yaml otherwise, where it is there)",
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
    if (process.platform !== "linux") {
      throw new JobError("HOST_UNSUPPORTED", `agents run on Linux, this is ${process.platform}`, {
        hint: "here lpr is a client: lpr auth login HOST",
      });
    }
    const { loadConfig, loadPolicy } = await import("../../agent/config.ts");
    const { findAgentFile, withSettings } = await import("./agent-settings.ts");
    const { askHidden, canAsk } = await import("../prompt.ts");
    const around = {
      ...{ env: process.env, isRoot: process.geteuid?.() === 0 },
      logsToTerminal: process.stderr.isTTY,
    };
    const path = flags.config ?? findAgentFile(around);
    const askPassphrase = canAsk() ? (key: string) => askHidden(`Passphrase of ${key}: `) : undefined;
    const config = await withSettings(flags, path, (settings) =>
      loadConfig(settings, { ...around, askPassphrase }),
    );
    const { openLog } = await import("../../agent/log.ts");
    const { runDaemon } = await import("../../agent/daemon.ts");
    await runDaemon(config, {
      log: await openLog(config.logFormat, config.logLevel),
      readPolicy: () => withSettings(flags, path, (settings) => loadPolicy(settings, around)),
    });
    return 0;
  },
});
