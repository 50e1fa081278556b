import { interleave, millisecondsOf, perSecond } from "../interleave.ts";
import type { Lab } from "../lab/lab.ts";
import { runProgram } from "../lab/program.ts";
import { orientation, type PartReport } from "../result.ts";

/** What a program gets out of one open connection: the client of the package, in the process of the bench. */
export async function measureCalls({ agent, ssh, signal, newName }: Lab): Promise<PartReport> {
  const { client } = agent;
  const job = newName();
  await client.run({ name: job, command: "/bin/true" }, { signal });
  await client.wait({ name: job }, { signal });
  const get = () => client.get({ name: job }, { signal });
  const rounds = { rounds: 9, warmUp: 2, signal };
  const calls = await interleave(
    { one: () => perSecond(300, 1, get), fifty: () => perSecond(1_500, 50, get) },
    rounds,
  );

  const run = async () => {
    const name = newName();
    await client.run({ name, command: "/bin/true" }, { signal });
    return name;
  };
  const runToEnd = async () => {
    await client.wait({ name: await run() }, { signal });
  };
  const start = async () => {
    const running: string[] = [];
    const ms = await millisecondsOf(async () => running.push(await run()));
    // Its end must not be in the way of the next start.
    for (const name of running) await client.wait({ name }, { signal });
    return ms;
  };
  const starts = await interleave({ start }, { rounds: 150, warmUp: 20, signal });

  const sshToEnd = ssh && (() => runProgram(ssh.kept, ["true"], signal));
  const [many, atOnce] = [40, 8];
  const jobs = await interleave(
    {
      one: () => perSecond(many, 1, runToEnd),
      eight: () => perSecond(many, atOnce, runToEnd),
      sshOne: sshToEnd && (() => perSecond(many, 1, sshToEnd)),
      sshEight: sshToEnd && (() => perSecond(many, atOnce, sshToEnd)),
    },
    { rounds: 7, warmUp: 1, signal },
  );
  const rate = { unit: "per s", better: "higher" } as const;
  const name = "ssh true, kept connection";
  return {
    results: [
      { ...rate, what: "calls (get), one after another", ours: calls.one },
      { ...rate, what: "calls (get), 50 in flight", ours: calls.fifty },
      {
        ...{ what: "start on an open connection", unit: "ms", better: "lower", ours: starts.start },
        aim: orientation("1.65 ms"),
      },
      {
        ...{ ...rate, what: "jobs to their end, one after another", ours: jobs.one },
        peer: jobs.sshOne && { name, value: jobs.sshOne },
        aim: orientation("200 per s"),
      },
      {
        ...{ ...rate, what: "jobs to their end, 8 in flight", ours: jobs.eight },
        peer: jobs.sshEight && { name: `${name}, 8 at once`, value: jobs.sshEight },
      },
    ],
  };
}
