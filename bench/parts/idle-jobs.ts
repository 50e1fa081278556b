import type { BenchAgent } from "../lab/agent.ts";

const AT_ONCE = 8;

/** Starts jobs that do nothing until they are stopped, and gives the pids of their main processes. */
export async function runIdleJobs(
  { client }: Pick<BenchAgent, "client">,
  jobs: number,
  signal: AbortSignal,
  prefix = "idle",
): Promise<number[]> {
  const names = Array.from({ length: jobs }, (_, n) => `${prefix}-${n + 1}`);
  const pids: number[] = [];
  const work = async () => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      await client.run({ name, command: "/bin/sleep", args: ["3600"] }, { signal });
      const { state } = await client.get({ name }, { signal });
      if (state.status !== "RUNNING") throw new Error(`job ${name} ended by itself`);
      pids.push(state.pid);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return pids;
}
