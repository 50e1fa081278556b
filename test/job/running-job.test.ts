import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { JobLog } from "../../src/job/logs/job-log.ts";
import { LogSampler } from "../../src/job/logs/sampler.ts";
import { RunningJob } from "../../src/job/running-job.ts";
import type { StartedRecord } from "../../src/job/store/store.ts";
import { goneSupervisor } from "../../src/job/supervisor/supervisor.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

test("a job has not ended before its whole tree is gone, and all that it holds given back", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("exit"), "   7\n");
  writeFileSync(dir.join("output.log"), "");
  const nothing = async () => undefined;
  const report = (what: string) => {
    throw new Error(what);
  };
  const tree = { empty: false, released: false, kills: 0, releases: 0 };
  const record: StartedRecord = {
    ...{ id: "1", name: "foo", createdBy: "", command: "true", args: [], workingDir: "/", labels: {} },
    ...{ killMode: "main", output: "combined", createdAt: new Date(), startedAt: new Date(), limits: {} },
    ...{ limitsInEffect: {}, isolated: false, user: "", state: { status: "RUNNING", pid: 1 } },
  };
  const job = new RunningJob({
    ...{ record, jobDir: dir.path, supervisor: goneSupervisor(), report, save: nothing, flush: nothing },
    log: new JobLog({
      ...{ jobDir: dir.path, output: "combined", record: {}, save: nothing, report },
      sampler: new LogSampler(),
    }),
    tree: {
      isEmpty: () => tree.empty,
      kill: () => tree.kills++,
      release: () => {
        tree.releases++;
        return tree.released;
      },
      usage: () => ({ cpuMs: 5 }),
      signal: () => undefined,
    },
    closed: new AbortController().signal,
  });
  await until(() => tree.kills > 3, "it is killed again and again");
  expect([job.isFinished(), tree.releases]).toEqual([false, 0]);
  tree.empty = true;
  await until(() => tree.releases > 3, "its cgroup is removed again and again");
  expect(job.isFinished()).toBe(false);
  tree.released = true;
  expect(await job.ended).toMatchObject({ id: "1", state: { reason: "EXITED", exitCode: 7 } });
});
