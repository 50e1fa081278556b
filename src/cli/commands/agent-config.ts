import { command } from "../command.ts";
import { note, print, write } from "../output.ts";
import { didYouMean } from "../suggest.ts";
import { UsageError } from "../usage-error.ts";

const ACTIONS = ["check", "default"];

export default command({
  name: "agent config",
  summary: "Check an agent's configuration file, or print one to begin with",
  details:
    "check tells everything that is wrong with FILE, by line, and does not start anything; certificates are not " +
    "looked at (lpr certs show does). A running agent reads the file again on SIGHUP (systemctl reload lpr). " +
    "default prints a file in which every setting is explained and commented out.",
  positionals: {
    action: { placeholder: "ACTION", description: ACTIONS.join(", "), required: true, complete: ACTIONS },
    file: {
      placeholder: "FILE",
      description:
        "to check; default /etc/lpr/agent.yaml as root, $XDG_CONFIG_HOME/lpr/agent/agent.yaml otherwise",
    },
  },
  examples: [
    ["lpr agent config check", "check the file that an agent of this account would read"],
    [
      "lpr agent config check ./agent.yaml && lpr agent serve --config ./agent.yaml",
      "start only with a good one",
    ],
    ["lpr agent config default >/etc/lpr/agent.yaml", "begin with one that explains itself"],
  ],
  async run({ args: { action, file } }) {
    if (action === "check") return check(file);
    if (action !== "default" || file !== undefined) {
      const problem =
        action === "default"
          ? "default takes no FILE: it prints to standard output"
          : `ACTION must be ${ACTIONS.join(" or ")}, got ${JSON.stringify(action)}${didYouMean(action, ACTIONS)}`;
      throw new UsageError([problem], "lpr agent config --help");
    }
    const { defaultAgentFile } = await import("../agent-file-default.ts");
    await write(defaultAgentFile());
    return 0;
  },
});

async function check(file: string | undefined): Promise<number> {
  const { findAgentFile, withSettings } = await import("./agent-settings.ts");
  const { loadPolicy } = await import("../../agent/config.ts");
  const around = { env: process.env, isRoot: process.geteuid?.() === 0 };
  const path = file ?? findAgentFile(around);
  if (path === undefined) {
    note("there is no configuration file: an agent would start with the defaults");
    return 0;
  }
  await withSettings({}, path, (settings) => loadPolicy(settings, around));
  await print(`${path}: no problem found`);
  return 0;
}
