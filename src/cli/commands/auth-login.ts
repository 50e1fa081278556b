import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "auth login",
  summary: "Log in to an agent",
  run() {
    throw new JobError("INTERNAL", "lpr auth login is not written yet");
  },
});
