import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "auth logout",
  summary: "Forget a saved login",
  run() {
    throw new JobError("INTERNAL", "lpr auth logout is not written yet");
  },
});
