import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "job list",
  summary: "List jobs, newest first",
  run() {
    throw new JobError("INTERNAL", "lpr job list is not written yet");
  },
});
