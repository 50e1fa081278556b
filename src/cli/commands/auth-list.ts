import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "auth list",
  summary: "List saved logins",
  run() {
    throw new JobError("INTERNAL", "lpr auth list is not written yet");
  },
});
