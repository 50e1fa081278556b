import { join } from "node:path";
import { detectCgroups } from "../../src/job/cgroup/detect.ts";
import { removeGroup } from "../../src/job/cgroup/group.ts";
import { JobService } from "../../src/job/index.ts";
import { interleave, millisecondsOf } from "../interleave.ts";
import type { Lab } from "../lab/lab.ts";
import type { PartReport } from "../result.ts";

const SHELL = "/bin/sh";
const SCRIPT = ["-c", "true"];

/** What the library adds to making a process: it records, supervises and fences it in. */
export async function measureLibrary({ dir, signal, newName }: Lab): Promise<PartReport> {
  const root = detectCgroups({ mode: "auto" }).root;
  const cgroupRoot = root === undefined ? undefined : `${root}-bench-library-${process.pid}`;
  await using resources = new AsyncDisposableStack();
  if (cgroupRoot !== undefined) resources.defer(() => void removeGroup(cgroupRoot));
  const jobs = await JobService.open({
    stateDir: join(dir, "library"),
    cgroup: cgroupRoot === undefined ? { mode: "off" } : { root: cgroupRoot },
  });
  resources.defer(() => jobs.shutdown({ gracePeriodMs: 0 }));

  const run = async () => {
    const name = newName();
    await jobs.run({ name, command: SHELL, args: SCRIPT });
    return name;
  };
  const spawn = () => Bun.spawn([SHELL, ...SCRIPT], { stdio: ["ignore", "ignore", "ignore"] });
  const { start, toEnd, bareStart, bareToEnd } = await interleave(
    {
      start: async () => {
        const begin = performance.now();
        const name = await run();
        const ms = performance.now() - begin;
        await jobs.wait({ name });
        return ms;
      },
      bareStart: async () => {
        const begin = performance.now();
        const child = spawn();
        const ms = performance.now() - begin;
        await child.exited;
        return ms;
      },
      toEnd: () => millisecondsOf(async () => jobs.wait({ name: await run() })),
      bareToEnd: () => millisecondsOf(() => spawn().exited),
    },
    { rounds: 200, warmUp: 20, signal },
  );
  const ms = { unit: "ms", better: "lower" } as const;
  return {
    results: [
      {
        ...{ ...ms, what: "JobService.run of sh -c true, until it is started", ours: start },
        peer: { name: "Bun.spawn", value: bareStart },
        aim: "at most 1.5 x",
      },
      {
        ...{ ...ms, what: "JobService.run of sh -c true, to its end", ours: toEnd },
        peer: { name: "Bun.spawn and exited", value: bareToEnd },
      },
    ],
  };
}
