import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_CLIENT_LIMITS } from "../../src/agent/client-limits.ts";
import { fleetSettingsOf } from "../../src/agent/fleet-settings.ts";
import { AGENT_FILE_KEYS, type AgentFile, parseAgentFile } from "../../src/cli/agent-file.ts";
import { defaultAgentFile } from "../../src/cli/agent-file-default.ts";
import { sectionOptions, serveOptions } from "../../src/cli/serve-options.ts";
import { UsageError } from "../../src/cli/usage-error.ts";

const read = (text: string): AgentFile => parseAgentFile(text, "/etc/lpr/agent.yaml");

function problemsOf(text: string): readonly string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof UsageError) return error.problems;
    throw error;
  }
  return [];
}

test("a file says what the options say, with the same names and units", () => {
  const text = `
listen: 127.0.0.1:7000
on-shutdown: keep
cgroups: required
shared-account: true
timeout: 1h30m
max-log-size: 64K
limits:
  defaults: {cpu: 0.5, memory: 512M, io-read: 10M}
  caps: {cpu: 4, memory: 2G, pids: 1000, io-device: /dev/sda}
retention: {succeeded: 1d, failed: 30d}
tenant-uids: {first: 80000, last: 80999}
roles: {admin: {run-as: deploy}, user: {run-as: nobody}}
clients: {connections: 50, message-size: 1M, idle-timeout: 1m}
`;
  expect(read(text)).toEqual({
    options: {
      listen: "127.0.0.1:7000",
      "on-shutdown": "keep",
      cgroups: "required",
      "shared-account": true,
      timeout: 5_400_000,
      "max-log-size": 65_536,
    },
    limits: {
      defaults: { cpuCores: 0.5, memoryBytes: 512 * 2 ** 20, ioReadBytesPerSecond: 10 * 2 ** 20 },
      caps: { cpuCores: 4, memoryBytes: 2 ** 31, pids: 1000, ioDevice: "/dev/sda" },
    },
    retention: { succeededMs: 86_400_000, failedMs: 30 * 86_400_000 },
    tenantUids: { first: 80_000, last: 80_999 },
    runAs: { admin: "deploy", user: "nobody" },
    clients: { connections: 50, messageBytes: 2 ** 20, idleTimeoutMs: 60_000 },
  });
});

test("a file that says nothing leaves everything to the defaults", () => {
  expect(read("{}")).toEqual({ options: {} });
  expect(read("# listen: 127.0.0.1:7000\n")).toEqual({ options: {} });
  expect(read("retention: {failed: 1h}")).toEqual({ options: {}, retention: { failedMs: 3_600_000 } });
});

test("paths are relative to the file", () => {
  const text = "ca: ca.pem\ncert: /x/agent.pem\nkey: ../key.pem\nstate-dir: state\ncgroup-root: LPR\n";
  expect(read(`${text}crl: c.pem\nkey-passphrase-file: p\n`).options).toEqual({
    ca: "/etc/lpr/ca.pem",
    cert: "/x/agent.pem",
    key: "/etc/key.pem",
    "state-dir": "/etc/lpr/state",
    "cgroup-root": "/etc/lpr/LPR",
    crl: "/etc/lpr/c.pem",
    "key-passphrase-file": "/etc/lpr/p",
  });
});

test("the section fleet says where NATS is and what the agent has for the jobs of each pool", () => {
  const text = `
fleet:
  servers: [nats://10.0.0.1:4222, nats://10.0.0.2:4222]
  credentials: fleet.creds
  tls: {ca: nats.pem, cert: /x/b1.pem, key: /x/b1-key.pem}
  name: b1.example.com
  labels: {disk: ssd, zone: 1}
  replicas: 3
  heartbeat: 2s
  lease: 10s
  keep: 1d
  archive: true
  warden: false
  pools:
    build: {slots: 4, cpu: 7.5, memory: 32G}
    test: {slots: 1}
`;
  expect(read(text).fleet).toEqual({
    servers: ["nats://10.0.0.1:4222", "nats://10.0.0.2:4222"],
    credentials: "/etc/lpr/fleet.creds",
    tls: { ca: "/etc/lpr/nats.pem", cert: "/x/b1.pem", key: "/x/b1-key.pem" },
    name: "b1.example.com",
    labels: { disk: "ssd", zone: "1" },
    ...{ replicas: 3, heartbeatMs: 2_000, leaseMs: 10_000, keepMs: 86_400_000, archive: true, warden: false },
    pools: { build: { slots: 4, cpuCores: 7.5, memoryBytes: 32 * 2 ** 30 }, test: { slots: 1 } },
  });
  expect(read("fleet: {servers: nats://a}").fleet).toEqual({ servers: ["nats://a"] });
});

test("all problems of the section fleet are told at once, each with its line", () => {
  const text = `fleet:
  server: nats://a
  tls: ca.pem
  heartbeat: often
  archive: 1G
  labels: {=: b}
  pools:
    build: {cpu: none}
    test: 4
`;
  expect(problemsOf(text)).toEqual([
    expect.stringContaining('agent.yaml:2: unknown key "server"; did you mean servers?'),
    expect.stringContaining("agent.yaml:2: fleet needs servers"),
    expect.stringContaining("agent.yaml:3: fleet.tls must be a map of ca, cert, key"),
    expect.stringContaining("agent.yaml:4: fleet.heartbeat must be a duration"),
    expect.stringContaining('agent.yaml:5: fleet.archive must be true or false, got "1G"'),
    expect.stringContaining('agent.yaml:6: names in fleet.labels hold no =, got "="'),
    expect.stringContaining("agent.yaml:8: fleet.pools.build needs slots"),
    expect.stringContaining("agent.yaml:8: fleet.pools.build.cpu must be a number of cores"),
    expect.stringContaining("agent.yaml:9: fleet.pools.test must be a map of slots, cpu, memory"),
  ]);
});

test("every option of agent serve has its place in the file", () => {
  const options = Object.keys(serveOptions);
  const unknown = options.flatMap((name) => problemsOf(`${name}: &x 1`)).filter((p) => p.includes("unknown"));
  expect(unknown).toEqual([]);
  // These four are the sections limits and retention.
  expect(Object.keys(sectionOptions)).toEqual([
    ...["limit-default", "limit-cap", "keep-succeeded", "keep-failed"],
  ]);
});

test("the file that the manual shows is one", () => {
  const manual = readFileSync(join(import.meta.dir, "../../docs/operations.md"), "utf8");
  const [, text = ""] = /```yaml\n([\s\S]*?)```/.exec(manual) ?? [];
  const { options, limits, retention, tenantUids } = read(text);
  expect(options).toMatchObject({ "on-shutdown": "keep", cert: "/etc/lpr/agent.pem" });
  expect(limits?.caps).toMatchObject({ cpuCores: 4 });
  expect({ retention, tenantUids }).toEqual({
    retention: { succeededMs: 7 * 86_400_000, failedMs: 30 * 86_400_000 },
    tenantUids: { first: 70_000, last: 79_999 },
  });
});

test("all problems are told at once, each with its line and the closest valid key", () => {
  const text = `lissten: x
cgroups: perhaps
shared-account: 1
timeout: soon
limits:
  default: {}
  caps: {memory: lots, cpus: 2}
retention: 7d
tenant-uids:
  first: 0
state-dir: [a]
`;
  expect(problemsOf(text)).toEqual([
    expect.stringContaining('agent.yaml:1: unknown key "lissten"; did you mean listen?'),
    expect.stringContaining('agent.yaml:2: cgroups must be auto or required or off, got "perhaps"'),
    expect.stringContaining("agent.yaml:3: shared-account must be true or false, got 1"),
    expect.stringContaining("agent.yaml:4: timeout must be a duration"),
    expect.stringContaining('agent.yaml:6: unknown key "default"; did you mean defaults?'),
    expect.stringContaining('agent.yaml:7: unknown key "cpus"; did you mean cpu?'),
    expect.stringContaining("agent.yaml:7: limits.caps.memory must be a size"),
    expect.stringContaining("agent.yaml:8: retention must be a map of succeeded, failed"),
    expect.stringContaining("agent.yaml:10: tenant-uids.first must be a whole number above 0"),
    expect.stringContaining("agent.yaml:10: tenant-uids needs last"),
    expect.stringContaining("agent.yaml:11: state-dir must be a text, got a list"),
  ]);
});

test.each([
  ["- a", "/etc/lpr/agent.yaml:1: the configuration of an agent is a map of listen"],
  ["listen", "/etc/lpr/agent.yaml:1: the configuration of an agent is a map of"],
  ["listen: 'a", "agent.yaml:1: Missing closing 'quote"],
  ["listen: a\nlisten: b", "agent.yaml:2: Map keys must be unique"],
  ["limit-cap: x", 'unknown key "limit-cap"; valid are listen,'],
])("the file %j is refused", (text, problem) => {
  expect(problemsOf(text)).toEqual([expect.stringContaining(problem)]);
});

test("the default file changes nothing, and uncommented it says what the defaults are", () => {
  const text = defaultAgentFile();
  expect(read(text)).toEqual({ options: {} });
  const uncommented = read(text.replace(/^#(?! )/gm, ""));
  expect(uncommented).toMatchObject({
    options: { listen: "0.0.0.0:50051", "on-shutdown": "stop", cgroups: "auto", ca: "/etc/lpr/ca.pem" },
    tenantUids: { first: 70_000, last: 79_999 },
    retention: { succeededMs: 7 * 86_400_000, failedMs: 30 * 86_400_000 },
    clients: { ...DEFAULT_CLIENT_LIMITS },
  });
  const issues: string[] = [];
  expect(fleetSettingsOf(uncommented.fleet ?? {}, issues)).toMatchObject({ name: "b1.example.com" });
  expect(issues).toEqual([]);
  expect(uncommented.fleet).toMatchObject({
    ...{ servers: ["nats://127.0.0.1:4222"], replicas: 1, heartbeatMs: 5_000, leaseMs: 20_000 },
    ...{ keepMs: 7 * 86_400_000, archive: false, warden: true },
  });
  const shown = [...text.matchAll(/^#([a-z][a-z-]*):/gm)].map(([, key]) => key);
  expect(shown.toSorted()).toEqual(AGENT_FILE_KEYS.toSorted());
});
