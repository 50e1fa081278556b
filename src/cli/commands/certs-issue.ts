import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "certs issue",
  summary: "Issue a client certificate",
  run() {
    throw new JobError("INTERNAL", "lpr certs issue is not written yet");
  },
});
