import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { detectCgroups } from "../../src/job/cgroup/detect.ts";
import { isPopulated, removeGroup } from "../../src/job/cgroup/group.ts";
import { type JobError, JobService, type JobServiceOptions } from "../../src/job/index.ts";
import { tempDir } from "./temp-dir.ts";
import { until } from "./until.ts";

export const isRoot = process.getuid?.() === 0;
const host = detectCgroups({ mode: "auto" });
/** Whether this host has a cgroup2 mount that these tests can write to. */
export const hasCgroups = host.root !== undefined;

export interface TestService extends AsyncDisposable {
  readonly jobs: JobService;
  readonly stateDir: string;
  /** Directory of the jobs' cgroups; of this test alone. */
  readonly cgroupRoot: string | undefined;
  readonly backgroundErrors: JobError[];
}

/** A service of the test's own, which must end without background errors, processes or cgroups left. */
export async function openService(options: Partial<JobServiceOptions> = {}): Promise<TestService> {
  const dir = tempDir();
  const off = options.cgroup?.mode === "off" || host.root === undefined;
  const cgroupRoot = off ? undefined : `${host.root}-test-${randomUUID().slice(0, 8)}`;
  const backgroundErrors: JobError[] = [];
  const jobs = await JobService.open({
    stateDir: dir.path,
    onBackgroundError: (error) => backgroundErrors.push(error),
    ...options,
    cgroup: off ? { mode: "off" } : { root: cgroupRoot },
  });
  return {
    jobs,
    cgroupRoot,
    backgroundErrors,
    stateDir: dir.path,
    [Symbol.asyncDispose]: async () => {
      await jobs.shutdown({ gracePeriodMs: 0 });
      if (cgroupRoot !== undefined && existsSync(cgroupRoot)) {
        await until(() => !isPopulated(cgroupRoot), "the cgroups of the test are empty");
        removeGroup(cgroupRoot);
      }
      dir[Symbol.dispose]();
      if (backgroundErrors.length > 0) throw new AggregateError(backgroundErrors, "errors in the background");
    },
  };
}

export interface ReopenedService extends AsyncDisposable {
  readonly paths: { readonly stateDir: string; readonly cgroupRoot: string | undefined };
  readonly backgroundErrors: readonly JobError[];
  /** Opens a service on these paths; at the end it stops what it has and removes them. */
  open(): Promise<JobService>;
}

/** Paths that one process after another works in. Paths that are given belong to somebody else, and stay. */
export async function reopenService(given: {
  readonly mode: "auto" | "off";
  readonly stateDir?: string;
  readonly cgroupRoot?: string;
  readonly logs?: JobServiceOptions["logs"];
}): Promise<ReopenedService> {
  const dir = tempDir();
  const stateDir = given.stateDir ?? dir.path;
  const off = given.mode === "off" || host.root === undefined;
  const cgroupRoot = off ? undefined : (given.cgroupRoot ?? `${host.root}-test-${randomUUID().slice(0, 8)}`);
  const backgroundErrors: JobError[] = [];
  const onBackgroundError = (error: JobError) => backgroundErrors.push(error);
  let jobs: JobService | undefined;
  return {
    backgroundErrors,
    paths: { stateDir, cgroupRoot },
    open: async () => {
      const cgroup = cgroupRoot ? { root: cgroupRoot } : ({ mode: "off" } as const);
      jobs = await JobService.open({ stateDir, cgroup, logs: given.logs, onBackgroundError });
      return jobs;
    },
    [Symbol.asyncDispose]: async () => {
      await jobs?.shutdown({ gracePeriodMs: 0 });
      if (cgroupRoot !== undefined && given.cgroupRoot === undefined && existsSync(cgroupRoot)) {
        await until(() => !isPopulated(cgroupRoot), "the cgroups of the test are empty");
        removeGroup(cgroupRoot);
      }
      dir[Symbol.dispose]();
    },
  };
}

/** The whole output of a job that has ended, or ends soon. */
export async function outputOf(jobs: JobService, name: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const { output } of jobs.streamLogs({ name })) pieces.push(output);
  return Buffer.concat(pieces).toString();
}

/** Runs a script to its end. */
export async function runScript(jobs: JobService, name: string, script: string, env: string[] = []) {
  await jobs.run({ name, command: "/bin/sh", args: ["-c", script], env });
  const { state } = await jobs.wait({ name });
  return { state, output: await outputOf(jobs, name) };
}

/** Waits until the output of the job holds the text. */
export async function untilOutput(jobs: JobService, name: string, text: string): Promise<void> {
  let seen = "";
  for await (const { output } of jobs.streamLogs({ name })) {
    seen += Buffer.from(output).toString();
    if (seen.includes(text)) return;
  }
  throw new Error(`job ${name} ended without printing ${JSON.stringify(text)}, but ${JSON.stringify(seen)}`);
}

/** The error that the promise is rejected with; a promise that resolves fails the test. */
export async function errorOf(promise: Promise<unknown>): Promise<JobError> {
  return promise.then(
    (value) => {
      throw new Error(`resolved to ${JSON.stringify(value)}, expected an error`);
    },
    (error: JobError) => error,
  );
}
