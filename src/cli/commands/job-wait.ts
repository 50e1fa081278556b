import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "job wait",
  summary: "Wait for a job to end, and exit as it did",
  run() {
    throw new JobError("INTERNAL", "lpr job wait is not written yet");
  },
});
