import { expect, test } from "bun:test";
import type { Client } from "../../src/client/index.ts";
import { startAgent } from "../helpers/agent.ts";
import { errorOf } from "../helpers/job-service.ts";

const sh = (name: string, script: string) => ({ name, command: "/bin/sh", args: ["-c", script] });

async function outputOf(client: Client, name: string): Promise<string> {
  const chunks = await Array.fromAsync(client.streamLogs({ name }));
  return Buffer.concat(chunks.map((chunk) => chunk.output)).toString();
}

test("a job runs, is followed, waited for, shown and listed", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  const { id, name } = await client.run({
    ...sh("foo", 'echo "$A $PWD"; exit 3'),
    env: ["A=b"],
    workingDir: "/tmp",
  });
  expect(name).toBe("foo");
  expect(await outputOf(client, "foo")).toBe("b /tmp\n");
  const job = await client.wait({ name });
  expect(job.state).toMatchObject({ status: "FAILED", reason: "EXITED", exitCode: 3 });
  expect(job).toMatchObject({ id, createdBy: "root", command: "/bin/sh", workingDir: "/tmp", logBytes: 7 });
  expect(await client.get({ name, jobId: id })).toEqual(job);
  expect((await client.list()).jobs).toEqual([job]);
  expect((await client.list({ statuses: ["SUCCEEDED"] })).jobs).toEqual([]);
});

test("stop tells how the job ended, and who stopped it is kept", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  await client.run(sh("stubborn", "trap '' TERM; while :; do sleep 1; done"));
  await client.run({ name: "plain", command: "/bin/sleep", args: ["60"] });
  expect(await client.stop({ name: "stubborn", gracePeriodMs: 0 })).toEqual({
    status: "FAILED",
    exitCode: 137,
  });
  expect(await client.stop({ name: "plain" })).toEqual({ status: "FAILED", exitCode: 143 });
  const { state } = await client.get({ name: "plain" });
  expect(state).toMatchObject({ reason: "STOPPED", causedBy: "root", signal: "SIGTERM" });
});

test("errors of the library arrive with code, message and every problem", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  const bad = await errorOf(client.run({ name: "../x", command: "", env: ["NOEQ"] }));
  expect(bad.code).toBe("INVALID_INPUT");
  for (const field of ["name", "command", "env"]) expect(bad.message).toContain(field);
  expect(await errorOf(client.run({ name: "foo", command: "/no/such" }))).toMatchObject({
    code: "COMMAND_NOT_FOUND",
  });
  await client.run({ name: "foo", command: "true" });
  expect(await errorOf(client.run({ name: "foo", command: "true" }))).toMatchObject({ code: "NAME_TAKEN" });
  expect((await errorOf(client.stop({ name: "foo", gracePeriodMs: -5 }))).message).toContain("gracePeriodMs");
  expect(await errorOf(client.get({ name: "foo", jobId: "another" }))).toMatchObject({
    code: "JOB_NOT_FOUND",
  });
});

test("a user sees and stops its own jobs, and those of others are not there", async () => {
  await using agent = await startAgent();
  using admin = await agent.client();
  using alice = await agent.client("alice", "user");
  using bob = await agent.client("bob", "user");
  await admin.run({ name: "hers", command: "/bin/sleep", args: ["60"] });
  await alice.run({ name: "mine", command: "/bin/sleep", args: ["60"] });

  const namesOf = async (client: Client, createdBy?: string) =>
    (await client.list({ createdBy })).jobs.map(({ name }) => name);
  expect(await namesOf(admin)).toEqual(["mine", "hers"]);
  expect(await namesOf(alice)).toEqual(["mine"]);
  expect(await namesOf(alice, "root")).toEqual([]);
  expect(await namesOf(bob)).toEqual([]);

  const calls: ((name: string) => Promise<unknown>)[] = [
    (name) => alice.get({ name }),
    (name) => alice.stop({ name }),
    (name) => alice.wait({ name }),
    (name) => alice.streamLogs({ name }).next(),
  ];
  for (const call of calls) {
    const failure = (name: string) =>
      call(name).then(
        () => "no failure",
        (error: { code: string; message: string; hint: string }) => {
          return { code: error.code, message: error.message.replace(name, "NAME"), hint: error.hint };
        },
      );
    expect(await failure("hers")).toMatchObject({ code: "JOB_NOT_FOUND" });
    expect(await failure("hers")).toEqual(await failure("nothere"));
  }
  expect((await admin.get({ name: "hers" })).state.status).toBe("RUNNING");
  expect(await admin.stop({ name: "mine" })).toMatchObject({ status: "FAILED" });
});

test.skipIf(process.getuid?.() !== 0)(
  "under a root agent jobs of role user have a uid of their tenant's own, those of admins are root's",
  async () => {
    await using agent = await startAgent();
    const uids: string[] = [];
    for (const [tenant, role] of [
      ["root", "admin"],
      ["alice", "user"],
      ["bob", "user"],
      ["alice", "user"],
    ] as const) {
      using client = await agent.client(tenant, role);
      const name = `id${uids.length}`;
      await client.run({ name, command: "id", args: ["-u"] });
      uids.push((await outputOf(client, name)).trim());
    }
    expect(uids[0]).toBe("0");
    expect(uids[1]).toMatch(/^7\d{4}$/);
    expect(uids[2]).toMatch(/^7\d{4}$/);
    expect(uids[2]).not.toBe(uids[1] as string);
    expect(uids[3]).toBe(uids[1] as string);
  },
);

test("an agent that cannot keep tenants apart refuses role user, and says why", async () => {
  await using agent = await startAgent({ isRoot: false, sharedAccount: false });
  using alice = await agent.client("alice", "user");
  using admin = await agent.client();
  expect(await errorOf(alice.run({ name: "foo", command: "true" }))).toMatchObject({
    code: "PERMISSION_DENIED",
    message: expect.stringContaining("does not run as root"),
    hint: expect.stringContaining("--shared-account"),
  });
  expect(await errorOf(alice.info())).toMatchObject({ code: "PERMISSION_DENIED" });
  expect(await admin.list()).toEqual({ jobs: [] });
});

test("with --shared-account it accepts role user, as the agent's own account", async () => {
  await using agent = await startAgent({ isRoot: false, sharedAccount: true });
  using alice = await agent.client("alice", "user");
  await alice.run({ name: "foo", command: "id", args: ["-u"] });
  expect(await outputOf(alice, "foo")).toBe(`${process.getuid?.()}\n`);
});

test("info tells about the agent and who one is to it", async () => {
  await using agent = await startAgent();
  using alice = await agent.client("alice", "user");
  await alice.run({ name: "foo", command: "/bin/sleep", args: ["60"] });
  expect(await alice.info()).toMatchObject({
    ...{ tenant: "alice", role: "user", runningJobs: 1 },
    clientCertificateExpiresAt: new Date("2099-12-31T00:00:00Z"),
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  });
});

test("what goes wrong inside stays inside: the caller gets an id that the agent's log has too", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  const { id } = await client.run({ name: "foo", command: "true" });
  await client.wait({ name: "foo" });
  // The log's directory becomes a file, which nobody expects.
  const { rmSync, writeFileSync } = await import("node:fs");
  rmSync(`${agent.stateDir}/jobs/${id}`, { recursive: true });
  writeFileSync(`${agent.stateDir}/jobs/${id}`, "");
  const error = await errorOf(client.streamLogs({ name: "foo" }).next());
  expect(error.code).toBe("INTERNAL");
  expect(error.message).toMatch(/^the agent failed to do this \(error [0-9a-f]{8}\)$/);
  const reported = error.message.slice(-9, -1);
  expect(agent.logged.filter((line) => line.includes(reported) && line.includes("ENOTDIR"))).toHaveLength(1);
});
