/** The audit log over the real wire: who did what, who was refused what. */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import type { AuditEntry, Client } from "../../src/client/index.ts";
import { toAuditResponse } from "../../src/rpc/convert/audit.ts";
import { jobService } from "../../src/rpc/schema.ts";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { testCerts } from "../helpers/certs.ts";
import { errorOf } from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

const sleeper = { command: "/bin/sleep", args: ["600"] };

/** Waits for as many entries, as refusals are written a moment after they were answered. */
async function entriesOf(admin: Client, count: number, filter: object = {}): Promise<readonly AuditEntry[]> {
  return until(async () => {
    const { entries } = await admin.audit(filter);
    return entries.length >= count ? entries : undefined;
  }, `the audit log has ${count} entries`);
}

const inShort = ({ tenant, action, jobName, outcome }: AuditEntry) =>
  `${tenant} ${action} ${jobName} ${outcome}`;

async function people(agent: TestAgent) {
  const stack = new DisposableStack();
  const alice = stack.use(await agent.client("alice", "user"));
  const bob = stack.use(await agent.client("bob", "user"));
  const admin = stack.use(await agent.client("root", "admin"));
  return { alice, bob, admin, [Symbol.dispose]: () => stack.dispose() };
}

test("every deed is on the log with who did it, by which certificate, from where, to which job", async () => {
  await using agent = await startAgent();
  using clients = await people(agent);
  const { alice, admin } = clients;
  const { id } = await alice.run({ name: "web", ...sleeper });
  await admin.signal({ name: "web", signal: "CONT", all: true });
  await alice.run({ name: "web", ...sleeper, ifExists: "attach" });
  await admin.stop({ name: "web", gracePeriodMs: 0 });
  await alice.remove({ name: "web" });
  const { entries } = await admin.audit();
  expect(entries.map(({ tenant, action, detail }) => [tenant, action, detail])).toEqual([
    ["alice", "Remove", ""],
    ["root", "Stop", "grace period 0 ms"],
    ["alice", "Run", "found the job there already: /bin/sleep with 1 argument, if-exists attach"],
    ["root", "Signal", "CONT to all processes"],
    ["alice", "Run", "/bin/sleep with 1 argument"],
  ]);
  const certs = await testCerts();
  const { cert } = await certs.client({ tenant: "alice", role: "user" });
  expect(entries.at(-1)).toEqual({
    ...{ sequence: 1, time: expect.any(Date), tenant: "alice", role: "user", action: "Run", outcome: "OK" },
    ...{ jobName: "web", jobId: id, detail: "/bin/sleep with 1 argument" },
    fingerprint: new X509Certificate(cert).fingerprint256.replaceAll(":", "").toLowerCase(),
    address: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
  });
});

test("neither environment nor arguments get anywhere into the log, its copy included", async () => {
  using dir = tempDir();
  await using agent = await startAgent({ audit: { file: dir.join("audit.jsonl") } });
  using clients = await people(agent);
  const { alice, admin } = clients;
  const secret = "hunter2-c0rrect-h0rse";
  const env = [`PASSWORD=${secret}`];
  await alice.run({ name: "web", command: "true", args: ["--password", secret], env });
  await errorOf(alice.run({ name: "web", command: "true", args: [secret], env }));
  await errorOf(alice.run({ name: "x", command: "true", args: [`${secret}\0`], env: [`${secret}`] }));
  await errorOf(
    alice.run({ name: "y", command: "true", workingDir: secret, labels: { [secret]: `${secret}\n` } }),
  );
  const entries = await entriesOf(admin, 4);
  expect(JSON.stringify(entries)).not.toContain(secret);
  const copy = readFileSync(dir.join("audit.jsonl"), "utf8");
  expect(copy.split("\n")).toHaveLength(5);
  expect(copy).not.toContain(secret);
});

test("refused calls are on the log; of somebody else's job it names the owner, whom the caller is not told", async () => {
  await using agent = await startAgent();
  using clients = await people(agent);
  const { alice, bob, admin } = clients;
  await alice.run({ name: "web", ...sleeper });
  const answers = await Promise.all([
    errorOf(bob.get({ name: "web" })),
    errorOf(bob.streamLogs({ name: "web" }).next()),
    errorOf(bob.stop({ name: "web" })),
    errorOf(bob.run({ name: "web", ...sleeper })),
    errorOf(bob.audit()),
    errorOf(bob.run({ name: "db", ...sleeper, user: "root" })),
    // Looking for what is not there is no refusal.
    errorOf(bob.get({ name: "nothere" })),
  ]);
  expect(JSON.stringify(answers.map(({ message, hint }) => [message, hint]))).not.toContain("alice");
  const entries = await entriesOf(admin, 7);
  expect(entries.map(inShort).toSorted()).toEqual([
    "alice Run web OK",
    "bob Audit  PERMISSION_DENIED",
    "bob Get web NOT_FOUND",
    "bob Run db PERMISSION_DENIED",
    "bob Run web ALREADY_EXISTS",
    "bob Stop web NOT_FOUND",
    "bob StreamLogs web NOT_FOUND",
  ]);
  expect(entries.find(({ action }) => action === "Get")?.detail).toBe("it belongs to alice");
  expect((await admin.audit({ refusedOnly: true, tenant: "bob", jobName: "web" })).entries).toHaveLength(4);
});

test("refused connections are on the log, by address and by certificate where there is one", async () => {
  await using agent = await startAgent();
  using admin = await agent.client();
  const certs = await testCerts();
  const hello = (options: object) =>
    new Promise<void>((resolve) => {
      const socket = connectTls({
        ...{ port: agent.port, host: "127.0.0.1", ca: certs.ca.cert },
        ...options,
      });
      socket.on("error", () => undefined).on("close", () => resolve());
    });
  await hello({ servername: "localhost", ALPNProtocols: ["h2"] });
  using nobody = await agent.client("mallory", "operator");
  await errorOf(nobody.info());
  const entries = await entriesOf(admin, 3);
  expect(entries.map(({ action, outcome, detail }) => [action, outcome, detail]).toSorted()).toEqual([
    ["Info", "UNAUTHENTICATED", expect.stringContaining('must be admin or user, got "operator"')],
    ["connect", "UNAUTHENTICATED", "no client certificate"],
    ["connect", "UNAUTHENTICATED", expect.stringContaining('must be admin or user, got "operator"')],
  ]);
  for (const { address, tenant } of entries) {
    expect(address).toStartWith("127.0.0.1:");
    expect(tenant).toBe("");
  }
  expect(entries.filter(({ fingerprint }) => /^[0-9a-f]{64}$/.test(fingerprint))).not.toEqual([]);
});

test("a flood of refusals fills a few entries, and none is forgotten when the agent ends", async () => {
  await using agent = await startAgent();
  using clients = await people(agent);
  const { bob, admin } = clients;
  await Promise.all(Array.from({ length: 1_000 }, () => errorOf(bob.audit())));
  await admin.run({ name: "web", command: "true" });
  const stateDir = agent.stateDir;
  await agent.shutdown();
  const database = new Database(join(stateDir, "lpr.db"), { readonly: true });
  const rows = database.query<{ detail: string }, []>("SELECT detail FROM audit WHERE tenant = 'bob'").all();
  database.close();
  expect(rows.map(({ detail }) => detail)).toEqual([
    ...Array(5).fill("role user may not call audit"),
    "and 995 more like it within a minute",
  ]);
});

test("a page of the log fits into one reply, and the pages together hold every entry once", async () => {
  await using agent = await startAgent();
  using clients = await people(agent);
  const { alice, admin } = clients;
  await alice.run({ name: "web", ...sleeper });
  const command = `/${"\u{1f600}".repeat(200)}`;
  for (let n = 0; n < 60; n++) await errorOf(admin.run({ generateName: true, name: "x", command }));
  for (let n = 0; n < 60; n++) await admin.signal({ name: "web", signal: "CONT" });
  const seen: number[] = [];
  const sizes: number[] = [];
  let pageToken: string | undefined;
  do {
    const page = await admin.audit({ pageToken });
    sizes.push(jobService.audit.responseSerialize(toAuditResponse(page)).length);
    seen.push(...page.entries.map(({ sequence }) => sequence));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  expect(seen).toEqual(Array.from({ length: seen.length }, (_, n) => seen.length - n));
  expect(seen.length).toBeGreaterThanOrEqual(121);
  // Nearly full, and never more than the wire takes.
  expect(Math.max(...sizes)).toBeWithin(31 * 1024, 32 * 1024 + 256);
});
