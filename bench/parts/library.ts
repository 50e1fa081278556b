import { join } from "node:path";
import { detectCgroups } from "../../src/job/cgroup/detect.ts";
import { removeGroup } from "../../src/job/cgroup/group.ts";
import { JobService } from "../../src/job/index.ts";
import { interleave, millisecondsOf, perSecond } from "../interleave.ts";
import type { Lab } from "../lab/lab.ts";
import type { PartReport } from "../result.ts";
import { openFloor } from "./library/floor.ts";

const SHELL = "/bin/sh";
const SCRIPT = ["-c", "true"];
/** The kernel has forgotten by then that it moved a process between cgroups, in milliseconds. */
const APART_MS = 50;

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
  const start = async () => {
    const begin = performance.now();
    const name = await run();
    const ms = performance.now() - begin;
    await jobs.wait({ name });
    return ms;
  };
  const spawn = () => Bun.spawn([SHELL, ...SCRIPT], { stdio: ["ignore", "ignore", "ignore"] });
  await using floor = openFloor(dir, cgroupRoot);
  const turns = await interleave(
    {
      start,
      bareStart: async () => {
        const begin = performance.now();
        const child = spawn();
        const ms = performance.now() - begin;
        await child.exited;
        return ms;
      },
      floor: floor.start,
      toEnd: () => millisecondsOf(async () => jobs.wait({ name: await run() })),
      bareToEnd: () => millisecondsOf(() => spawn().exited),
    },
    { rounds: 200, warmUp: 20, signal },
  );
  const spaced = await interleave(
    {
      start: async () => {
        await Bun.sleep(APART_MS);
        return start();
      },
    },
    { rounds: 50, warmUp: 5, signal },
  );
  const atOnce = await interleave(
    { toEnd: () => perSecond(200, 50, async () => jobs.wait({ name: await run() })) },
    { rounds: 5, warmUp: 1, signal },
  );
  const ms = { unit: "ms", better: "lower" } as const;
  return {
    results: [
      {
        ...{ ...ms, what: "JobService.run of sh -c true, until it is started", ours: turns.start },
        peer: { name: "Bun.spawn", value: turns.bareStart },
        aim: "at most 1.5 x",
      },
      {
        ...{ ...ms, what: "the same, against the least of its kind", ours: turns.start },
        peer: { name: "a shell that forks in a cgroup, and fdatasync", value: turns.floor },
      },
      { ...ms, what: `the same, ${APART_MS} ms after the one before`, ours: spaced.start },
      {
        ...{ ...ms, what: "JobService.run of sh -c true, to its end", ours: turns.toEnd },
        peer: { name: "Bun.spawn and exited", value: turns.bareToEnd },
      },
      {
        ...{ what: "the same, 50 in flight", unit: "per s", better: "higher", ours: atOnce.toEnd },
      },
    ],
  };
}
