import { join } from "node:path";
import type { Lab } from "../lab/lab.ts";
import { memoryOf, statOf } from "../processes.ts";
import type { PartReport, Result } from "../result.ts";
import { summarize } from "../summary.ts";

const WRITER = join(import.meta.dir, "fan-out/writer.ts");
const FOLLOWERS = join(import.meta.dir, "fan-out/followers.ts");
const COUNTS = [1, 50, 200, 500];
const SECONDS = 5;
const SAMPLE_MS = 100;

/** Many who follow one job that writes a megabyte a second: what reaches them, when, and what it takes. */
export async function measureFanOut(lab: Lab): Promise<PartReport> {
  const results: Result[] = [];
  for (const count of COUNTS) results.push(...(await fanOut(lab, count)));
  return { results };
}

async function fanOut(lab: Lab, count: number): Promise<Result[]> {
  const { signal } = lab;
  // Of its own: what others have left in memory is not counted.
  await using agent = await lab.startAgent();
  const { client } = agent;
  const begin = `until [ -e ${lab.dir}/begin-${count} ]; do sleep 0.05; done`;
  const script = `echo ready; ${begin}; exec ${process.execPath} ${WRITER} ${SECONDS}`;
  await client.run({ name: "fan-out", command: "/bin/sh", args: ["-c", script] }, { signal });
  const followers = Bun.spawn([process.execPath, FOLLOWERS, "fan-out", String(count)], {
    ...{ env: agent.lpr.env, signal, cwd: "/" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = followers.stdout.pipeThrough(new TextDecoderStream()).getReader();
  await said.read();
  const cpu = statOf(agent.pid).cpu;
  let resident = 0;
  const sampling = setInterval(() => {
    resident = Math.max(resident, memoryOf(agent.pid).resident);
  }, SAMPLE_MS);
  await Bun.write(join(lab.dir, `begin-${count}`), "");
  const { logBytes } = await client.wait({ name: "fan-out" }, { signal });
  const endedAt = performance.now();
  const { value: report = "" } = await said.read();
  const lag = performance.now() - endedAt;
  clearInterval(sampling);
  await followers.exited;
  const read = JSON.parse(report) as number[];
  const lost = read.reduce((sum, bytes) => sum + Math.abs(logBytes - bytes), 0);
  const who = count === 1 ? "1 follower" : `${count} followers`;
  const line = (what: string, unit: Result["unit"], value: number): Result => ({
    ...{ what: `${who} of 1 MB/s, ${what}`, unit, better: "lower", ours: summarize(value) },
  });
  return [
    { ...line("bytes lost", "MB", lost / 1e6), aim: "0 MB" },
    line("from the job's end to the last byte", "ms", lag),
    line("the agent's most resident memory", "MB", resident),
    line("the agent", "s CPU", statOf(agent.pid).cpu - cpu),
  ];
}
