import { join } from "node:path";
import { until } from "../../test/helpers/until.ts";
import { interleave, millisecondsOf } from "../interleave.ts";
import type { Lab } from "../lab/lab.ts";
import { runProgram } from "../lab/program.ts";
import type { Ssh } from "../lab/ssh.ts";
import { childrenOf, statOf } from "../processes.ts";
import { orientation, type PartReport, type Result } from "../result.ts";
import { summarize } from "../summary.ts";

const LOG_BYTES = 200_000_000;
const LINE =
  "2026-01-01T00:00:00.000Z a line of a log as programs write them, of a hundred bytes in all ....";

/** How fast a long finished log arrives, and what it costs both ends. Connecting is part of it. */
export async function measureLogs({ agent, ssh, signal, newName }: Lab): Promise<PartReport> {
  const { client, lpr } = agent;
  const name = newName();
  const script = `yes '${LINE}' | head -c ${LOG_BYTES}`;
  await client.run({ name, command: "/bin/sh", args: ["-c", script] }, { signal });
  const { id } = await client.wait({ name }, { signal });
  const log = join(agent.stateDir, "jobs", id, "output.log");
  const cpu = { ours: cpuSamples(), peer: cpuSamples() };
  const speed = await interleave(
    {
      library: async () => megabytesPerSecond(await millisecondsOf(() => readToEnd(client, name, signal))),
      ours: async () => {
        const before = statOf(agent.pid).cpu;
        const run = await runProgram(lpr, ["job", "logs", name], signal);
        cpu.ours.client.push(run.cpu);
        cpu.ours.server.push(statOf(agent.pid).cpu - before);
        return megabytesPerSecond(run.ms);
      },
      peer:
        ssh &&
        (async () => {
          const before = statOf(ssh.pid).cpuWithChildren;
          const run = await runProgram(ssh.fresh, ["cat", log], signal);
          cpu.peer.client.push(run.cpu);
          cpu.peer.server.push((await cpuOnceAlone(ssh)) - before);
          return megabytesPerSecond(run.ms);
        }),
    },
    { rounds: 7, warmUp: 1, signal },
  );
  await client.remove({ name }, { signal });
  const peerName = "ssh cat";
  const cpuResult = (what: string, end: "client" | "server"): Result => ({
    ...{ what, unit: "s CPU", better: "lower", ours: summarize(...cpu.ours[end]) },
    peer: speed.peer && { name: peerName, value: summarize(...cpu.peer[end]) },
  });
  return {
    results: [
      {
        ...{ what: "job logs of 200 MB", unit: "MB/s", better: "higher", ours: speed.ours },
        peer: speed.peer && { name: peerName, value: speed.peer },
        aim: orientation("130 MB/s"),
      },
      {
        ...{ what: "streamLogs of the client, 200 MB", unit: "MB/s", better: "higher", ours: speed.library },
        aim: orientation("196 MB/s"),
      },
      cpuResult("job logs of 200 MB, the command line", "client"),
      cpuResult("job logs of 200 MB, the agent", "server"),
    ],
  };
}

function cpuSamples(): { readonly client: number[]; readonly server: number[] } {
  return { client: [], server: [] };
}

function megabytesPerSecond(ms: number): number {
  return LOG_BYTES / 1e6 / (ms / 1_000);
}

async function readToEnd(client: Lab["agent"]["client"], name: string, signal: AbortSignal): Promise<void> {
  let bytes = 0;
  for await (const { output } of client.streamLogs({ name }, { signal })) bytes += output.length;
  if (bytes !== LOG_BYTES) throw new Error(`the log has ${LOG_BYTES} bytes, ${bytes} arrived`);
}

/** A session's time is counted once sshd has waited for it; the connection that is kept stays. */
async function cpuOnceAlone(ssh: Ssh): Promise<number> {
  await until(() => childrenOf(ssh.pid).length <= 1, "sshd has ended the session");
  return statOf(ssh.pid).cpuWithChildren;
}
