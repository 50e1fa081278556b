import { VERSION } from "../../version.ts";
import { command } from "../command.ts";
import { print } from "../output.ts";

export default command({
  name: "version",
  summary: "Print the version of this program",
  async run() {
    await print(`lpr ${VERSION}`);
  },
});
