import { COMMIT, VERSION } from "../../version.ts";
import { command } from "../command.ts";
import { outputFlag, printAs } from "../output.ts";

export default command({
  name: "version",
  summary: "Print the version of this program",
  flags: { output: outputFlag },
  examples: [
    ["lpr version", "see which release this is"],
    ["lpr version -o json", "the same for programs"],
  ],
  async run({ flags }) {
    const platform = `${process.platform}-${process.arch}`;
    const about = { version: VERSION, commit: COMMIT, bun: Bun.version, platform };
    await printAs(flags.output, about, () => `lpr ${VERSION} (${COMMIT}, Bun ${Bun.version}, ${platform})`);
  },
});
