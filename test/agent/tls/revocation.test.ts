import { expect, test } from "bun:test";
import { type Client, connect } from "../../../src/client/index.ts";
import { startAgent, type TestAgent } from "../../helpers/agent.ts";
import { type TestCertificate, testCerts } from "../../helpers/certs.ts";
import { errorOf } from "../../helpers/job-service.ts";
import { type Authority, createAuthority } from "../../helpers/pki.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { until } from "../../helpers/until.ts";

/** A client of this certificate, with what is between it and the root. */
async function clientOf(
  agent: TestAgent,
  { cert, key }: TestCertificate,
  below?: Authority,
): Promise<Client & Disposable> {
  const { ca } = await testCerts();
  const client = connect({ address: agent.address, ca: ca.cert, cert: cert + (below?.cert ?? ""), key });
  return { ...client, [Symbol.dispose]: () => client.close() };
}

/** A root, an intermediate CA, and a client of each. */
async function hierarchyIn(dir: string) {
  const root = await createAuthority(dir, "root");
  const branch = await root.intermediate("branch");
  const [ofRoot, ofBranch] = [
    await root.issue({ subject: "/O=admin/CN=rooty" }),
    await branch.issue({ subject: "/O=admin/CN=twig" }),
  ];
  return { root, branch, ofRoot, ofBranch };
}

test("a client of an intermediate CA gets in with that CA's certificate behind its own, and not without", async () => {
  using dir = tempDir();
  const { root, branch, ofBranch } = await hierarchyIn(dir.path);
  await using agent = await startAgent({ ca: root.cert });
  using complete = await clientOf(agent, ofBranch, branch);
  using incomplete = await clientOf(agent, ofBranch);
  expect((await complete.info()).tenant).toBe("twig");
  expect((await errorOf(incomplete.info())).code).toBe("UNAUTHENTICATED");
});

test("an agent may itself have a certificate of an intermediate CA, and send that CA's along", async () => {
  using dir = tempDir();
  const { root, branch } = await hierarchyIn(dir.path);
  const own = await branch.issue({ subject: "/CN=localhost", usage: "serverAuth" });
  await using agent = await startAgent({ certificate: { ...own, cert: own.cert + branch.cert } });
  const { cert, key } = await (await testCerts()).client();
  const client = connect({ address: agent.address, ca: root.cert, cert, key });
  expect((await client.info()).tenant).toBe("alice");
  client.close();
});

test("a client on the list of its intermediate CA is refused, its neighbour is not", async () => {
  using dir = tempDir();
  const { root, branch, ofBranch, ofRoot } = await hierarchyIn(dir.path);
  const neighbour = await branch.issue({ subject: "/O=admin/CN=leaf" });
  const crl = (await root.crl()) + (await branch.crl({ revoked: [ofBranch] }));
  await using agent = await startAgent({ ca: root.cert + branch.cert, crl });
  using revoked = await clientOf(agent, ofBranch, branch);
  using beside = await clientOf(agent, neighbour, branch);
  using above = await clientOf(agent, ofRoot);
  expect(await errorOf(revoked.info())).toMatchObject({
    code: "UNAUTHENTICATED",
    message: "the client certificate has been revoked",
  });
  expect((await beside.info()).warnings).toEqual([]);
  expect((await above.info()).tenant).toBe("rooty");
});

test("a call that is refused, as its certificate is, is on the audit log with whose that was", async () => {
  using dir = tempDir();
  const { root, ofRoot } = await hierarchyIn(dir.path);
  const admin = await root.issue({ subject: "/O=admin/CN=boss" });
  await using agent = await startAgent({ ca: root.cert, crl: await root.crl({ revoked: [ofRoot] }) });
  using revoked = await clientOf(agent, ofRoot);
  using boss = await clientOf(agent, admin);
  await errorOf(revoked.remove({ name: "web" }));
  const [entry] = await until(async () => {
    const { entries } = await boss.audit({ action: "Remove" });
    return entries.length > 0 ? entries : undefined;
  }, "the refusal is on the audit log");
  expect(entry).toMatchObject({ tenant: "rooty", role: "admin", outcome: "UNAUTHENTICATED", jobName: "web" });
  expect(entry?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
});

test("when an intermediate CA itself is revoked, so is everybody below it", async () => {
  using dir = tempDir();
  const { root, branch, ofBranch, ofRoot } = await hierarchyIn(dir.path);
  await using agent = await startAgent({ ca: root.cert, crl: await root.crl({ revoked: [branch] }) });
  using below = await clientOf(agent, ofBranch, branch);
  using above = await clientOf(agent, ofRoot);
  expect((await errorOf(below.info())).message).toBe("a CA of the client certificate has been revoked");
  expect((await above.info()).tenant).toBe("rooty");
});

test("an intermediate CA without a list locks nobody out, and does not go unnoticed", async () => {
  using dir = tempDir();
  const { root, branch, ofBranch } = await hierarchyIn(dir.path);
  await using agent = await startAgent({ ca: root.cert, crl: await root.crl() });
  using client = await clientOf(agent, ofBranch, branch);
  const missing = "there is no revocation list of the CA branch: what it has revoked is not known";
  expect((await client.info()).warnings).toEqual([missing]);
  await agent.reload();
  expect(agent.logged).toContain(`warn ${missing}`);
});

test("a list that is out of date still keeps out whom it names, locks out nobody else, and is warned about", async () => {
  using dir = tempDir();
  const { root, ofRoot } = await hierarchyIn(dir.path);
  const mallory = await root.issue({ subject: "/O=user/CN=mallory" });
  const past = { from: new Date("2026-01-01T00:00:00Z"), to: new Date("2026-02-01T00:00:00Z") };
  await using agent = await startAgent({
    ca: root.cert,
    crl: await root.crl({ revoked: [mallory], ...past }),
  });
  using valid = await clientOf(agent, ofRoot);
  using revoked = await clientOf(agent, mallory);
  const warning =
    "the revocation list of the CA root is out of date since 2026-02-01T00:00:00.000Z: what it has revoked since then is not known";
  expect((await valid.info()).warnings).toEqual([warning]);
  expect(agent.logged).toContain(`warn ${warning}`);
  expect((await errorOf(revoked.info())).message).toBe("the client certificate has been revoked");
});

test("with --stale-crl refuse, clients of a CA whose list is missing or out of date are told so", async () => {
  using dir = tempDir();
  const { root, branch, ofBranch, ofRoot } = await hierarchyIn(dir.path);
  const past = { from: new Date("2026-01-01T00:00:00Z"), to: new Date("2026-02-01T00:00:00Z") };
  await using agent = await startAgent({ ca: root.cert, crl: await root.crl(past), staleCrl: "refuse" });
  using above = await clientOf(agent, ofRoot);
  using below = await clientOf(agent, ofBranch, branch);
  expect((await errorOf(above.info())).message).toBe("the revocation list of its CA root is out of date");
  expect((await errorOf(below.info())).message).toBe("there is no revocation list of its CA branch");
  expect(agent.logged.join("\n")).toContain("its clients are refused");
});

test("with --stale-crl refuse, and no list at all, nobody gets in, and whoever runs the agent hears why", async () => {
  using dir = tempDir();
  const { root, ofRoot } = await hierarchyIn(dir.path);
  await using agent = await startAgent({ ca: root.cert, staleCrl: "refuse" });
  using client = await clientOf(agent, ofRoot);
  expect((await errorOf(client.info())).message).toBe("there is no revocation list of its CA root");
  expect(agent.logged.join("\n")).toContain("its clients are refused");
});

test("a list that cannot be verified, or not read, is refused at the start, each for its own reason", async () => {
  using dir = tempDir();
  const { root, branch } = await hierarchyIn(dir.path);
  const impostor = await createAuthority(`${dir.path}/else`, "root");
  const lists = [await branch.crl(), await impostor.crl(), damaged(await root.crl())];
  const { message } = await errorOf(startAgent({ ca: root.cert, crl: lists.join("") }));
  expect(message).toContain(
    "(list 1) is of a CA that is neither in --ca nor behind the certificate in --cert",
  );
  expect(message).toContain("(list 2) claims to be of the CA root, which has not signed it");
  expect(message).toContain("(list 3) cannot be read");
});

test("of two lists of a CA the newer one counts, whichever comes first", async () => {
  using dir = tempDir();
  const { root, ofRoot } = await hierarchyIn(dir.path);
  const older = await root.crl({ from: new Date("2026-01-01T00:00:00Z") });
  const newer = await root.crl({ revoked: [ofRoot] });
  for (const crl of [older + newer, newer + older]) {
    await using agent = await startAgent({ ca: root.cert, crl });
    using client = await clientOf(agent, ofRoot);
    expect((await errorOf(client.info())).message).toContain("has been revoked");
  }
});

/** The same with its middle cut out. */
function damaged(pem: string): string {
  const lines = pem.trimEnd().split("\n");
  return `${[...lines.slice(0, 2), ...lines.slice(-2)].join("\n")}\n`;
}
