import { command } from "../command.ts";
import { fields, outputFlag, printAs } from "../output.ts";
import { connectionFlags, withClient } from "../session.ts";

export default command({
  name: "auth whoami",
  summary: "Show who the agent takes you for",
  flags: { output: outputFlag, ...connectionFlags },
  examples: [["lpr auth whoami", "check login and connection"]],
  async run({ flags }) {
    const info = await withClient(flags, (client) => client.info());
    const result = {
      tenant: info.tenant,
      role: info.role,
      certificateExpiresAt: info.clientCertificateExpiresAt.toISOString(),
      hostname: info.hostname,
    };
    await printAs(flags.output, result, () =>
      fields([
        ["Tenant", result.tenant],
        ["Role", result.role],
        ["Certificate expires", result.certificateExpiresAt],
        ["Agent's host", result.hostname],
      ]),
    );
    return 0;
  },
});
