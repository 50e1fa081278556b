import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "agent info",
  summary: "Show an agent's version, host and capabilities",
  run() {
    throw new JobError("INTERNAL", "lpr agent info is not written yet");
  },
});
