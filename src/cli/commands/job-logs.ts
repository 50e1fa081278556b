import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "job logs",
  summary: "Stream the output of a job",
  run() {
    throw new JobError("INTERNAL", "lpr job logs is not written yet");
  },
});
