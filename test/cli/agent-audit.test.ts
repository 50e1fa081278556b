import { afterAll, beforeAll, expect, test } from "bun:test";
import { until } from "../helpers/until.ts";
import { type CommandLine, listen, openCommandLine } from "./lpr.ts";

// Each command is a process of its own, and most tests need several.
let line: CommandLine;
let admin: (...argv: string[]) => ReturnType<CommandLine["lpr"]>;
beforeAll(async () => {
  line = await openCommandLine();
  const env = await line.envOf("root", "admin");
  admin = (...argv) => line.lprWith(env, "agent", "audit", ...argv);
  await line.lpr("job", "run", "web", "--", "true");
  await line.lpr("job", "wait", "web");
  await line.lprWith(await line.envOf("bob", "user"), "job", "rm", "web");
  await line.lpr("job", "rm", "web");
  // A refusal is written a moment after it was answered.
  await until(async () => (await admin("--refused")).out.includes("bob"), "the refusal is on the log");
});
afterAll(() => line[Symbol.asyncDispose]());

const documents = async (...argv: string[]) => JSON.parse((await admin(...argv, "-o", "json")).out);

test("audit shows people who did what, the newest last", async () => {
  const { code, out, err } = await admin();
  expect([code, err]).toEqual([0, ""]);
  const [head, ...lines] = out.trimEnd().split("\n");
  expect(head?.split(/ {2,}/)).toEqual(["TIME", "WHO", "ACTION", "JOB", "OUTCOME", "FROM", "DETAIL"]);
  const rows = lines.map((each) => each.split(/ {2,}/));
  expect(rows[0]).toEqual([
    expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    ...[
      "alice (user)",
      "Run",
      "web",
      "OK",
      expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      "true with 0 arguments",
    ],
  ]);
  expect(rows.map(([, person, action, , outcome]) => `${person} ${action} ${outcome}`)).toEqual(
    expect.arrayContaining(["alice (user) Run OK", "alice (user) Remove OK"]),
  );
  expect(out).toContain("it belongs to alice");
});

test("programs get every field, as a list or as an object on each line", async () => {
  const list = await documents("--action", "run");
  expect(list).toEqual([
    {
      ...{ sequence: 1, time: expect.stringMatching(/^\d{4}-.*Z$/), tenant: "alice", role: "user" },
      ...{ fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/), address: expect.any(String), action: "Run" },
      ...{ jobName: "web", jobId: expect.any(String), outcome: "OK", detail: "true with 0 arguments" },
    },
  ]);
  const { out } = await admin("--action", "RUN", "-o", "jsonl");
  expect(
    out
      .trimEnd()
      .split("\n")
      .map((each) => JSON.parse(each)),
  ).toEqual(list);
});

test("filters leave out the rest, and what matches nothing is said", async () => {
  const tenants = async (...argv: string[]) => {
    const found: { tenant: string }[] = await documents(...argv);
    return [...new Set(found.map(({ tenant }) => tenant))];
  };
  expect(await tenants("--tenant", "bob")).toEqual(["bob"]);
  expect(await tenants("--refused")).toEqual(["bob"]);
  expect(await tenants("--until", "1h")).toEqual([]);
  expect(await tenants("--since", "1h", "--job", "web", "--action", "remove", "--tenant", "alice")).toEqual([
    "alice",
  ]);
  expect(await admin("--job", "nothere")).toMatchObject({ code: 0, err: "no entries\n" });
});

test("the newest are shown when there is a limit, and that there are more is said", async () => {
  const { out, err } = await admin("--limit", "1", "-o", "jsonl");
  expect(out.trimEnd().split("\n")).toHaveLength(1);
  const newest = (await documents()).at(-1);
  expect(JSON.parse(out)).toEqual(newest);
  expect(err).toBe("the newest entry is shown; more of them: --limit, --since\n");
});

test("users are refused, and what makes no sense is told all at once", async () => {
  expect(await line.lpr("agent", "audit")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("role user may not call audit"),
  });
  const { code, err } = await admin("--action", "dance", "--since", "later", "--limit", "0");
  expect(code).toBe(2);
  for (const option of ["--action", "--since", "--limit"]) expect(err).toContain(option);
});

test("followed, entries are shown as they come, until Ctrl-C", async () => {
  const env = await line.envOf("root", "admin");
  const following = line.start(["agent", "audit", "--follow", "--action", "run", "-o", "jsonl"], { env });
  const output = listen(following.stdout);
  await output.until('"jobName":"web"');
  await line.lpr("job", "run", "later", "--", "true");
  await output.until('"jobName":"later"');
  following.kill("SIGINT");
  expect(await following.exited).toBe(130);
  const names = output
    .text()
    .trimEnd()
    .split("\n")
    .map((each) => JSON.parse(each).jobName);
  expect(names).toEqual(["web", "later"]);
  const { code, err } = await admin("--follow", "--until", "1h", "-o", "json");
  expect(code).toBe(2);
  expect(err).toContain("--follow and --until exclude each other");
  expect(err).toContain("--follow cannot print json: take -o jsonl");
});
