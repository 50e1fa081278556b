/** Supervisors are made inside their job's cgroup, for speed, and moved to one of their own. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { processesIn } from "../../src/job/cgroup/group.ts";
import { readIdentity } from "../../src/job/supervisor/identity.ts";
import { crashAgent } from "../helpers/crashing-agent.ts";
import { hasCgroups, openService, reopenService, untilOutput } from "../helpers/job-service.ts";
import { until } from "../helpers/until.ts";

function supervisorOf(stateDir: string, id: string): number {
  const identity = readIdentity(join(stateDir, "jobs", id));
  if (typeof identity !== "object") throw new Error("the supervisor did not say who it is");
  return identity.supervisor.pid;
}

test.skipIf(!hasCgroups)(
  "the supervisor of a job that goes on leaves the job's cgroup for its own",
  async () => {
    await using service = await openService();
    const { jobs, stateDir, cgroupRoot = "" } = service;
    const { id } = await jobs.run({ name: "long", command: "sleep", args: ["1000"] });
    const pid = supervisorOf(stateDir, id);
    await until(() => processesIn(join(cgroupRoot, "lpr.supervisors")).includes(pid), "it has left");
    expect(processesIn(join(cgroupRoot, "long"))).not.toContain(pid);
  },
);

test.skipIf(!hasCgroups)(
  "a job stopped, or signalled as a whole, as soon as it runs keeps its exit code",
  async () => {
    await using service = await openService();
    const { jobs } = service;
    for (const name of ["a", "b", "c"]) {
      await jobs.run({ name, command: "sleep", args: ["1000"] });
      expect(await jobs.stop({ name, gracePeriodMs: 0 })).toEqual({ status: "FAILED", exitCode: 137 });
      await jobs.run({ name: `${name}-all`, command: "sleep", args: ["1000"] });
      await jobs.signal({ name: `${name}-all`, signal: "USR1", all: true });
      expect((await jobs.wait({ name: `${name}-all` })).state).toMatchObject({
        reason: "SIGNALED",
        exitCode: 138,
      });
    }
  },
);

test.skipIf(!hasCgroups)(
  "jobs that are over before their supervisor has left keep their exit codes",
  async () => {
    await using service = await openService();
    const { jobs } = service;
    const codes = [0, 1, 42, 255];
    for (const code of codes)
      await jobs.run({ name: `exit-${code}`, command: "sh", args: ["-c", `sleep 100 & exit ${code}`] });
    for (const exitCode of codes)
      expect((await jobs.wait({ name: `exit-${exitCode}` })).state).toMatchObject({
        reason: "EXITED",
        exitCode,
      });
  },
);

test.skipIf(!hasCgroups)(
  "an agent that died at once leaves the supervisor to the next, which moves it",
  async () => {
    await using service = await reopenService({ mode: "auto" });
    const { stateDir, cgroupRoot = "" } = service.paths;
    const script = "echo up; sleep 1000 & wait";
    await crashAgent({
      ...service.paths,
      job: { name: "kept", command: "sh", args: ["-c", script] },
      actions: ["run"],
    });
    const jobs = await service.open();
    const pid = supervisorOf(stateDir, (await jobs.get({ name: "kept" })).id);
    expect(processesIn(join(cgroupRoot, "lpr.supervisors"))).toContain(pid);
    await untilOutput(jobs, "kept", "up");
    expect(await jobs.stop({ name: "kept", gracePeriodMs: 0 })).toMatchObject({ exitCode: 137 });
  },
);
