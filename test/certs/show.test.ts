import { expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { describe as describePem } from "../../src/cli/certs/describe.ts";
import { defaultDir } from "../../src/cli/certs/locate.ts";
import { readInfos } from "../../src/cli/certs/read.ts";
import { renderCertificates } from "../../src/cli/certs/render.ts";
import { encryptKey, type OddCertificate, testCerts } from "../helpers/certs.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { recipeOutput } from "./recipe.ts";

const now = new Date("2026-11-24T12:00:00Z");

async function infoOf(kind: OddCertificate) {
  const certs = await testCerts();
  const { cert } = await certs.odd(kind);
  const [info] = describePem({
    file: "f.pem",
    pem: cert,
    authority: new X509Certificate(certs.ca.cert),
    now,
  });
  return info;
}

test("a client's certificate shows its tenant, its role and its authority", async () => {
  const certs = await testCerts();
  const client = await certs.client({ tenant: "alice", role: "admin" });
  const authority = new X509Certificate(certs.ca.cert);
  const infos = describePem({ file: "f.pem", pem: client.cert, keyPem: client.key, authority, now });
  expect(infos).toEqual([
    {
      file: "f.pem",
      kind: "client",
      subject: "O=admin, CN=alice",
      tenant: "alice",
      role: "admin",
      issuer: "CN=LPR test CA",
      serial: expect.stringMatching(/^[0-9A-F]+$/),
      validFrom: "2020-01-01T00:00:00.000Z",
      validTo: "2099-12-31T00:00:00.000Z",
      daysLeft: 26_699,
      hosts: [],
      usages: ["clientAuth"],
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      key: "unencrypted",
      issuedByAuthority: true,
    },
  ]);
});

test("an agent's certificate shows the hosts it is for", async () => {
  const { agent } = await testCerts();
  const [info] = describePem({ file: "f.pem", pem: agent.cert, now });
  expect(info).toMatchObject({
    kind: "agent",
    hosts: ["localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"],
    usages: ["serverAuth"],
    key: "absent",
  });
  expect(info).not.toHaveProperty("issuedByAuthority");
});

test("an authority of the same name that has not signed it is told apart", async () => {
  expect(await infoOf("client of another CA")).toMatchObject({
    issuer: "CN=LPR test CA",
    issuedByAuthority: false,
  });
});

test("days left count down to an end, and below it when it has passed", async () => {
  expect((await infoOf("expired client"))?.daysLeft).toBe(-2489);
  const shown = async (kind: OddCertificate) =>
    renderCertificates([(await infoOf(kind)) ?? expect.unreachable()]);
  expect(await shown("expired client")).toContain("2020-02-01T00:00:00.000Z (EXPIRED 2489 days ago)");
  expect(await shown("client of another CA")).toContain("(NOT this authority)");
});

test("every certificate of a combined file is shown, the key with the first", async () => {
  const certs = await testCerts();
  const { combinedPath } = await certs.client();
  const infos = describePem({ file: combinedPath, pem: readFileSync(combinedPath, "utf8"), now });
  expect(infos.map(({ kind, key }) => [kind, key])).toEqual([
    ["client", "unencrypted"],
    ["authority", "absent"],
  ]);
});

test("a key beside the certificate is found, and whether it is encrypted", async () => {
  using dir = tempDir();
  const { cert, key } = await (await testCerts()).client();
  writeFileSync(dir.join("me.pem"), cert);
  writeFileSync(dir.join("me-key.pem"), encryptKey(key, "long enough"));
  const [info] = readInfos({ dir: dir.path, files: [dir.join("me.pem")], now });
  expect(info?.key).toBe("encrypted");
});

test("every file that holds no certificate is named", () => {
  using dir = tempDir();
  writeFileSync(dir.join("text"), "nothing of the kind");
  writeFileSync(dir.join("broken"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  const files = ["text", "broken", "missing"].map((name) => dir.join(name));
  const error = (() => {
    try {
      return readInfos({ dir: dir.path, files, now });
    } catch (error) {
      return String(error);
    }
  })();
  expect(error).toContain(`${files[0]} holds no certificate; ${files[1]} cannot be read: `);
  expect(error).toContain(`${files[2]} cannot be read: ENOENT`);
});

test("names that could move a terminal's cursor are made harmless", async () => {
  const client = await (await testCerts()).client({ tenant: "a\u001b[2Jb", role: "user" });
  const [info] = describePem({ file: "f.pem", pem: client.cert, now });
  expect(info?.tenant).toBe("a?[2Jb");
  expect(renderCertificates(info ? [info] : [])).not.toContain("\u001b");
});

test("the command line and the recipe agree on where certificates are kept", async () => {
  const env = { HOME: process.env["HOME"] ?? "/", XDG_CONFIG_HOME: process.env["XDG_CONFIG_HOME"] ?? "" };
  expect(await recipeOutput(["--help"], { env })).toContain(`(default: ${defaultDir()})`);
});
