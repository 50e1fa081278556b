import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "certs show",
  summary: "Show what a certificate says",
  run() {
    throw new JobError("INTERNAL", "lpr certs show is not written yet");
  },
});
