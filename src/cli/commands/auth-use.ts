import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "auth use",
  summary: "Choose the agent that commands talk to",
  run() {
    throw new JobError("INTERNAL", "lpr auth use is not written yet");
  },
});
