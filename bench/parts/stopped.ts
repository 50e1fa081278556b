import { join } from "node:path";
import type { Lab } from "../lab/lab.ts";
import { memoryOf } from "../processes.ts";
import type { PartReport } from "../result.ts";
import { summarize } from "../summary.ts";

const FOLLOWERS = join(import.meta.dir, "fan-out/followers.ts");
const COUNT = 1_000;
const BYTES = 5_000_000;
/** Until garbage is collected, in milliseconds. */
const REST_MS = 12_000;

/** A thousand followers, half of which stop reading: what the agent keeps of each beyond what it is to be connected. */
export async function measureStopped(lab: Lab): Promise<PartReport> {
  const { signal, dir } = lab;
  await using agent = await lab.startAgent();
  const [begin, end] = [join(dir, "stopped-begin"), join(dir, "stopped-end")];
  const until = (path: string) => `until [ -e ${path} ]; do sleep 0.1; done`;
  const script = `echo ready; ${until(begin)}; head -c ${BYTES} /dev/zero; echo; ${until(end)}`;
  await agent.client.run({ name: "stopped", command: "/bin/sh", args: ["-c", script] }, { signal });
  const followers = Bun.spawn([process.execPath, FOLLOWERS, "stopped", String(COUNT), "stops"], {
    ...{ env: agent.lpr.env, signal, cwd: "/" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = followers.stdout.pipeThrough(new TextDecoderStream()).getReader();
  await said.read();
  const connected = await rested(agent.pid);
  await Bun.write(begin, "");
  const holding = await rested(agent.pid);
  await Bun.write(end, "");
  await said.read();
  await followers.exited;
  const left = await rested(agent.pid);
  const line = (what: string, megabytes: number) => ({
    ...({ what, unit: "MB", better: "lower", ours: summarize(megabytes) } as const),
  });
  return {
    results: [
      line("agent with 1,000 followers of a job that writes nothing", connected),
      line("the same, 5 MB later, when half of them have stopped", holding),
      { ...line("so for each of the 1,000", (holding - connected) / COUNT), aim: "at most 0.0655 MB" },
      line("agent when all have left", left),
    ],
  };
}

async function rested(pid: number): Promise<number> {
  await Bun.sleep(REST_MS);
  return memoryOf(pid).resident;
}
