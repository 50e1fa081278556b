import type { Flags, FlagValues } from "./command.ts";
import { parseTimeout } from "./duration.ts";
import { parseEnvEntry } from "./env-file.ts";
import { parseLabel } from "./label.ts";
import { parseCores, parseCount, parseNumber } from "./numbers.ts";
import { parseLogSize, parseSize } from "./size.ts";

const limits = "Limits, of all of the job's processes together";
const starting = "Starting";
const ending = "Until the end";
const fleet = "Where, of many hosts";

/** The options of `job run` that describe the run. Each may also stand in a job file, by the same name. */
export const runOptions = {
  env: {
    type: "string",
    short: "e",
    placeholder: "NAME=VALUE",
    multiple: true,
    parse: parseEnvEntry,
    description: "variable of the job's environment",
  },
  "env-file": {
    type: "string",
    placeholder: "FILE",
    multiple: true,
    description: "file with a NAME=VALUE on each line",
  },
  workdir: {
    type: "string",
    short: "w",
    placeholder: "DIR",
    complete: [],
    description: "directory the command starts in, on the agent's host; / if not given",
  },
  user: {
    type: "string",
    short: "u",
    placeholder: "USER",
    description: "account of the agent's host to run as, admins only",
  },
  label: {
    type: "string",
    short: "l",
    placeholder: "KEY=VALUE",
    multiple: true,
    parse: parseLabel,
    description: "label to find the job by",
  },
  timeout: {
    type: "string",
    placeholder: "DURATION",
    parse: parseTimeout,
    description: "stop the job when it has run for so long",
  },
  isolate: {
    type: "boolean",
    description:
      "namespaces of its own: it sees no other processes, a private /tmp, and no network but loopback",
  },
  "kill-mode": {
    type: "string",
    placeholder: "MODE",
    choices: ["main", "all"],
    description: "send SIGTERM to the main process (if not given), or to all, when the job is stopped",
  },
  "split-output": {
    type: "boolean",
    description: "keep standard error apart from standard output, in a log of its own",
  },
  "max-log-size": {
    type: "string",
    placeholder: "SIZE",
    parse: parseLogSize,
    description:
      "output to keep, 64K at least; beyond it the oldest is given up (if not given, the agent's: 1G)",
  },
  pool: {
    type: "string",
    placeholder: "POOL",
    complete: "pools",
    group: fleet,
    description: "run it on any host of the agent's fleet that has a free slot in this pool",
  },
  prefer: {
    type: "string",
    placeholder: "KEY=VALUE",
    multiple: true,
    group: fleet,
    parse: parseLabel,
    description: "with --pool: a host with this label, if one is free within 3 seconds",
  },
  retry: {
    type: "string",
    placeholder: "N",
    group: fleet,
    parse: parseNumber,
    description: "with --pool: run it again, so often at most, when its host is lost; never, if not given",
  },
  "generate-name": {
    type: "boolean",
    group: starting,
    description: "make a name that is free; NAME is what it begins with",
  },
  "if-exists": {
    type: "string",
    placeholder: "ACTION",
    group: starting,
    choices: ["fail", "attach", "replace"],
    description: "when a job has the name: fail (if not given), go on with that job, or stop and remove it",
  },
  "request-id": {
    type: "string",
    placeholder: "ID",
    group: starting,
    description: "start only one job for this id, however often the command is repeated",
  },
  "dry-run": {
    type: "boolean",
    group: starting,
    description: "check everything, print what would be run, start nothing",
  },
  follow: { type: "boolean", group: ending, description: "stream the output, then exit as the job did" },
  wait: {
    type: "boolean",
    group: ending,
    description: "wait for the end without output, then exit as the job did",
  },
  rm: {
    type: "boolean",
    group: ending,
    description: "with --follow or --wait: remove the job when it has ended",
  },
  "stop-on-interrupt": {
    type: "boolean",
    group: ending,
    description: "with --follow or --wait: Ctrl-C stops the job, a second one kills it",
  },
  cpu: {
    type: "string",
    placeholder: "CORES",
    group: limits,
    parse: parseCores,
    description: "processor time: 0.5 is half a core",
  },
  memory: {
    type: "string",
    short: "m",
    placeholder: "SIZE",
    group: limits,
    parse: parseSize,
    description: "memory with page cache: 512M, 2G; the job is killed when it needs more",
  },
  pids: {
    type: "string",
    placeholder: "N",
    group: limits,
    parse: parseCount,
    description: "processes and threads at a time",
  },
  "io-read": {
    type: "string",
    placeholder: "SIZE",
    group: limits,
    parse: parseSize,
    description: "bytes a second read from the disk: 10M",
  },
  "io-write": {
    type: "string",
    placeholder: "SIZE",
    group: limits,
    parse: parseSize,
    description: "bytes a second written to the disk",
  },
  "io-read-ops": {
    type: "string",
    placeholder: "N",
    group: limits,
    parse: parseCount,
    description: "read requests to the disk a second",
  },
  "io-write-ops": {
    type: "string",
    placeholder: "N",
    group: limits,
    parse: parseCount,
    description: "write requests to the disk a second",
  },
  "io-device": {
    type: "string",
    placeholder: "DEVICE",
    group: limits,
    description:
      "the disk of these four: MAJ:MIN or a path below /dev; the one behind the agent's state if not given",
  },
  "open-files": {
    type: "string",
    placeholder: "N",
    group: limits,
    parse: parseCount,
    description: "open files of each process",
  },
} as const satisfies Flags;

export type RunOptions = FlagValues<typeof runOptions>;
