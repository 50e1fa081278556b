import { expect, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, connect } from "../../src/client/index.ts";
import { readIdentity } from "../../src/job/supervisor/identity.ts";
import { spawnAgent } from "../helpers/agent-process.ts";
import { LPR, outcomeOf } from "../helpers/binary.ts";
import { testCerts } from "../helpers/certs.ts";
import { errorOf } from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

const certs = await testCerts();
chmodSync(certs.agent.keyPath, 0o600);
const certificates = `ca: ${certs.ca.certPath}\ncert: ${certs.agent.certPath}\nkey: ${certs.agent.keyPath}\n`;

/** The binary, serving from a directory; stopped at the end of the scope. */
async function serveIn(cwd: string, ...args: string[]) {
  const log = join(cwd, "stderr");
  const child = Bun.spawn([LPR, "agent", "serve", "--cgroups", "off", ...args], {
    ...{ cwd, env: {}, stdin: "ignore", stdout: "ignore", stderr: Bun.file(log) },
  });
  const read = () => (existsSync(log) ? readFileSync(log, "utf8") : "");
  const port = await until(() => {
    if (child.exitCode !== null) throw new Error(`the agent ended at once:\n${read()}`);
    return /serves on 127\.0\.0\.1:(\d+)/.exec(read())?.[1];
  }, "the agent serves");
  const { cert, key } = await certs.client({ tenant: "root", role: "admin" });
  const client: Client = connect({ address: `localhost:${port}`, ca: certs.ca.cert, cert, key });
  return {
    client,
    log: read,
    async [Symbol.asyncDispose]() {
      client.close();
      child.kill("SIGTERM");
      await child.exited;
    },
  };
}

test("options come from the file of --config, and those of the command line win", async () => {
  using dir = tempDir();
  mkdirSync(dir.join("etc"));
  writeFileSync(
    dir.join("etc/agent.yaml"),
    `${certificates}listen: 192.0.2.1:1\nstate-dir: ../state\ntimeout: 1h\nshared-account: true
limits:
  defaults: {open-files: 64}
  caps: {open-files: 128}
`,
  );
  const args = ["--config", "etc/agent.yaml", "--listen", "127.0.0.1:0", "--limit-cap", "open-files=256"];
  await using agent = await serveIn(dir.path, ...args);
  const { client } = agent;
  expect(existsSync(dir.join("state/lpr.db"))).toBe(true);
  await client.run({ name: "foo", command: "true" });
  const job = await client.get({ name: "foo" });
  expect(job.limits).toEqual({ openFiles: 64 });
  expect(job.timeoutAt?.getTime()).toBeWithin(Date.now() + 3_000_000, Date.now() + 3_600_001);
  await client.run({ name: "more", command: "true", limits: { openFiles: 256 } });
  const tooMuch = await errorOf(client.run({ name: "most", command: "true", limits: { openFiles: 257 } }));
  expect(tooMuch.message).toContain("must be at most 256");
});

test("a state directory may be relative to where the agent is started", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("agent.yaml"), certificates);
  const args = ["--config", "agent.yaml", "--listen", "127.0.0.1:0", "--state-dir", "st"];
  await using agent = await serveIn(dir.path, ...args);
  await agent.client.run({ name: "foo", command: "pwd" });
  await agent.client.wait({ name: "foo" });
  expect(existsSync(dir.join("st/lpr.db"))).toBe(true);
  expect(agent.log()).toContain(`state in ${dir.join("st")}`);
});

test("a file that makes no sense is refused with every problem and its line, before anything is made", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("agent.yaml"), "lissten: x\nstate-dir: state\nretention: {succeeded: long}\n");
  const { exitCode, stderr } = await outcomeOf([LPR, "agent", "serve", "--config", "agent.yaml"], {
    cwd: dir.path,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('agent.yaml:1: unknown key "lissten"; did you mean listen?');
  expect(stderr).toContain("agent.yaml:3: retention.succeeded must be a duration");
  expect(existsSync(dir.join("state"))).toBe(false);
});

test("values out of range, and a file that is not there, are refused by name", async () => {
  using dir = tempDir();
  const serve = (...args: string[]) => outcomeOf([LPR, "agent", "serve", ...args], { cwd: dir.path });
  const text = `${certificates}listen: 127.0.0.1:0\nstate-dir: state\ncgroups: "off"
limits: {caps: {memory: 1K}}\ntenant-uids: {first: 9, last: 8}\n`;
  writeFileSync(dir.join("agent.yaml"), text);
  const outOfRange = await serve("--config", "agent.yaml");
  expect(outOfRange.exitCode).toBe(2);
  expect(outOfRange.stderr).toMatch(/:\d+: limits\.caps\.memory must be an integer from 4194304/);
  expect(outOfRange.stderr).toMatch(/:\d+: tenant-uids must be a range of uids above 0/);
  const missing = await serve("--config", "none.yaml");
  expect(missing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("none.yaml (ENOENT)") });
});

test("SIGHUP has an agent read its file again: it takes over what it can, and tells the rest", async () => {
  using dir = tempDir();
  const file = dir.join("agent.yaml");
  const fixed = `${certificates}listen: 127.0.0.1:0\nstate-dir: state\ncgroups: "off"\n`;
  writeFileSync(file, fixed);
  await using agent = Bun.spawn([LPR, "agent", "serve", "--config", file], {
    ...{ cwd: dir.path, env: {}, stdin: "ignore", stdout: "ignore", stderr: Bun.file(dir.join("log")) },
  });
  const told = (words: string) => () => readFileSync(dir.join("log"), "utf8").includes(words);
  await until(told("serves on"), "the agent serves");
  writeFileSync(file, fixed.replace("state-dir: state", "state-dir: other\ntimeout: 1h\nlog-level: debug"));
  agent.kill("SIGHUP");
  await until(
    told("settings read again, changed: timeout, log-level"),
    "the agent has taken over what it can",
  );
  await until(told("takes effect after a restart: state-dir"), "the agent has told the rest");
  writeFileSync(file, `${fixed}nope: 1\n`);
  agent.kill("SIGHUP");
  await until(told("SIGHUP: the settings stay as they were"), "the agent has refused the file");
  const lines = readFileSync(dir.join("log"), "utf8").trimEnd().split("\n");
  expect(JSON.parse(lines.find((line) => line.includes("stay as they were")) ?? "")).toEqual({
    time: expect.any(String),
    level: "error",
    message: expect.stringContaining(
      `SIGHUP: the settings stay as they were: ${file}:${fixed.split("\n").length}: unknown key "nope"`,
    ),
  });
  agent.kill("SIGTERM");
  expect(await agent.exited).toBe(0);
});

test("an agent says what became of the jobs of the one that was killed", async () => {
  using dir = tempDir();
  await using agent = await spawnAgent();
  using client = await agent.client();
  const wait = (file: string) => `while [ ! -e ${dir.join(file)} ]; do sleep 0.01; done`;
  const ids: Record<string, string> = {};
  for (const name of ["runs", "ends", "vanishes"]) {
    ids[name] = (await client.run({ name, command: "/bin/sh", args: ["-c", wait(name)] })).id;
  }
  const jobDir = (name: string) => join(agent.stateDir, "jobs", ids[name] ?? "");
  agent.kill("SIGKILL");
  await agent.exited;
  expect(agent.log()).not.toContain("jobs of the agent before");
  writeFileSync(dir.join("ends"), "");
  await until(() => readFileSync(join(jobDir("ends"), "exit"), "utf8") === "   0\n", "a job has ended");
  const identity = readIdentity(jobDir("vanishes"));
  if (typeof identity !== "object") throw new Error("the job's supervisor did not say who it is");
  process.kill(identity.supervisor.pid, "SIGKILL");
  await until(() => !existsSync(`/proc/${identity.supervisor.pid}`), "its supervisor is gone");
  await agent.startAgain();
  expect(agent.log()).toContain("jobs of the agent before: 1 still running, 1 ended meanwhile, 1 lost");
});
