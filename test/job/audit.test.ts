/** The audit log of the library: what is done is on it first, what cannot be put there is not done. */
import { Database } from "bun:sqlite";
import { expect, jest, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AuditEntry, AuditNote, AuditOrder, JobService } from "../../src/job/index.ts";
import { crashAgent } from "../helpers/crashing-agent.ts";
import { errorOf, openService, reopenService, runScript } from "../helpers/job-service.ts";

const by = (action: string): AuditOrder => ({
  ...{ tenant: "alice", role: "user", fingerprint: "ab".repeat(32), address: "192.0.2.7:40000" },
  ...{ action, detail: "as asked" },
});
const sleeper = { command: "sleep", args: ["1000"] };

async function audited(jobs: JobService): Promise<string[]> {
  const { entries } = await jobs.audit();
  return entries.map(({ action, jobName, outcome }) => `${action} ${jobName} ${outcome}`).toReversed();
}

/** Makes every further entry fail, as a full disk would. */
function breakLog(stateDir: string): void {
  const database = new Database(join(stateDir, "lpr.db"));
  database.run(
    "CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no space left'); END",
  );
  database.close();
}

test("run, signal, stop and remove are on the audit log in their order, with the job's id", async () => {
  await using service = await openService();
  const { jobs } = service;
  const { id } = await jobs.run({ name: "web", ...sleeper, audit: by("Run") });
  await jobs.signal({ name: "web", signal: "CONT", audit: by("Signal") });
  await jobs.stop({ name: "web", gracePeriodMs: 0, audit: by("Stop") });
  await jobs.remove({ name: "web", audit: by("Remove") });
  const { entries } = await jobs.audit();
  expect(entries.toReversed()).toMatchObject(
    ["Run", "Signal", "Stop", "Remove"].map((action, index) => ({
      ...{ ...by(action), sequence: index + 1, jobName: "web", jobId: id, outcome: "OK" },
      time: expect.any(Date),
    })),
  );
});

test("what nobody ordered is not on the audit log", async () => {
  await using service = await openService();
  const { jobs } = service;
  await runScript(jobs, "web", "exit 0");
  await jobs.remove({ name: "web" });
  expect(await audited(jobs)).toEqual([]);
});

test("what is refused before it begins is not on the audit log as done", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({ name: "web", ...sleeper });
  await errorOf(jobs.run({ name: "web", ...sleeper, audit: by("Run") }));
  await errorOf(jobs.remove({ name: "web", audit: by("Remove") }));
  await errorOf(jobs.signal({ name: "web", signal: "NOPE", audit: by("Signal") }));
  await jobs.stop({ name: "web", gracePeriodMs: 0 });
  await errorOf(jobs.signal({ name: "web", signal: "HUP", audit: by("Signal") }));
  expect(await audited(jobs)).toEqual([]);
});

test("a job that is replaced is named by its id before it is stopped", async () => {
  await using service = await openService();
  const { jobs } = service;
  const before = await jobs.run({ name: "web", ...sleeper, createdBy: "alice" });
  const replaced = {
    name: "web",
    ...sleeper,
    createdBy: "alice",
    ifExists: "replace",
    audit: by("Run"),
  } as const;
  const after = await jobs.run(replaced);
  const { entries } = await jobs.audit();
  expect(entries.toReversed()).toMatchObject([
    { action: "Run", jobId: before.id, detail: "stops and removes this job to run another of its name" },
    { action: "Run", jobId: after.id, detail: "as asked" },
  ]);
});

test("a dry run is on the audit log by the name that was asked for, and without an id", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({ name: "web", ...sleeper, dryRun: true, audit: by("Run") });
  expect((await jobs.audit()).entries).toMatchObject([{ jobName: "web", jobId: "", outcome: "OK" }]);
});

test("a request that is sent again from another port is the same one", async () => {
  await using service = await openService();
  const { jobs } = service;
  const input = { name: "web", ...sleeper, requestId: "r1" };
  const first = await jobs.run({ ...input, audit: by("Run") });
  const again = await jobs.run({ ...input, audit: { ...by("Run"), address: "192.0.2.7:40001" } });
  expect(again).toEqual({ ...first, existing: true });
});

test("a job whose start cannot be put on the audit log is not started, and its name is free", async () => {
  await using service = await openService();
  const { jobs, stateDir } = service;
  const marker = join(stateDir, "ran");
  breakLog(stateDir);
  const error = await errorOf(
    jobs.run({ name: "web", command: "/bin/sh", args: ["-c", `echo >${marker}`], audit: by("Run") }),
  );
  expect(error.message).toContain("no space left");
  expect(existsSync(marker)).toBe(false);
  expect((await jobs.list()).jobs).toEqual([]);
  expect((await runScript(jobs, "web", "exit 0")).state.status).toBe("SUCCEEDED");
});

test("signal and remove are not done when they cannot be put on the audit log; a stop is, and is complained of", async () => {
  await using service = await openService();
  const { jobs, stateDir, backgroundErrors } = service;
  await jobs.run({ name: "web", ...sleeper });
  breakLog(stateDir);
  expect(await errorOf(jobs.signal({ name: "web", signal: "KILL", audit: by("Signal") }))).toMatchObject({
    code: "INTERNAL",
    message: "Signal of job web cannot be put on the audit log, so it is not done",
  });
  expect((await jobs.get({ name: "web" })).state.status).toBe("RUNNING");
  expect(await jobs.stop({ name: "web", audit: by("Stop") })).toMatchObject({ exitCode: 143 });
  expect(backgroundErrors.splice(0)).toMatchObject([
    { message: expect.stringContaining("Stop of job web cannot be put on the audit log") },
  ]);
  expect(await errorOf(jobs.remove({ name: "web", audit: by("Remove") }))).toMatchObject({
    code: "INTERNAL",
  });
  expect((await jobs.get({ name: "web" })).state.status).toBe("FAILED");
});

test.each(["insert:1:after", "spawn:1:after"])(
  "a start that its agent did not survive (%s) is on the audit log",
  async (step) => {
    await using service = await reopenService({ mode: "off" });
    const job = { name: "web", ...sleeper, audit: by("Run") };
    await crashAgent({ ...service.paths, step, job, actions: ["run"] });
    const jobs = await service.open();
    expect(await audited(jobs)).toEqual(["Run web OK"]);
  },
);

test("who keeps a copy hears of each entry once it is written, what was recorded besides included", async () => {
  const heard: AuditEntry[] = [];
  await using service = await openService({ onAudited: (entry) => heard.push(entry) });
  const { jobs } = service;
  await jobs.run({ name: "web", ...sleeper, audit: by("Run") });
  await jobs.stop({ name: "web", gracePeriodMs: 0, audit: by("Stop") });
  const note: AuditNote = { ...by("Get"), time: new Date(), jobName: "db", jobId: "", outcome: "NOT_FOUND" };
  await jobs.recordAudit([note, { ...note, jobName: "dc" }]);
  expect(heard).toEqual((await jobs.audit()).entries.toReversed());
  expect(heard).toHaveLength(4);
});

test("audit refuses what is no page, no date and no token, all at once", async () => {
  await using service = await openService();
  const input = { since: new Date(Number.NaN), until: new Date(Number.NaN), pageSize: 101, pageToken: "x" };
  const { code, message } = await errorOf(service.jobs.audit(input));
  expect(code).toBe("INVALID_INPUT");
  for (const field of ["since", "until", "pageSize", "pageToken"]) expect(message).toContain(field);
});

test("a retention that keeps nothing is refused", async () => {
  const auditRetention = { keepMs: 0, maxEntries: 0 };
  const { message } = await errorOf(openService({ auditRetention }));
  expect(message).toContain("audit.keepMs must be a positive integer, got 0");
  expect(message).toContain("audit.maxEntries must be an integer from 1 to 1000000000, got 0");
});

test("the service gives up entries that have been kept long enough, by itself", async () => {
  jest.useFakeTimers();
  using _real = { [Symbol.dispose]: () => jest.useRealTimers() };
  await using service = await openService({ auditRetention: { maxEntries: 10 } });
  const { jobs } = service;
  const note: AuditNote = { ...by("Get"), time: new Date(), jobName: "db", jobId: "", outcome: "NOT_FOUND" };
  await jobs.recordAudit(Array(12).fill(note));
  jest.advanceTimersByTime(60_000);
  // The sweep needs no timer, so it is over after some turns of this thread.
  let { entries } = await jobs.audit();
  for (let turn = 0; turn < 1_000 && entries[0]?.action !== "trim"; turn++)
    ({ entries } = await jobs.audit());
  expect(entries.map(({ sequence }) => sequence)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  expect(entries[0]).toMatchObject({ action: "trim", detail: expect.stringContaining("entries 1 to 2 ") });
});
