import { command } from "../command.ts";
import { fields, outputFlag, printAs } from "../output.ts";
import { describeMembership } from "../render-fleet.ts";
import { connectionFlags, withClient } from "../session.ts";

export default command({
  name: "agent info",
  summary: "Show an agent's version, host and capabilities",
  flags: { output: outputFlag, ...connectionFlags },
  examples: [["lpr agent info", "see what the agent can do, and who it takes you for"]],
  async run({ flags }) {
    const info = await withClient(flags, (client) => client.info());
    const result = {
      version: info.version,
      hostname: info.hostname,
      startedAt: info.startedAt.toISOString(),
      capabilityLevel: info.capabilityLevel,
      missing: info.missing,
      runningJobs: info.runningJobs,
      tenant: info.tenant,
      role: info.role,
      agentCertificateExpiresAt: info.agentCertificateExpiresAt.toISOString(),
      clientCertificateExpiresAt: info.clientCertificateExpiresAt.toISOString(),
      refusals: info.refusals,
      warnings: info.warnings,
      fleet: info.fleet ?? null,
    };
    await printAs(flags.output, result, () =>
      fields([
        ["Version", result.version],
        ["Host", result.hostname],
        ["Started at", result.startedAt],
        ["Capability level", result.capabilityLevel],
        ...result.missing.map((what) => ["Missing", what] as const),
        ["Running jobs", String(result.runningJobs)],
        ...(info.fleet ? [["Fleet", describeMembership(info.fleet)] as const] : []),
        ["You are", `${result.tenant} (${result.role})`],
        ["Agent certificate expires", result.agentCertificateExpiresAt],
        ["Your certificate expires", result.clientCertificateExpiresAt],
        ...info.warnings.map((what) => ["Warning", what] as const),
        ...Object.entries(info.refusals)
          .filter(([, count]) => count > 0)
          .map(([what, count]) => [`Refused (${what})`, String(count)] as const),
      ]),
    );
    return 0;
  },
});
