/** Jobs that end when their lease does: by their supervisor, whether anybody else is there or not. */
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processesIn } from "../../src/job/cgroup/group.ts";
import { bootTimeMs, type JobService } from "../../src/job/index.ts";
import { errorOf, hasCgroups, openService, reopenService, untilOutput } from "../helpers/job-service.ts";
import { until } from "../helpers/until.ts";

const sh = (name: string, script: string) => ({
  name,
  command: "/bin/sh",
  args: ["-c", script],
  leased: true,
});
const SECOND = 1_000;

/** How many processes there are in a job's cgroup. */
const living = (cgroupRoot: string | undefined, name: string): number =>
  existsSync(join(cgroupRoot ?? "", name)) ? processesIn(join(cgroupRoot ?? "", name)).length : 0;

async function inSeconds(jobs: JobService, seconds: number): Promise<number> {
  const untilMs = bootTimeMs() + seconds * SECOND;
  await jobs.renewLeases({ untilMs });
  return untilMs;
}

test("the boot clock goes on by the milliseconds that pass", async () => {
  const [before, began] = [bootTimeMs(), performance.now()];
  await Bun.sleep(100);
  const passed = performance.now() - began;
  expect(Math.abs(bootTimeMs() - before - passed)).toBeLessThan(50);
});

test("a lease is a whole number of milliseconds", async () => {
  await using service = await openService();
  for (const untilMs of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(await errorOf(service.jobs.renewLeases({ untilMs }))).toMatchObject({ code: "INVALID_INPUT" });
  }
});

describe.if(hasCgroups)("a leased job", () => {
  test("does not start without a lease, or with one that has run out", async () => {
    await using service = await openService();
    const { jobs } = service;
    const refused = { code: "UNAVAILABLE", message: expect.stringContaining("no lease") };
    expect(await errorOf(jobs.run(sh("none", "exit 0")))).toMatchObject(refused);
    await jobs.renewLeases({ untilMs: bootTimeMs() - 1 });
    expect(await errorOf(jobs.run(sh("over", "exit 0")))).toMatchObject(refused);
    expect((await jobs.list()).jobs).toEqual([]);
  });

  test("is killed as a whole when its lease runs out, also what ignores signals and has left its session", async () => {
    await using service = await openService();
    const { jobs, cgroupRoot } = service;
    const untilMs = await inSeconds(jobs, 2);
    await jobs.run(
      sh("foo", 'trap "" TERM HUP; setsid sleep 600 & setsid sh -c "trap \'\' TERM; sleep 600" & sleep 600'),
    );
    await until(() => living(cgroupRoot, "foo") >= 4, "all of it runs");
    const { state } = await jobs.wait({ name: "foo" });
    expect(state).toMatchObject({
      status: "FAILED",
      reason: "LEASE_EXPIRED",
      exitCode: 137,
      signal: "SIGKILL",
    });
    expect(bootTimeMs()).toBeGreaterThanOrEqual(untilMs);
    expect(living(cgroupRoot, "foo")).toBe(0);
  });

  test("runs on as long as its lease is renewed, which never becomes shorter", async () => {
    await using service = await openService();
    const { jobs, stateDir } = service;
    await inSeconds(jobs, 2);
    await jobs.run(sh("foo", "sleep 4; exit 5"));
    const lease = readFileSync(join(stateDir, "lease"), "utf8");
    await jobs.renewLeases({ untilMs: bootTimeMs() + 1 });
    expect(readFileSync(join(stateDir, "lease"), "utf8")).toBe(lease);
    await inSeconds(jobs, 600);
    expect((await jobs.wait({ name: "foo" })).state).toMatchObject({ reason: "EXITED", exitCode: 5 });
  });

  test("that ends by itself leaves nobody behind who looks after its lease", async () => {
    await using service = await openService();
    const { jobs, cgroupRoot } = service;
    await inSeconds(jobs, 600);
    await jobs.run(sh("foo", "exit 3"));
    expect((await jobs.wait({ name: "foo" })).state).toMatchObject({ reason: "EXITED", exitCode: 3 });
    const supervisors = `${cgroupRoot}/lpr.supervisors`;
    await until(() => processesIn(supervisors).length === 0, "nobody is left");
  });

  test("ends with its lease when nobody else is there, and the next service knows why", async () => {
    await using paths = await reopenService({ mode: "auto" });
    const jobs = await paths.open();
    await inSeconds(jobs, 2);
    await jobs.run(sh("foo", "sleep 600"));
    await jobs.close();
    const { cgroupRoot } = paths.paths;
    await until(() => living(cgroupRoot, "foo") === 0, "it is dead");
    const next = await paths.open();
    expect((await next.wait({ name: "foo" })).state).toMatchObject({
      reason: "LEASE_EXPIRED",
      exitCode: 137,
    });
  });

  test("goes on with the lease that the next service renews", async () => {
    await using paths = await reopenService({ mode: "auto" });
    const jobs = await paths.open();
    await inSeconds(jobs, 3);
    await jobs.run(sh("foo", "sleep 5; exit 6"));
    await jobs.close();
    const next = await paths.open();
    await inSeconds(next, 600);
    expect((await next.wait({ name: "foo" })).state).toMatchObject({ reason: "EXITED", exitCode: 6 });
  });

  for (const [what, damage] of [
    ["cannot be read", "gibberish\n"],
    ["is of an earlier boot", "00000000-0000-0000-0000-000000000000 99999999999\n"],
  ] as const) {
    test(`is killed when its lease ${what}`, async () => {
      await using service = await openService();
      const { jobs, stateDir } = service;
      await inSeconds(jobs, 600);
      await jobs.run(sh("foo", "sleep 600"));
      writeFileSync(join(stateDir, "lease"), damage);
      expect((await jobs.wait({ name: "foo" })).state).toMatchObject({ reason: "LEASE_EXPIRED" });
    });
  }

  test("that is stopped has been stopped, whatever becomes of its lease", async () => {
    await using service = await openService();
    const { jobs } = service;
    await inSeconds(jobs, 2);
    await jobs.run(sh("foo", 'trap "" TERM; echo deaf; sleep 600 & wait; sleep 600'));
    await untilOutput(jobs, "foo", "deaf");
    const { exitCode } = await jobs.stop({ name: "foo", gracePeriodMs: 20 * SECOND });
    expect(exitCode).toBe(137);
    expect((await jobs.get({ name: "foo" })).state).toMatchObject({ reason: "STOPPED" });
  });

  test("ends at once when its supervisor is killed and nobody else is there", async () => {
    await using paths = await reopenService({ mode: "auto" });
    const jobs = await paths.open();
    await inSeconds(jobs, 600);
    await jobs.run(sh("foo", "sleep 600"));
    await jobs.close();
    const { cgroupRoot } = paths.paths;
    const [supervisor] = processesIn(`${cgroupRoot}/lpr.supervisors`).toSorted((one, other) => one - other);
    if (supervisor === undefined) throw new Error("there is no supervisor");
    process.kill(supervisor, "SIGKILL");
    await until(() => living(cgroupRoot, "foo") === 0, "it is dead");
    await until(() => processesIn(`${cgroupRoot}/lpr.supervisors`).length === 0, "nobody is left");
    const next = await paths.open();
    expect((await next.wait({ name: "foo" })).state).toMatchObject({ reason: "LOST" });
  });
});

describe.if(!hasCgroups)("where there are no cgroups", () => {
  test("a leased job is refused, as nobody could end all of it", async () => {
    await using service = await openService();
    await inSeconds(service.jobs, 600);
    expect(await errorOf(service.jobs.run(sh("foo", "exit 0")))).toMatchObject({ code: "HOST_UNSUPPORTED" });
  });
});
