import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "auth whoami",
  summary: "Show who the agent takes you for",
  run() {
    throw new JobError("INTERNAL", "lpr auth whoami is not written yet");
  },
});
