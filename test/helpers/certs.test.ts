import { expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { type OddCertificate, testCerts } from "./certs.ts";

test("every test certificate is made once and carries what its name says", async () => {
  const certs = await testCerts();
  const parse = async (kind: OddCertificate) => new X509Certificate((await certs.odd(kind)).cert);

  const client = new X509Certificate((await certs.client({ tenant: "a/b, c+d", role: "admin" })).cert);
  expect(client.toLegacyObject().subject).toMatchObject({ CN: "a/b, c+d", O: "admin" });
  expect(client.checkIssued(new X509Certificate(certs.ca.cert))).toBe(true);
  expect(await certs.client()).toBe(await certs.client({ tenant: "alice", role: "user" }));

  expect(new X509Certificate(certs.agent.cert).checkIP("::1")).toBe("::1");
  expect((await parse("agent without addresses")).checkIP("127.0.0.1")).toBeUndefined();
  expect(new Date((await parse("expired client")).validTo).getTime()).toBeLessThan(Date.now());
  expect((await parse("client with two tenants")).toLegacyObject().subject.CN as unknown).toEqual([
    "alice",
    "bob",
  ]);
  expect((await parse("client without role")).toLegacyObject().subject.O).toBeUndefined();
  expect((await parse("client of another CA")).verify(new X509Certificate(certs.ca.cert).publicKey)).toBe(
    false,
  );
});
