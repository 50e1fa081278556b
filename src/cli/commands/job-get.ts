import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "job get",
  summary: "Show one job",
  run() {
    throw new JobError("INTERNAL", "lpr job get is not written yet");
  },
});
