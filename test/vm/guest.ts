/** The program inside the VM: one stage of tests, or an agent for them to kill. */
import { runAgent } from "./guest/agent.ts";
import { runDetection } from "./guest/detect-child.ts";
import { kernelArgument, runTests } from "./guest/harness.ts";
import type { Stage } from "./guest/stages.ts";

const stages = {
  limits: async () => {
    await import("./guest/detection.ts");
    await import("./guest/limits.ts");
    await import("./guest/trees.ts");
    await import("./guest/adoption.ts");
  },
  "power-loss": async () => {
    await import("./guest/power-loss.ts");
  },
  "after-power-loss": async () => {
    await import("./guest/after-power-loss.ts");
  },
  systemd: async () => {
    await import("./guest/systemd.ts");
  },
} satisfies Record<Stage, () => Promise<void>>;

const [role] = process.argv.slice(2);
if (role === "agent") await runAgent();
else if (role === "detect") runDetection();
else {
  const stage = kernelArgument("stage") as Stage;
  await stages[stage]();
  const passed = await runTests(kernelArgument("only"));
  // What a failed test left running must not keep the machine up.
  process.exit(passed ? 0 : 1);
}
