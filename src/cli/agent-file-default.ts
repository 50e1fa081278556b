import { type ServeOptions, serveOptions } from "./serve-options.ts";
import { wrap } from "./wrap.ts";

/** What each option is set to where nothing is said; those without a default show what a value looks like. */
const OPTION_VALUES: { readonly [Name in keyof ServeOptions]: string } = {
  listen: "0.0.0.0:50051",
  ca: "ca.pem",
  cert: "agent.pem",
  key: "agent-key.pem",
  "key-passphrase-file": "passphrase",
  crl: "crl.pem",
  "stale-crl": "serve",
  "state-dir": "/var/lib/lpr",
  cgroups: "auto",
  "cgroup-root": "/sys/fs/cgroup/LPR",
  "on-shutdown": "stop",
  timeout: "30d",
  "audit-file": "/var/log/lpr/audit.jsonl",
  "audit-keep": "400d",
  "audit-max-entries": "1000000",
  "max-log-size": "1G",
  "max-log-size-cap": "10G",
  "tenant-log-quota": "50G",
  "shared-account": "false",
  metrics: "127.0.0.1:9464",
  "metrics-per-job": "false",
  "log-level": "info",
  "log-format": "json",
};

/** What stands in sections of the file, with options of other names on the command line or none. */
const SECTION_TEXTS: Readonly<Record<string, { readonly meaning: string; readonly yaml: string }>> = {
  limits: {
    meaning:
      "limits of jobs, by the names of the options of lpr job run: defaults for jobs that ask for none, caps for the " +
      "most that they may ask for, and get where there is no default",
    yaml: "limits: { defaults: { memory: 1G, pids: 500 }, caps: { cpu: 4, memory: 16G, pids: 5000 } }",
  },
  roles: {
    meaning:
      "accounts that jobs of a role run as, under a root agent: without any, role user gets an account of its " +
      "tenant's own, and role admin is root. Tenants that share an account can reach each other's jobs",
    yaml: "roles: { admin: { run-as: root }, user: { run-as: nobody } }",
  },
  retention: {
    meaning: "how long finished jobs and their output are kept",
    yaml: "retention: { succeeded: 7d, failed: 30d }",
  },
  "tenant-uids": {
    meaning:
      "uids that a root agent gives to tenants of role user, both ends included; keep other accounts out of them",
    yaml: "tenant-uids: { first: 70000, last: 79999 }",
  },
  clients: {
    meaning:
      "what clients may take of the agent: connections and calls at a time, calls a second and at once after a pause, " +
      "running jobs, sizes of requests, times; beyond it they are refused",
    // One line: the rest of a block would be indented, and look like an explanation.
    yaml:
      "clients: { connections: 2000, connections-per-tenant: 500, handshakes: 500, handshakes-per-address: 100, " +
      "calls-per-connection: 250, calls: 4000, calls-per-tenant: 1000, call-rate: 1000, call-burst: 5000, running-jobs: 1000, " +
      "message-size: 4M, pending-size: 64M, request-timeout: 30s, handshake-timeout: 10s, idle-timeout: 5m }",
  },
  fleet: {
    meaning:
      "many hosts with one queue, on NATS servers (docs/fleet.md): how to reach them and what to prove oneself with, " +
      "the agent's name (default the host's; its certificate must have it), labels that jobs may prefer, and what it has " +
      "room for: slots of pools, and optionally what their jobs may ask for together. How many copies NATS keeps, how often " +
      "the agent tells that it is alive, how long a job that may run elsewhere goes on without that, how long finished jobs " +
      "stay on record, whether their logs are kept in NATS, and whether this agent may look after lost ones",
    yaml:
      "fleet: { servers: [nats://127.0.0.1:4222], credentials: fleet.creds, tls: { ca: nats-ca.pem }, name: b1.example.com, " +
      "labels: { disk: ssd }, pools: { build: { slots: 4, cpu: 8, memory: 32G } }, replicas: 1, heartbeat: 5s, lease: 20s, " +
      "keep: 7d, archive: false, warden: true }",
  },
};

const HEAD = `# Configuration of lpr agent serve; see lpr agent serve --help.
# What stands behind a # without a space is the default, or shows what a value looks like: remove the # and change it.
# Paths are relative to this file.
# Check it with: lpr agent config check`;

/** A configuration file that explains every setting and changes none. */
export function defaultAgentFile(): string {
  const options = Object.entries(OPTION_VALUES).map(([name, value]) => ({
    meaning: serveOptions[name as keyof ServeOptions].description,
    yaml: `${name}: ${value}`,
  }));
  const settings = [...options, ...Object.values(SECTION_TEXTS)].map(({ meaning, yaml }) =>
    [...wrap(meaning, 0, 110).map((line) => `# ${line}`), ...yaml.split("\n").map((line) => `#${line}`)].join(
      "\n",
    ),
  );
  return `${[HEAD, ...settings].join("\n\n")}\n`;
}
