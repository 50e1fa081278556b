import { expect, test } from "bun:test";
import { accountFor, readRunAs } from "../../src/agent/run-as.ts";
import { findAccount } from "../../src/job/index.ts";
import { startAgent } from "../helpers/agent.ts";
import { errorOf } from "../helpers/job-service.ts";

const root = { isRoot: true };
const nobody = findAccount("nobody");
const user = { role: "user" } as const;
const admin = { role: "admin" } as const;

test("accounts of roles are looked up, and what is wrong with them is told at once", () => {
  const issues: string[] = [];
  expect(readRunAs({ user: "nobody" }, root, issues)).toEqual(nobody ? { user: nobody } : {});
  expect(issues).toEqual([]);
  readRunAs({ admin: "no such account", user: "root" }, root, issues);
  expect(issues).toEqual([
    'roles.admin.run-as must be an account of the host, got "no such account"',
    "roles.user.run-as must not be root: whoever may run jobs as root gets a certificate of role admin",
  ]);
  issues.length = 0;
  readRunAs({ user: "nobody" }, { isRoot: false }, issues);
  expect(issues.join()).toContain("roles.user.run-as needs an agent that is root");
});

test("a role runs as its account, and as the usual one where it has none", () => {
  const account = { ...(nobody ?? findAccount("root")) } as NonNullable<typeof nobody>;
  const none = { ownAccounts: true, runAs: {} };
  expect(accountFor(undefined, user, none)).toBe("tenant");
  expect(accountFor(undefined, admin, none)).toBeUndefined();
  expect(accountFor(undefined, user, { ...none, ownAccounts: false })).toBeUndefined();
  const configured = { ownAccounts: true, runAs: { user: account, admin: account } };
  expect(accountFor(undefined, user, configured)).toBe(account);
  expect(accountFor(undefined, admin, configured)).toBe(account);
  // What an admin asks for wins; a user may ask for nothing.
  expect(accountFor("root", admin, configured)).toMatchObject({ uid: 0 });
  expect(() => accountFor("nobody", user, configured)).toThrow("may not choose the account");
});

test.skipIf(process.getuid?.() !== 0 || nobody === undefined)(
  "jobs run as the account of their role from the reload on that names it",
  async () => {
    await using agent = await startAgent();
    using client = await agent.client("alice", "user");
    const uidOf = async (name: string) => {
      await client.run({ name, command: "/usr/bin/id", args: ["-u"] });
      let output = "";
      for await (const chunk of client.streamLogs({ name })) output += Buffer.from(chunk.output).toString();
      return Number(output);
    };
    expect(await uidOf("before")).toBeGreaterThanOrEqual(70_000);
    expect((await agent.reload({ runAs: nobody ? { user: nobody } : {} })).changed).toEqual(["roles"]);
    expect(await uidOf("after")).toBe(nobody?.uid ?? -1);
  },
);

test("an agent listens on all of its addresses, or does not start", async () => {
  const anywhere = { host: "127.0.0.1", port: 0 };
  await using agent = await startAgent({ listen: [anywhere, { host: "[::1]", port: 0 }] });
  const [, second] = /serves on 127\.0\.0\.1:\d+, \[::1\]:(\d+),/.exec(agent.logged.join("\n")) ?? [];
  expect(Number(second)).toBeGreaterThan(0);
  expect(second).not.toBe(String(agent.port));
  const taken = { host: "127.0.0.1", port: agent.port };
  expect((await errorOf(startAgent({ listen: [anywhere, taken] }))).message).toContain(
    `cannot listen on 127.0.0.1:${agent.port}`,
  );
});
