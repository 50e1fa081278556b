import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "certs init",
  summary: "Make a certificate authority",
  run() {
    throw new JobError("INTERNAL", "lpr certs init is not written yet");
  },
});
