import { expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { identify } from "../../src/agent/identity.ts";
import { testCerts } from "../helpers/certs.ts";

function peerOf({ cert }: { cert: string }): X509Certificate {
  return new X509Certificate(cert);
}

const certs = await testCerts();

test.each([
  ["alice", "user"],
  ["root", "admin"],
  ["zoë müller-lüdenscheidt", "user"],
  ['a+O=admin,x"y\\', "user"],
])("tenant %j with role %s is who the certificate names", async (tenant, role) => {
  const caller = identify(peerOf(await certs.client({ tenant, role })));
  expect(caller).toMatchObject({ tenant, role, certificateExpiresAt: new Date("2099-12-31T00:00:00Z") });
  expect(caller.fingerprint).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ["client without tenant", "the client certificate has no common name (CN)"],
  ["client with two tenants", "the client certificate has several common names (CN)"],
  ["client without role", "must be admin or user, got none"],
  ["client with two roles", 'must be admin or user, got ["user","admin"]'],
  ["client of unknown role", 'must be admin or user, got "operator"'],
  ["client that is a server", "lacks the extended key usage clientAuth"],
  ["client without usage", "lacks the extended key usage clientAuth"],
] as const)("a %s is nobody: %s", async (kind, message) => {
  const peer = peerOf(await certs.odd(kind));
  expect(() => identify(peer)).toThrow(expect.objectContaining({ code: "UNAUTHENTICATED" }) as never);
  expect(() => identify(peer)).toThrow(message);
});

test.each(["a\nO=admin", "a\u001b[31m", "a\u202eb", "alice\u3164", "alice\ufe0f", " alice", "alice "])(
  "the tenant name %j is refused",
  async (tenant) => {
    const peer = peerOf(await certs.client({ tenant }));
    expect(() => identify(peer)).toThrow("printable characters");
  },
);

test("a role that nobody knows is told in characters that move no cursor", async () => {
  const peer = peerOf(await certs.client({ role: "\u009b31m\u202enimda" }));
  expect(() => identify(peer)).toThrow('got "\\u009b31m\\u202enimda"');
});
