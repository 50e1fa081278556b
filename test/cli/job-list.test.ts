import { afterAll, beforeAll, expect, test } from "bun:test";
import { type CommandLine, openCommandLine } from "./lpr.ts";

let line: CommandLine;
beforeAll(async () => {
  line = await openCommandLine();
  using alice = await line.agent.client("alice", "user");
  using bob = await line.agent.client("bob", "user");
  for (let index = 0; index < 120; index++) {
    await alice.run({ name: `many-${String(index).padStart(3, "0")}`, command: "true" });
  }
  await bob.run({ name: "of-bob", command: "true" });
  await alice.wait({ name: "many-119" });
});
afterAll(() => line[Symbol.asyncDispose]());

const namesOf = (out: string) => out.split("\n").filter(Boolean);

test("a table holds the 50 newest and says that there are more; --limit and --all change that", async () => {
  const table = await line.lpr("job", "list");
  expect(namesOf(table.out)).toHaveLength(51);
  expect(table.err).toBe("the 50 newest are shown; all of them: --all\n");
  const three = await line.lpr("job", "list", "-n", "3");
  expect(three.out).toMatch(/^NAME.*\nmany-119 .*\nmany-118 .*\nmany-117 .*\n$/);
  const all = await line.lpr("job", "list", "-a");
  expect(namesOf(all.out)).toHaveLength(121);
  expect(all.err).toBe("");
});

test("programs get all of them: names alone, and documents", async () => {
  expect(namesOf((await line.lpr("job", "list", "-q")).out)).toHaveLength(120);
  expect(JSON.parse((await line.lpr("job", "list", "-o", "json")).out)).toHaveLength(120);
  expect(await line.lpr("job", "list", "-q", "--label", "a=b")).toEqual({ code: 0, out: "", err: "" });
});

test("jobs are found by the beginning of their names and by tenant, and sorted", async () => {
  const admin = await line.envOf("root", "admin");
  const list = async (...argv: string[]) =>
    namesOf((await line.lprWith(admin, "job", "list", "-q", ...argv)).out);
  expect(await list("many-11", "--sort", "name", "--reverse")).toEqual(
    Array.from({ length: 10 }, (_, index) => `many-11${9 - index}`),
  );
  expect(await list("--tenant", "bob")).toEqual(["of-bob"]);
  expect(await list("--mine")).toEqual([]);
  expect(namesOf((await line.lpr("job", "list", "-qm", "--limit", "2")).out)).toEqual([
    "many-119",
    "many-118",
  ]);
});

test("what excludes each other is refused, all of it", async () => {
  const refused = await line.lpr(
    "job",
    "list",
    "-a",
    "-n",
    "1",
    "--mine",
    "--tenant",
    "x",
    "-q",
    "-o",
    "json",
  );
  expect(refused).toMatchObject({ code: 2, out: "" });
  expect(namesOf(refused.err)).toEqual([
    "lpr: --limit and --all exclude each other",
    "lpr: --mine and --tenant exclude each other",
    "lpr: --quiet prints names only: leave out --output json",
    "hint: lpr job list --help",
  ]);
});
