import { afterAll, beforeAll, expect, test } from "bun:test";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { testCerts } from "../helpers/certs.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { type CommandLine, listen, openCommandLine } from "./lpr.ts";

let line: CommandLine;
let second: TestAgent;
let cert: string;
beforeAll(async () => {
  line = await openCommandLine();
  second = await startAgent();
  ({ combinedPath: cert } = await (await testCerts()).client({ tenant: "alice" }));
});
afterAll(async () => {
  await second[Symbol.asyncDispose]();
  await line[Symbol.asyncDispose]();
});

/** Logged in to these agents, and what a command prints then. */
function loggedInTo(addresses: Record<string, string>) {
  const home = tempDir();
  const logins = Object.entries(addresses).map(([name, address]) => ({
    name,
    address,
    cacert: cert,
    cert,
    key: cert,
  }));
  mkdirSync(home.join("lpr"));
  writeFileSync(home.join("lpr", "config.yaml"), JSON.stringify({ version: 1, logins }), { mode: 0o600 });
  // An agent named by a variable is not what is meant by all.
  const env = { ...line.env, LPR_ADDRESS: "localhost:1", LPR_CONTEXT: "nope", XDG_CONFIG_HOME: home.path };
  return {
    env,
    lpr: (...argv: string[]) => line.lprWith(env, ...argv),
    [Symbol.dispose]: () => home[Symbol.dispose](),
  };
}

const both = () => loggedInTo({ web1: line.agent.address, "web-two": second.address });
const lines = (text: string) => text.split("\n").filter(Boolean);

test("run, list, stop and rm reach every agent, and each line says which one", async () => {
  using here = both();
  const started = await here.lpr("job", "run", "all-1", "--all-contexts", "--", "sleep", "100");
  expect(started.code).toBe(0);
  expect(lines(started.out).toSorted()).toEqual(["web-two: all-1", "web1: all-1"]);
  expect(lines(started.err).toSorted()).toEqual([
    "web-two: job all-1 started; its output: lpr job logs all-1",
    "web1: job all-1 started; its output: lpr job logs all-1",
  ]);
  const list = await here.lpr("job", "list", "all-1", "-A");
  expect(list.out).toMatch(/^CONTEXT +NAME .*\n(web\S+ +all-1 +RUNNING .*\n){2}$/);
  const documents = JSON.parse((await here.lpr("job", "list", "all-1", "-A", "-o", "json")).out);
  expect(
    documents.map(({ context, name }: { context: string; name: string }) => `${context}/${name}`).toSorted(),
  ).toEqual(["web-two/all-1", "web1/all-1"]);
  expect(lines((await here.lpr("job", "list", "all-1", "-A", "-q", "-n", "1")).out)).toHaveLength(1);
  const stopped = await here.lpr("job", "stop", "all-1", "-A");
  expect(stopped).toMatchObject({ code: 0, err: "" });
  const how = "all-1: FAILED, exit code 143 (stopped by alice, SIGTERM)";
  expect(lines(stopped.out).toSorted()).toEqual([`web-two: ${how}`, `web1: ${how}`]);
  const removed = await here.lpr("job", "rm", "all-1", "-A");
  expect(removed).toMatchObject({ code: 0, err: "" });
  expect(lines(removed.out).toSorted()).toEqual(["web-two: all-1: removed", "web1: all-1: removed"]);
});

test("output comes in whole lines with the agent's name, and the highest exit code counts", async () => {
  using here = both();
  using dir = tempDir();
  chmodSync(dir.path, 0o777);
  // Of the two one makes the directory.
  const exit = `mkdir ${dir.join("made")} 2>/dev/null && exit 4; exit 3`;
  const script = `printf "out of $LPR_JOB_NAME\\nno end"; echo err >&2; ${exit}`;
  const run = await here.lpr("job", "run", "all-2", "-A", "--follow", "--", "/bin/sh", "-c", script);
  expect(run.code).toBe(4);
  expect(lines(run.out).toSorted()).toEqual([
    ...["web-two | no enderr", "web-two | out of all-2"],
    ...["web1    | no enderr", "web1    | out of all-2"],
  ]);
  const ends = lines(run.err).filter((it) => it.includes("FAILED"));
  expect(ends.map((it) => it.at(-1)).toSorted()).toEqual(["3", "4"]);
  const logs = await here.lpr("job", "logs", "all-2", "-A", "--tail", "1");
  expect(lines(logs.out).toSorted()).toEqual(["web-two | no enderr", "web1    | no enderr"]);
});

test("an agent that cannot be reached does not keep the others, is named, and is summed up last", async () => {
  using here = loggedInTo({ web1: line.agent.address, dead: "localhost:1" });
  const run = await here.lpr("job", "run", "all-3", "-A", "--wait", "--", "true");
  expect(run).toMatchObject({ code: 125, out: "web1: all-3: SUCCEEDED, exit code 0\n" });
  expect(lines(run.err)).toEqual([
    "web1: job all-3 started",
    "lpr: dead: no agent listens at localhost:1",
    expect.stringContaining("hint: "),
    "lpr: failed on 1 of 2 agents: dead",
  ]);
  const list = await here.lpr("job", "list", "all-3", "-A");
  expect(list).toMatchObject({ code: 1, out: expect.stringContaining("all-3") });
  expect(list.err).toContain("lpr: dead: no agent listens");
  // What the dead one has is not known.
  const nothing = await here.lpr("job", "list", "no-such", "-A");
  expect(nothing).toMatchObject({ code: 1, out: "" });
  expect(nothing.err).not.toContain("no jobs");
});

test("Ctrl-C leaves the jobs of all agents running, and says so once", async () => {
  using here = both();
  const script = ["--", "/bin/sh", "-c", "echo up; sleep 100"];
  const run = line.start(["job", "run", "all-4", "-A", "--follow", ...script], { env: here.env });
  const [out, err] = [listen(run.stdout), listen(run.stderr)];
  await out.until("web1    | up");
  await out.until("web-two | up");
  run.kill("SIGINT");
  expect(await run.exited).toBe(130);
  await err.until("keeps running");
  expect(err.text().split("keeps running")).toHaveLength(2);
  for (const agent of [line.agent, second]) {
    using client = await agent.client();
    expect((await client.get({ name: "all-4" })).state.status).toBe("RUNNING");
  }
});

test("a single agent may not be named beside all of them, and there must be one", async () => {
  using here = both();
  const refused = await here.lpr("job", "stop", "x", "-A", "--context", "web1", "--cert", "me.pem");
  expect(refused.code).toBe(2);
  expect(lines(refused.err)).toEqual([
    "lpr: --all-contexts and --context exclude each other",
    "lpr: --all-contexts and --cert exclude each other",
  ]);
  using nowhere = loggedInTo({});
  expect(await nowhere.lpr("job", "list", "-A")).toMatchObject({
    ...{ code: 1, err: expect.stringContaining("you are not logged in to any agent") },
  });
});
