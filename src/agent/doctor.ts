import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { quickMovesCommand } from "../job/cgroup/quick-moves.ts";
import { detectCgroups, detectHolePunching, findTools, isolationProblem, JobError } from "../job/index.ts";
import type { CapabilityLevel } from "../job/types.ts";
import { examineCertificates } from "./tls/examine.ts";

/** One thing that an agent needs of its host. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was found. */
  readonly found: string;
  /** What brings it, a command or an advice; only where something is missing. */
  readonly remedy?: string;
}

export interface Diagnosis {
  readonly level: CapabilityLevel;
  readonly checks: readonly Check[];
}

export interface DoctorInput {
  readonly cgroupRoot?: string | undefined;
  readonly stateDir: string;
  /** Where the agent looks for its certificates. */
  readonly configDir: string;
  readonly isRoot: boolean;
}

/** Looks at this host as an agent does when it starts; like that one it makes the root of the jobs' cgroups. */
export function examine({ cgroupRoot, stateDir, configDir, isRoot }: DoctorInput): Diagnosis {
  const { level, missing, remedies } = detect(cgroupRoot);
  const cgroups = missing.map((what) => {
    const command = remedies.find((remedy) => remedy.missing === what)?.command;
    return { name: "cgroups", ok: false, found: what, ...(command === undefined ? {} : { remedy: command }) };
  });
  return {
    level,
    checks: [
      ...(cgroups.length > 0
        ? cgroups
        : [{ name: "cgroups", ok: true, found: "cpu, io, memory and pids can be limited" }]),
      ...(level === "none" ? [] : checkStarts()),
      checkRoot(isRoot),
      ...checkTools(isRoot),
      checkStateDir(stateDir),
      checkLogs(stateDir),
      ...examineCertificates(configDir),
      checkOpenssl(),
    ],
  };
}

function detect(root: string | undefined): ReturnType<typeof detectCgroups> {
  try {
    return detectCgroups({ mode: "auto", root });
  } catch (error) {
    if (!(error instanceof JobError)) throw error;
    return { level: "none", missing: [error.message], remedies: [] };
  }
}

/** Nothing is missing, so the advice is part of what was found. */
function checkStarts(): Check[] {
  const command = quickMovesCommand();
  if (command === undefined) return [];
  const found =
    "starts of jobs that are isolated, or have a limit on memory or pids, wait some 10 ms for the kernel; as root, " +
    `for slightly slower forks on the whole host, this spares it: ${command}`;
  return [{ name: "starts", ok: true, found }];
}

function checkRoot(isRoot: boolean): Check {
  if (isRoot)
    return { name: "account", ok: true, found: "root: every tenant's jobs get an account of their own" };
  return {
    name: "account",
    ok: false,
    found: "not root: all jobs share the agent's account, so role user is refused",
    remedy: "run the agent as root, or start it with --shared-account where all tenants trust each other",
  };
}

function checkTools(isRoot: boolean): Check[] {
  try {
    const tools = findTools();
    const { sh, setsid, env, setpriv } = tools;
    const found: Check = {
      name: "programs",
      ok: true,
      found: [sh, setsid, env, setpriv].filter(Boolean).join(", "),
    };
    if (!isRoot) return [found];
    const isolation = checkIsolation(isolationProblem(tools));
    if (setpriv !== undefined) return [found, isolation];
    const lacking = "setpriv is missing: jobs of role user cannot be started";
    return [
      found,
      { name: "programs", ok: false, found: lacking, remedy: "apt-get install util-linux" },
      isolation,
    ];
  } catch (error) {
    if (!(error instanceof JobError)) throw error;
    return [
      { name: "programs", ok: false, found: error.message, ...(error.hint ? { remedy: error.hint } : {}) },
    ];
  }
}

function checkIsolation(problem: string | undefined): Check {
  if (problem === undefined)
    return { name: "isolation", ok: true, found: "jobs can have namespaces of their own" };
  return {
    name: "isolation",
    ok: false,
    found: `lpr job run --isolate is refused: ${problem}`,
    remedy:
      "apt-get install util-linux mount iproute2; in a container the agent needs CAP_SYS_ADMIN and its own /proc",
  };
}

function checkLogs(stateDir: string): Check {
  const holes = detectHolePunching(findFallocate(), existingParent(stateDir));
  if ("punch" in holes)
    return { name: "logs", ok: true, found: "the output of jobs can be kept within a size" };
  return {
    name: "logs",
    ok: false,
    found: `the output of jobs cannot be kept within a size: ${holes.missing}`,
    remedy: "apt-get install util-linux, and keep the state directory on ext4, xfs, btrfs or tmpfs",
  };
}

function findFallocate(): string | undefined {
  try {
    return findTools().fallocate;
  } catch {
    // What is missing is told of as a program.
    return undefined;
  }
}

function existingParent(path: string): string {
  let dir = path;
  while (!existsSync(dir)) dir = dirname(dir);
  return dir;
}

function checkStateDir(stateDir: string): Check {
  const dir = existingParent(stateDir);
  try {
    accessSync(dir, constants.W_OK | constants.X_OK);
  } catch {
    const found = `${dir} cannot be written by this account`;
    return { name: "state directory", ok: false, found, remedy: "--state-dir takes another one" };
  }
  if (dir === stateDir && (statSync(dir).mode & 0o077) !== 0) {
    return {
      name: "state directory",
      ok: false,
      found: `${dir} is open to others`,
      remedy: `chmod 700 ${dir}`,
    };
  }
  return { name: "state directory", ok: true, found: dir === stateDir ? dir : `${stateDir} can be made` };
}

function checkOpenssl(): Check {
  const path = Bun.which("openssl");
  if (path !== null) return { name: "openssl", ok: true, found: path };
  const found = "missing; lpr certs needs it, the agent does not";
  return { name: "openssl", ok: false, found, remedy: "apt-get install openssl" };
}
