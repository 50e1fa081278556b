import { join } from "node:path";

export interface CrashInput {
  readonly stateDir: string;
  readonly cgroupRoot: string | undefined;
  /** See test/fixtures/crashing-agent.ts. @default "never" */
  readonly step?: string;
  readonly job: {
    readonly name: string;
    readonly command: string;
    readonly args?: readonly string[];
    readonly timeoutMs?: number;
  };
  readonly actions: readonly ("run" | "stop" | "remove" | "wait")[];
}

/** Runs the program until it has crashed at its step, or done all its actions: then it is killed. */
export async function crashAgent({
  stateDir,
  cgroupRoot,
  step = "never",
  job,
  actions,
}: CrashInput): Promise<void> {
  const script = join(import.meta.dir, "../fixtures/crashing-agent.ts");
  const cmd = [process.execPath, script, stateDir, cgroupRoot ?? "", step, JSON.stringify(job), ...actions];
  const agent = Bun.spawn(cmd, { stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const stderr = agent.stderr.text();
  let said = "";
  for await (const chunk of agent.stdout) {
    said += Buffer.from(chunk).toString();
    if (said.split("\n").length > actions.length) agent.kill("SIGKILL");
  }
  await agent.exited;
  if (agent.signalCode !== "SIGKILL") throw new Error(`the agent failed by itself: ${await stderr}`);
}
