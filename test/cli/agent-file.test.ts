import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_CLIENT_LIMITS } from "../../src/agent/client-limits.ts";
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
  const shown = [...text.matchAll(/^#([a-z][a-z-]*):/gm)].map(([, key]) => key);
  expect(shown.toSorted()).toEqual(AGENT_FILE_KEYS.toSorted());
});
