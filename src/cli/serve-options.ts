import type { Flags, FlagValues } from "./command.ts";
import { parseDuration, parseTimeout } from "./duration.ts";
import { parseLimit } from "./limit-options.ts";
import { parseCount } from "./numbers.ts";
import { parseLogSize, parseSize } from "./size.ts";

const certificates = "Certificates";
const auditLog = "Audit log";

/** The options of `agent serve` that may also stand in its configuration file, by the same name. */
export const serveOptions = {
  listen: {
    type: "string",
    placeholder: "HOST:PORT",
    description:
      "address to listen on, several between commas; 0.0.0.0:50051 if not given, port 0 takes a free one",
  },
  ca: {
    type: "string",
    placeholder: "FILE",
    group: certificates,
    description: "certificate authority of the clients",
  },
  cert: {
    type: "string",
    placeholder: "FILE",
    group: certificates,
    description: "the agent's certificate, then intermediate ones",
  },
  key: {
    type: "string",
    placeholder: "FILE",
    group: certificates,
    description: "the agent's private key; it may be encrypted",
  },
  "key-passphrase-file": {
    type: "string",
    placeholder: "FILE",
    group: certificates,
    description: "holds the key's passphrase in its first line (LPR_KEY_PASSPHRASE_FILE)",
  },
  crl: {
    type: "string",
    placeholder: "FILE",
    group: certificates,
    description:
      "certificates that have been revoked, one list for each CA (default crl.pem beside the CA, if it is there)",
  },
  "stale-crl": {
    type: "string",
    placeholder: "ACTION",
    choices: ["serve", "refuse"],
    group: certificates,
    description:
      "what becomes of clients whose CA has no list, or one that is out of date: served with a warning (if not " +
      "given), or refused",
  },
  "state-dir": {
    type: "string",
    placeholder: "DIR",
    description:
      "where jobs and their output are kept (default /var/lib/lpr as root, $XDG_STATE_HOME/lpr otherwise)",
  },
  cgroups: {
    type: "string",
    placeholder: "MODE",
    choices: ["auto", "required", "off"],
    description:
      "use what the host has (auto, if not given), refuse to start where limits cannot be set, or use none",
  },
  "cgroup-root": {
    type: "string",
    placeholder: "DIR",
    description: "directory of the jobs' cgroups (default LPR below the cgroup2 mount)",
  },
  "on-shutdown": {
    type: "string",
    placeholder: "ACTION",
    choices: ["stop", "keep"],
    description:
      "what becomes of jobs when the agent ends: they are stopped (if not given), as always when the host " +
      "goes down, or left to the next agent",
  },
  timeout: {
    type: "string",
    placeholder: "DURATION",
    group: "Jobs",
    parse: parseTimeout,
    description: "stop any job that has run for so long",
  },
  "audit-file": {
    type: "string",
    placeholder: "FILE",
    group: auditLog,
    description: "keep a copy of the audit log in this file, a JSON object on each line",
  },
  "audit-keep": {
    type: "string",
    placeholder: "DURATION",
    group: auditLog,
    parse: parseDuration,
    description: "how long its entries are kept (default 400d)",
  },
  "audit-max-entries": {
    type: "string",
    placeholder: "N",
    group: auditLog,
    parse: parseCount,
    description: "how many of its entries are kept (default 1000000)",
  },
  "max-log-size": {
    type: "string",
    placeholder: "SIZE",
    group: "Jobs",
    parse: parseLogSize,
    description:
      "output to keep of a job that does not ask, 64K at least (default 1G): the oldest is given up",
  },
  "max-log-size-cap": {
    type: "string",
    placeholder: "SIZE",
    group: "Jobs",
    parse: parseLogSize,
    description: "the most output that a job may ask to be kept",
  },
  "tenant-log-quota": {
    type: "string",
    placeholder: "SIZE",
    group: "Jobs",
    parse: parseSize,
    description: "output of all jobs of a tenant together; one that has more starts no job",
  },
  "shared-account": {
    type: "boolean",
    description: "without root: accept role user although jobs of all tenants share this account",
  },
  metrics: {
    type: "string",
    placeholder: "ADDRESS",
    description:
      "serve metrics for Prometheus on HOST:PORT, or on PORT of the loopback; whoever can connect can read them " +
      "(not served, if not given)",
  },
  "metrics-per-job": {
    type: "boolean",
    description: "also what each running job uses, with its name and its tenant's",
  },
  "log-level": {
    type: "string",
    placeholder: "LEVEL",
    choices: ["debug", "info", "warn", "error"],
    group: "Log",
    description:
      "how important a line must be for the log: info, if not given; debug has a line for each call",
  },
  "log-format": {
    type: "string",
    placeholder: "FORMAT",
    choices: ["text", "json"],
    group: "Log",
    description:
      "lines for people, or a JSON object each: text on a terminal and json elsewhere, if not given",
  },
} as const satisfies Flags;

/** Those that have a section in the file instead: `limits` and `retention`. */
export const sectionOptions = {
  "limit-default": {
    type: "string",
    placeholder: "NAME=VALUE",
    multiple: true,
    group: "Jobs",
    parse: parseLimit,
    description: "limit of jobs that ask for none, such as memory=1G: the names of lpr job run's options",
  },
  "limit-cap": {
    type: "string",
    placeholder: "NAME=VALUE",
    multiple: true,
    group: "Jobs",
    parse: parseLimit,
    description: "the most that a job may ask for, and gets where nothing else is said",
  },
  "keep-succeeded": {
    type: "string",
    placeholder: "DURATION",
    group: "Jobs",
    parse: parseDuration,
    description: "how long successful jobs and their output are kept (default 7d)",
  },
  "keep-failed": {
    type: "string",
    placeholder: "DURATION",
    group: "Jobs",
    parse: parseDuration,
    description: "how long failed jobs and their output are kept (default 30d)",
  },
} as const satisfies Flags;

export type ServeOptions = FlagValues<typeof serveOptions>;
