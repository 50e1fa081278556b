import { interleave } from "../interleave.ts";
import type { Lab } from "../lab/lab.ts";
import type { Ssh } from "../lab/ssh.ts";
import { childrenOf, type Memory, memoryOf, nameOf, statOf } from "../processes.ts";
import type { PartReport } from "../result.ts";
import { summarize } from "../summary.ts";
import { runIdleJobs } from "./idle-jobs.ts";

const JOBS = 50;
/** Beside those, so that what the agent takes for its first jobs is not taken for what each of them costs. */
const MORE_JOBS = 100;
const SESSIONS = 5;

/** What an agent takes that does nothing, and each job that runs. Shared pages are counted in "resident" alone. */
export async function measureMemory(lab: Lab): Promise<PartReport> {
  await using agent = await lab.startAgent();
  await agent.client.info({ signal: lab.signal });
  const idle = await settled(agent.pid, lab.signal);
  const pids = await runIdleJobs(agent, JOBS, lab.signal);
  const some = await settled(agent.pid, lab.signal);
  await runIdleJobs(agent, MORE_JOBS, lab.signal, "more");
  const many = await settled(agent.pid, lab.signal);
  const supervisors = pids.map((pid) => memoryOf(statOf(pid).parent).private);
  const sessions = lab.ssh && (await sessionsOf(lab.ssh, lab.signal));
  const mb = { unit: "MB", better: "lower" } as const;
  return {
    results: [
      { ...mb, what: "idle agent, resident", ours: summarize(idle.resident) },
      { ...mb, what: "idle agent, private", ours: summarize(idle.private) },
      {
        ...{ ...mb, what: "running job beside its command, private", ours: summarize(...supervisors) },
        peer: sessions && { name: "ssh sleep: its sshd processes", value: summarize(...sessions) },
        aim: "at most 0.2 MB",
      },
      {
        ...{ ...mb, what: `the agent's growth per running job, from ${JOBS} to ${JOBS + MORE_JOBS}` },
        ours: summarize(Math.max(0, many.private - some.private) / MORE_JOBS),
      },
    ],
  };
}

/** The median of a second: garbage comes and goes. */
async function settled(pid: number, signal: AbortSignal): Promise<Memory> {
  const samples: Memory[] = [];
  const look = async () => {
    await Bun.sleep(100);
    samples.push(memoryOf(pid));
    return 0;
  };
  await interleave({ look }, { rounds: 10, warmUp: 10, signal });
  const last = samples.slice(10);
  return {
    resident: summarize(...last.map(({ resident }) => resident)).median,
    private: summarize(...last.map((memory) => memory.private)).median,
  };
}

/** Private memory of the sshd processes behind each of some commands that run. */
async function sessionsOf(ssh: Ssh, signal: AbortSignal): Promise<number[]> {
  const before = new Set(childrenOf(ssh.pid));
  await using clients = new AsyncDisposableStack();
  for (let n = 0; n < SESSIONS; n++) {
    // Its output tells that the command runs; with the session its sleep ends as well.
    const client = Bun.spawn([...ssh.fresh.command, "echo; exec cat"], {
      ...{ env: ssh.fresh.env, signal },
      stdio: ["pipe", "pipe", "inherit"],
    });
    clients.defer(async () => {
      client.kill();
      await client.exited;
    });
    await client.stdout.getReader().read();
  }
  const sessions = childrenOf(ssh.pid).filter((pid) => !before.has(pid));
  return sessions.map((pid) =>
    sshdProcesses(pid).reduce((sum, process) => sum + memoryOf(process).private, 0),
  );
}

function sshdProcesses(pid: number): number[] {
  const isSshd = (child: number) => /^sshd/.test(nameOf(child));
  return [pid, ...childrenOf(pid).filter(isSshd).flatMap(sshdProcesses)];
}
