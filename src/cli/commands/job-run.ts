import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "job run",
  summary: "Run a process as a job",
  run() {
    throw new JobError("INTERNAL", "lpr job run is not written yet");
  },
});
