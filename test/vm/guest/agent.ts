import { JobService, type RunInput } from "../../../src/job/index.ts";

/** What an agent that is to be killed does first. */
export interface AgentInput {
  readonly stateDir: string;
  readonly jobs: readonly RunInput[];
}

/** The child's side: `lpr-guest agent JSON` starts the jobs, says so, and stays. */
export async function runAgent(): Promise<void> {
  const { stateDir, jobs }: AgentInput = JSON.parse(process.argv[3] ?? "");
  const service = await JobService.open({ stateDir, cgroup: { mode: "required" } });
  for (const job of jobs) await service.run(job);
  console.log("started");
  // Until it is killed.
  await new Promise(() => setInterval(() => undefined, 60_000));
}

/** Starts an agent and resolves when its jobs run; `kill` is kill -9. */
export async function startAgent(input: AgentInput): Promise<{ kill(): Promise<void> }> {
  const agent = Bun.spawn([process.execPath, "agent", JSON.stringify(input)], { stderr: "inherit" });
  const { value } = await agent.stdout.getReader().read();
  const said = new TextDecoder().decode(value);
  if (said !== "started\n") throw new Error(`the agent said ${JSON.stringify(said)}`);
  return {
    kill: async () => {
      agent.kill("SIGKILL");
      await agent.exited;
    },
  };
}
