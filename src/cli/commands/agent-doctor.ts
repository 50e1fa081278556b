import { resolve } from "node:path";
import { command } from "../command.ts";
import { outputFlag, printAs } from "../output.ts";

export default command({
  name: "agent doctor",
  summary: "Check what this host lacks for an agent, and say what to do",
  details:
    "Looks at the host it runs on; no agent is needed. As an agent does, it makes the directory of the jobs' " +
    "cgroups and enables the controllers there. Capability levels: limits (cgroup v2 with the cpu, io, " +
    "memory and pids controllers), tracking (whole-tree kill, no limits), none (sessions and process groups " +
    "only). The exit code is 0 when nothing is missing, 1 otherwise.",
  flags: {
    "cgroup-root": { type: "string", placeholder: "DIR", description: "as for lpr agent serve" },
    "state-dir": { type: "string", placeholder: "DIR", description: "as for lpr agent serve" },
    output: outputFlag,
  },
  examples: [["lpr agent doctor", "see what is missing, and the command that brings it"]],
  async run({ flags }) {
    const { examine } = await import("../../agent/doctor.ts");
    const { configDir, defaultStateDir } = await import("../../agent/config.ts");
    const isRoot = process.geteuid?.() === 0;
    const around = { env: process.env, isRoot };
    const stateDir = resolve(flags["state-dir"] ?? defaultStateDir(around));
    const diagnosis = examine({
      ...{ cgroupRoot: flags["cgroup-root"], stateDir, isRoot },
      configDir: configDir(around),
    });
    await printAs(flags.output, diagnosis, () =>
      [
        `Capability level: ${diagnosis.level}`,
        ...diagnosis.checks.flatMap(({ name, ok, found, remedy }, index, checks) => [
          `${ok ? "ok     " : "MISSING"}  ${name}: ${found}`,
          // Once for all that one command brings.
          ...(remedy === undefined || remedy === checks[index + 1]?.remedy ? [] : [`         do: ${remedy}`]),
        ]),
      ].join("\n"),
    );
    return diagnosis.checks.every(({ ok }) => ok) ? 0 : 1;
  },
});
