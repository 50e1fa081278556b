import { command } from "../command.ts";
import { write } from "../output.ts";
import { didYouMean } from "../suggest.ts";
import { UsageError } from "../usage-error.ts";

const SHELLS = ["bash", "zsh", "fish"];

export default command({
  name: "completion",
  summary: "Print what has a shell complete commands, options and names",
  details: `Tab then completes commands and options with their values, saved logins, and the names of jobs, asked of the
agent that the command line is about (for at most 1.5 seconds; nobody is asked for a passphrase).

For good: append the line of the example to ~/.bashrc, to ~/.zshrc below its compinit, or write the output to
~/.config/fish/completions/lpr.fish.`,
  positionals: {
    shell: { placeholder: "SHELL", description: SHELLS.join(", "), required: true, complete: SHELLS },
  },
  examples: [
    ["source <(lpr completion bash)", "for bash"],
    ["source <(lpr completion zsh)", "for zsh"],
    ["lpr completion fish | source", "for fish"],
  ],
  async run({ args: { shell } }) {
    const { SCRIPTS } = await import("../completion/scripts.ts");
    const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
    if (script === undefined) {
      const problem = `SHELL must be one of ${SHELLS.join(", ")}, got ${JSON.stringify(shell)}${didYouMean(shell, SHELLS)}`;
      throw new UsageError([problem], "lpr completion --help");
    }
    await write(script);
    return 0;
  },
});
