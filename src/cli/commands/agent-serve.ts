import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "agent serve",
  summary: "Serve jobs on this host",
  run() {
    throw new JobError("INTERNAL", "lpr agent serve is not written yet");
  },
});
