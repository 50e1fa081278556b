import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "job stop",
  summary: "Stop jobs gracefully",
  run() {
    throw new JobError("INTERNAL", "lpr job stop is not written yet");
  },
});
