import { JobError } from "../../job/errors.ts";
import { command } from "../command.ts";

export default command({
  name: "certs issue-agent",
  summary: "Issue an agent certificate",
  run() {
    throw new JobError("INTERNAL", "lpr certs issue-agent is not written yet");
  },
});
