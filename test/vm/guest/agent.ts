import { readFileSync } from "node:fs";
import { JobService, type RunInput } from "../../../src/job/index.ts";

/** What an agent that is to be killed does first. */
export interface AgentInput {
  readonly stateDir: string;
  /** Directory of the jobs' groups. @default as the library decides */
  readonly root?: string | undefined;
  /** Of these names; without any, an agent that has no job yet starts one that is called "kept". */
  readonly jobs: readonly RunInput[];
}

const KEPT: RunInput = { name: "kept", command: "sleep", args: ["infinity"] };

/** The child's side: `lpr-guest agent JSON` starts the jobs, says how it is, and stays until it is killed. */
export async function runAgent(): Promise<void> {
  const { stateDir, root, jobs }: AgentInput = JSON.parse(process.argv[3] ?? "");
  const service = await JobService.open({ stateDir, cgroup: { mode: "required", root } });
  const known = (await service.list()).jobs.map(({ name, state }) => `${name}:${state.status}`);
  const fresh = known.length === 0 ? [KEPT] : [];
  for (const job of jobs.length > 0 ? jobs : fresh) await service.run(job);
  const group = readFileSync("/proc/self/cgroup", "utf8").trim();
  console.log(`agent ${service.capabilities.level} ${group} jobs ${known.join(" ")}`);
  process.on("SIGTERM", () => void service.close().then(() => process.exit(0)));
  await new Promise(() => setInterval(() => undefined, 60_000));
}

/** Starts an agent and resolves when its jobs run; `kill` is kill -9. */
export async function startAgent(input: AgentInput): Promise<{ kill(): Promise<void> }> {
  const agent = Bun.spawn([process.execPath, "agent", JSON.stringify(input)], { stderr: "inherit" });
  const { value } = await agent.stdout.getReader().read();
  const said = new TextDecoder().decode(value);
  if (!said.startsWith("agent limits ")) throw new Error(`the agent said ${JSON.stringify(said)}`);
  return {
    kill: async () => {
      agent.kill("SIGKILL");
      await agent.exited;
    },
  };
}
