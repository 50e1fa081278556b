/** What the command line says about fleets where there is none. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type CommandLine, openCommandLine } from "./lpr.ts";

let line: CommandLine;
beforeAll(async () => {
  line = await openCommandLine();
});
afterAll(() => line[Symbol.asyncDispose]());

test.each([
  "job run --pool build -- true",
  "job run --pool build --follow --dry-run -- true",
  "job list --fleet",
  "job list --pool build",
  "job watch --fleet",
  "fleet pools",
])("lpr %s says that the agent is in no fleet, and what to do", async (words) => {
  expect(await line.lpr(...words.split(" "))).toEqual({
    code: 1,
    out: "",
    err:
      "lpr: this agent is in no fleet\n" +
      "hint: call an agent whose agent.yaml has a fleet section, or add one to this agent's and restart it\n",
  });
});

test.each(["fleet agents", "agent drain", "agent drain --wait"])("lpr %s is for admins", async (words) => {
  const { code, err } = await line.lpr(...words.split(" "));
  expect({ code, err }).toMatchObject({
    code: 1,
    err: expect.stringContaining("role user may not call"),
  });
});

test.each([
  ["job list --status pending", "--status pending needs --fleet"],
  ["job list --fleet --all-contexts", "--fleet and --all-contexts exclude each other"],
  ["job run --pool build --all-contexts -- true", "--pool and --all-contexts exclude each other"],
  ["agent drain --undo --wait", "--undo and --wait exclude each other"],
])("lpr %s makes no sense", async (words, problem) => {
  expect(await line.lpr(...words.split(" "))).toMatchObject({
    code: 2,
    err: expect.stringContaining(problem),
  });
});
