import { interleave } from "../interleave.ts";
import type { Lab } from "../lab/lab.ts";
import { type Program, runProgram } from "../lab/program.ts";
import { orientation, type PartReport } from "../result.ts";

/** What somebody at a prompt waits for: whole processes, from their start to their end. */
export async function measureProcess(lab: Lab): Promise<PartReport> {
  const { agent, ssh, signal, newName } = lab;
  const time = (program: Program, words: () => readonly string[]) => async () =>
    (await runProgram(program, words(), signal)).ms;
  const { run, wait, fresh, kept } = await interleave(
    {
      run: time(agent.lpr, () => ["job", "run", newName(), "--", "/bin/true"]),
      wait: time(agent.lpr, () => ["job", "run", newName(), "--wait", "--", "/bin/true"]),
      fresh: ssh && time(ssh.fresh, () => ["true"]),
      kept: ssh && time(ssh.kept, () => ["true"]),
    },
    { rounds: 25, warmUp: 3, signal },
  );
  const ms = { unit: "ms", better: "lower" } as const;
  const freshSsh = fresh && { name: "ssh true, fresh connection", value: fresh };
  return {
    results: [
      { ...ms, what: "job run of /bin/true", ours: run, peer: freshSsh, aim: orientation("32 ms") },
      { ...ms, what: "job run --wait of /bin/true", ours: wait, peer: freshSsh },
      {
        ...{ ...ms, what: "job run --wait, against a connection kept open", ours: wait },
        peer: kept && { name: "ssh true, kept connection", value: kept },
      },
    ],
  };
}
