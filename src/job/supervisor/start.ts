import { randomUUID } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { moveOutSoon } from "../cgroup/supervisors.ts";
import { JobError } from "../errors.ts";
import { noLease } from "../lease.ts";
import { logFiles } from "../logs/files.ts";
import { bootId, descendsFrom, type ProcessStat, readProcess } from "../processes.ts";
import type { Account, OutputMode } from "../types.ts";
import { enterScript } from "./environment.ts";
import { allocateExitRecord } from "./exit-record.ts";
import { isolationTools } from "./isolation.ts";
import type { Supervisor } from "./supervisor.ts";
import type { Tools } from "./tools.ts";

/** Where a job's processes are kept together, and its supervisor apart from them. */
export interface JobCgroup {
  readonly dir: string;
  readonly supervisors: string;
  /** Whether the supervisor may be there at first: the start is then spared a wait for the kernel. */
  readonly supervisorInside: boolean;
}

export interface StartInput {
  /** Directory of this job alone; made here. */
  readonly jobDir: string;
  /** Path of the shim's text on disk. */
  readonly shim: string;
  readonly tools: Tools;
  readonly cgroup: JobCgroup | undefined;
  /** Undefined keeps the account of this process. */
  readonly account: Account | undefined;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly workingDir: string;
  /** @default "combined" */
  readonly output?: OutputMode | undefined;
  /** Soft and hard limit of open files. @default 1024, the hard one as it is */
  readonly openFiles?: number | undefined;
  /** Namespaces of its own. @default false */
  readonly isolate?: boolean | undefined;
  /** File that says until when the job may run. @default it may run for ever */
  readonly lease?: string | undefined;
  /** Goes all the way to the command, and ends there. */
  readonly dryRun?: boolean | undefined;
  /** Gives the start up. */
  readonly signal: AbortSignal;
  /** Called when the job's files are there, before the supervisor is. */
  readonly onFilesMade?: (() => void) | undefined;
}

/** A start that has not come to the command after this time, in milliseconds, is given up. */
const START_TIMEOUT_MS = 30_000;
/** What a start says is a few short lines. */
const MAX_REPORT_CHARACTERS = 16_384;
/** A shell that has said what failed ends by itself, unless somebody of its account has stopped it; in milliseconds. */
const END_PATIENCE_MS = 2_000;

/** POSIX shared memory, a tmpfs: shm_overview(7). */
const MEMORY_DIR = "/dev/shm";

const EMPTY_AT_FIRST = "/tmp and /dev/shm of an isolated job are its own, and empty when it starts";

function isPrivate(path: string, isolate = false): boolean {
  return isolate && /^\/(tmp|dev\/shm)\//.test(path);
}

/** What to try instead of a command that is not there. */
function whereToLook({ command, workingDir, isolate }: StartInput): string {
  if (isPrivate(command, isolate)) return EMPTY_AT_FIRST;
  if (/\s/.test(command))
    return "one command is one word; a line of shell is run by a shell: /bin/sh -c 'LINE'";
  if (!command.includes("/")) return "give its absolute path, or set PATH in the job's environment";
  if (command.startsWith("/")) return "look for it on the host that runs the job";
  return `a relative path begins at the job's working directory, which is ${JSON.stringify(workingDir)}`;
}

/** What the shim's side of the start can fail with. */
const FAILURES: Record<string, (input: StartInput) => JobError> = {
  command_missing: (input) =>
    new JobError("COMMAND_NOT_FOUND", `command ${JSON.stringify(input.command)} does not exist on the host`, {
      hint: whereToLook(input),
    }),
  command_not_executable: ({ command }) =>
    new JobError(
      "INVALID_INPUT",
      `command must be a file that the job's account may execute, got ${JSON.stringify(command)}`,
      { hint: "chmod +x it on the host, or run it through its interpreter" },
    ),
  working_dir: ({ workingDir, isolate }) =>
    new JobError(
      "INVALID_INPUT",
      `workingDir must be a directory that the job's account may enter, got ${JSON.stringify(workingDir)}`,
      isPrivate(workingDir, isolate) ? { hint: EMPTY_AT_FIRST } : {},
    ),
  lease: noLease,
  isolation: () =>
    new JobError("HOST_UNSUPPORTED", "this host does not let the agent give a job namespaces of its own", {
      hint: "whoever runs the agent finds the reason with: lpr agent doctor",
    }),
};

/** Resolves when the command is about to be executed. A failed start leaves no process, but the directory. */
export async function startSupervisor(input: StartInput): Promise<Supervisor & { main: ProcessStat }> {
  const { jobDir, account, tools, cgroup } = input;
  const [unshare, mount, ip] = input.isolate ? isolationTools(tools) : ["", "", ""];
  const setpriv = account === undefined ? undefined : tools.setpriv;
  if (account !== undefined && setpriv === undefined) {
    throw new JobError(
      "HOST_UNSUPPORTED",
      "running a job as another account needs setpriv, which this host lacks",
      {
        hint: "install util-linux",
      },
    );
  }
  const through = setpriv === undefined ? [tools.setsid] : [];
  const script = enterScript({ ...input, through });
  mkdirSync(jobDir, { mode: 0o700 });
  allocateExitRecord(jobDir);
  for (const { path } of logFiles(jobDir, input.output ?? "combined")) makeLog(path, account);
  using stdin = scriptFile(script, jobDir);
  using errors = openErrors(supervisorsLog(input.shim));
  input.onFilesMade?.();
  const supervisor = Bun.spawn({
    cmd: [
      tools.sh,
      input.shim,
      jobDir,
      cgroup?.dir ?? "",
      bootId(),
      tools.sh,
      tools.setsid,
      setpriv ?? "",
      String(account?.uid ?? ""),
      String(account?.gid ?? ""),
      String(input.openFiles ?? ""),
      ...[unshare, mount, ip],
      cgroup?.supervisorInside ? "inside" : "",
      ...[input.lease ?? "", tools.sleep],
    ],
    cwd: "/",
    env: {},
    // A session of its own: no signal meant for the agent, nor for the job, reaches the supervisor.
    detached: true,
    stdio: [stdin.fd, "pipe", errors.fd],
    // It is made there, which unlike entering waits for nothing: clone3(2), CLONE_INTO_CGROUP.
    ...(cgroup ? { cgroup: cgroup.supervisorInside ? cgroup.dir : cgroup.supervisors } : {}),
  });
  const itself = cgroup?.supervisorInside ? readProcess(supervisor.pid) : undefined;
  const { main, failed = "", said = "" } = await readReport(supervisor, input);
  if (main !== undefined) {
    const stepAside = cgroup && itself ? moveOutSoon(itself, cgroup.supervisors) : () => undefined;
    const resume = () => supervisor.kill("SIGCONT");
    return { main, stepAside, resume, exited: supervisor.exited, detach: () => supervisor.unref() };
  }
  const known = Object.hasOwn(FAILURES, failed) ? FAILURES[failed] : undefined;
  // Stopped, or waiting for a disk, it would not end by itself.
  const kill = setTimeout(() => supervisor.kill("SIGKILL"), known ? END_PATIENCE_MS : 0);
  await supervisor.exited;
  clearTimeout(kill);
  throw known?.(input) ?? startFailed(failed, `${errors.said()}${said}`.trim());
}

/**
 * The job may open its /dev/stdout and /dev/stderr, which are the log, as its account's group may write it. Not as its
 * owner: who owns a file can have whoever opens it wait for 45 s by a lease on it, fcntl(2), and the service opens
 * logs. By its path the log is out of reach in a directory of the service's own.
 */
function makeLog(path: string, account: Account | undefined): void {
  const fd = openSync(path, "ax", 0o600);
  try {
    if (account === undefined) return;
    fchownSync(fd, process.geteuid?.() ?? 0, account.gid);
    fchmodSync(fd, 0o660);
  } finally {
    closeSync(fd);
  }
}

/** One for all supervisors: what their shells complain of is rare, and a file for each would cost every start. */
export function supervisorsLog(shim: string): string {
  return join(dirname(shim), "supervisors.log");
}

const SAID_BYTES = 4096;

/** `said`: what was added since; with other starts at the same time theirs as well. */
function openErrors(path: string): Disposable & { readonly fd: number; said(): string } {
  const fd = openSync(path, "a+", 0o600);
  const { size } = fstatSync(fd);
  return {
    fd,
    said: () => {
      const text = Buffer.alloc(SAID_BYTES);
      return text
        .subarray(0, readSync(fd, text, 0, SAID_BYTES, size))
        .toString()
        .trim();
    },
    [Symbol.dispose]: () => closeSync(fd),
  };
}

/**
 * The script in a file without a name: it holds the job's environment, which may be secret, so it lies in memory
 * where the host has a place for that. Not a Buffer for stdin, as Bun keeps a memfd of each until the next garbage
 * collection.
 */
function scriptFile(script: string, jobDir: string): Disposable & { readonly fd: number } {
  const bytes = Buffer.from(script);
  try {
    return writeNameless(join(MEMORY_DIR, `lpr-${randomUUID()}`), bytes);
  } catch {
    // None there, not for this account, or full, which anybody on the host can bring about: then on the disk.
    return writeNameless(join(jobDir, "enter"), bytes);
  }
}

function writeNameless(path: string, bytes: Buffer): Disposable & { readonly fd: number } {
  using undo = new DisposableStack();
  const fd = openSync(path, "wx+", 0o600);
  undo.defer(() => closeSync(fd));
  unlinkSync(path);
  // At a position, so that the reader starts at the beginning. A disk that fills up writes less before it fails.
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, at);
  undo.move();
  return { fd, [Symbol.dispose]: () => closeSync(fd) };
}

/** Either the main process, or what failed, and what was said before. */
interface Report {
  readonly main?: ProcessStat;
  readonly failed?: string;
  readonly said?: string;
}

/**
 * The lines `pid PID` and `started` give the main process; anything else is what failed. Bounded, as a working directory
 * may be on a server that does not answer, and as the shell's other end may be taken by whoever shares the job's account:
 * he can stop it, or say anything at any length, but not before the pid, which is root's to tell.
 */
async function readReport(
  { pid: supervisor, stdout }: { readonly pid: number; readonly stdout: ReadableStream<Uint8Array> },
  { signal, isolate }: Pick<StartInput, "signal" | "isolate">,
): Promise<Report> {
  const decoder = new TextDecoder();
  const reader = stdout.getReader();
  const givenUp = AbortSignal.any([signal, AbortSignal.timeout(START_TIMEOUT_MS)]);
  const cancel = () => void reader.cancel().catch(() => undefined);
  givenUp.addEventListener("abort", cancel);
  let report = "";
  try {
    while (!report.endsWith("started\n") && !/^failed .*\n/m.test(report)) {
      const { done, value } = await reader.read();
      if (done || report.length > MAX_REPORT_CHARACTERS) break;
      report += decoder.decode(value, { stream: true });
    }
  } finally {
    givenUp.removeEventListener("abort", cancel);
    // Closes our end; nobody writes to the pipe after "started".
    cancel();
  }
  const pid = Number(/^pid (\d+)$/m.exec(report)?.[1]);
  if (report.endsWith("\nstarted\n")) {
    const main = readProcess(pid);
    // A pid that is somebody else's by now is not the job's.
    return { main: main && descendsFrom(main, supervisor) ? main : endedAtOnce(pid) };
  }
  if (givenUp.aborted) return { failed: "it did not begin in time" };
  // unshare(1) ends without having started anything where it may not make namespaces.
  if (isolate && report === "") return { failed: "isolation" };
  const [, failed = "the supervisor ended early"] = /^failed (\w+)$/m.exec(report) ?? [];
  const said = report.replaceAll(/^(pid|failed) .*\n/gm, "").replaceAll(/[^\n -~]/g, "?");
  return { failed, said: said.slice(0, SAID_BYTES) };
}

/** A command that is over already; start time -1 is nobody's. */
function endedAtOnce(pid: number): ProcessStat {
  return { pid, state: "X", parent: 0, group: pid, session: pid, startTime: -1 };
}

/** What the shell said is for whoever runs the host, so it travels as the cause. */
function startFailed(what: string, said: string): JobError {
  return new JobError("INTERNAL", `the job could not be started (${what})`, {
    cause: new Error(said || what),
  });
}
