import { describe, expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { agentObjection } from "../../src/agent/fleet/trust.ts";
import { readRevocation } from "../../src/agent/tls/revocation.ts";
import { type AgentProof, AgentSeals } from "../../src/fleet/seal.ts";
import type { AgentKey, Sealed } from "../../src/fleet/types.ts";
import { createAuthority } from "../helpers/pki.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const dir = tempDir();
const root = await createAuthority(dir.path, "root");
const stranger = await createAuthority(dir.path, "stranger");
const between = await root.intermediate("between");
const day = 86_400_000;
const agents = {
  good: await root.issue({ usage: "serverAuth", subject: "/CN=localhost" }),
  below: await between.issue({ usage: "serverAuth", subject: "/CN=localhost" }),
  expired: await root.issue({
    ...{ usage: "serverAuth", subject: "/CN=localhost" },
    ...{ validFrom: new Date(Date.now() - 2 * day), validTo: new Date(Date.now() - day) },
  }),
  client: await root.issue({ usage: "clientAuth", subject: "/O=admin/CN=localhost" }),
  stranger: await stranger.issue({ usage: "serverAuth", subject: "/CN=localhost" }),
};
const authorities = [new X509Certificate(root.cert)];
const nobody = readRevocation({ pem: undefined, name: "list", authorities, onStale: "serve" }, []);
const crl = await root.crl({ revoked: [agents.good] });
const revoked = readRevocation({ pem: crl, name: "list", authorities, onStale: "serve" }, []);

function objectionTo(cert: string, agent = "localhost", revocation = nobody): string | undefined {
  return agentObjection(cert, agent, { authorities, revocation }, new Date());
}

describe("an agent of the fleet is believed", () => {
  test("by its own certificate, and by one of a CA below the root", () => {
    expect(objectionTo(agents.good.cert)).toBeUndefined();
    expect(objectionTo(agents.below.cert + between.cert)).toBeUndefined();
    expect(objectionTo(agents.below.cert + stranger.cert + between.cert)).toBeUndefined();
  });

  test("for what it is, and no further", () => {
    expect(objectionTo(agents.good.cert, "other")).toBe("its certificate is not for the name other");
    expect(objectionTo(agents.client.cert)).toBe("its certificate is not for an agent");
    expect(objectionTo(agents.expired.cert)).toBe("the certificate of localhost is not valid now");
    expect(objectionTo(agents.good.cert, "localhost", revoked)).toBe("the certificate has been revoked");
    const unknown = "its certificate is not of a CA that this agent trusts";
    expect(objectionTo(agents.stranger.cert)).toBe(unknown);
    expect(objectionTo(agents.stranger.cert + root.cert)).toBe(unknown);
    expect(objectionTo(agents.below.cert)).toBe(unknown);
    // A certificate that is no CA's signs nothing, whatever it says.
    expect(objectionTo(agents.stranger.cert + agents.good.cert)).toBe(unknown);
    expect(objectionTo("")).toContain("not a PEM text");
  });
});

/** Where agents publish their keys; the hostile may write there as well. */
const published = new Map<string, AgentKey>();

function open(
  certificate: { readonly cert: string; readonly key: string },
  agent = "localhost",
): Promise<AgentSeals> {
  return AgentSeals.open({
    agent,
    proof: (): AgentProof => ({ certificates: certificate.cert, key: certificate.key }),
    objection: objectionTo,
    fetchKey: async (key) => published.get(key),
    publishKey: async (key, value) => void published.set(key, { ...value, write: "w" }),
    validMs: day,
  });
}

describe("a seal", () => {
  test("is believed by another agent, and tells who made it", async () => {
    const [one, other] = [await open(agents.good), await open(agents.good)];
    const body = JSON.stringify({ tenant: "älice", role: "user" });
    expect(await other.verify(one.seal(body))).toEqual({ agent: "localhost", body });
  });

  test("is worth nothing once anything of it is changed", async () => {
    const seals = await open(agents.good);
    const sealed = seals.seal('{"role":"user"}');
    const forged: Sealed[] = [
      { ...sealed, body: '{"role":"admin"}' },
      { ...sealed, body: `${sealed.body} ` },
      { ...sealed, signature: "" },
      { ...sealed, signature: flipped(sealed.signature) },
      { ...sealed, signature: seals.seal("{}").signature },
      { ...sealed, key: (await open(agents.good)).seal("").key },
      { ...sealed, key: "localhost.>" },
      { ...sealed, key: `localhost.${"0".repeat(32)}` },
    ];
    for (const each of forged) {
      expect(await refusal(seals, each)).toStartWith("nobody can be believed about this: ");
    }
    expect((await seals.verify(sealed)).body).toBe(sealed.body);
  });

  test("is worth nothing with any one byte of it or of its key changed", async () => {
    const [victim, reader] = [await open(agents.good), await open(agents.good)];
    const sealed = victim.seal('{"role":"user"}');
    for (let at = 0; at < sealed.body.length; at += 1) {
      const body = changedAt(sealed.body, at);
      expect(await refusal(reader, { ...sealed, body })).toContain("it is not what localhost has sealed");
    }
    const raw = Buffer.from(sealed.signature, "base64");
    for (let at = 0; at < raw.length; at += 1) {
      const signature = Buffer.from(raw.map((byte, index) => (index === at ? byte ^ 1 : byte)));
      expect(await refusal(reader, { ...sealed, signature: signature.toString("base64") })).toContain(
        "it is not what localhost has sealed",
      );
    }
    const key = published.get(sealed.key);
    if (!key) throw new Error("nothing is published");
    // Each reader anew: one remembers a key that it has found good.
    for (const field of ["agent", "notAfter", "certificates"] as const) {
      for (let at = 0; at < key[field].length; at += field === "certificates" ? 97 : 1) {
        published.set(sealed.key, { ...key, [field]: changedAt(key[field], at) });
        expect(await refusal(await open(agents.good), sealed)).toStartWith("nobody can be believed");
      }
    }
    published.set(sealed.key, key);
    expect((await (await open(agents.good)).verify(sealed)).agent).toBe("localhost");
  });

  test("of who has no certificate of an agent is refused, whatever is published", async () => {
    const seals = await open(agents.good);
    for (const certificate of [agents.client, agents.stranger, agents.expired]) {
      expect(await refusal(seals, (await open(certificate)).seal("{}"))).toContain(
        "localhost sealed it, but ",
      );
    }
    expect(await refusal(seals, (await open(agents.good, "other")).seal("{}"))).toContain(
      "not for the name other",
    );
  });

  test("is refused by a key that is changed, borrowed, old, or lies under another name", async () => {
    const [victim, reader] = [await open(agents.good), await open(agents.good)];
    const hostile = await open(agents.stranger);
    const { key } = victim.seal("{}");
    const [own, others] = [published.get(hostile.seal("{}").key), published.get(key)];
    if (!own || !others) throw new Error("nothing is published");
    // Another's certificate around one's own key, under any name.
    const borrowed = { ...own, certificates: others.certificates };
    published.set(hostile.seal("{}").key, borrowed);
    expect(await refusal(reader, hostile.seal("{}"))).toContain("is not signed by the agent's certificate");
    published.set(key, { ...others, notAfter: "2099-01-01T00:00:00.000Z" });
    expect(await refusal(reader, victim.seal("{}"))).toContain("is not signed by the agent's certificate");
    published.set(key, { ...others, notAfter: "2020-01-01T00:00:00.000Z" });
    expect(await refusal(reader, victim.seal("{}"))).toContain("has expired");
    published.set(key, own);
    expect(await refusal(reader, victim.seal("{}"))).toContain("under another's name");
    published.set(key, others);
    expect((await reader.verify(victim.seal("{}"))).agent).toBe("localhost");
  });

  test("is made with another key when the certificate is another", async () => {
    let certificate = agents.good;
    const seals = await AgentSeals.open({
      agent: "localhost",
      proof: () => ({ certificates: certificate.cert, key: certificate.key }),
      objection: objectionTo,
      fetchKey: async (key) => published.get(key),
      publishKey: async (key, value) => void published.set(key, { ...value, write: "w" }),
      validMs: day,
    });
    const before = seals.seal("{}");
    await seals.renew();
    expect(seals.seal("{}").key).toBe(before.key);
    certificate = { ...agents.below, cert: agents.below.cert + between.cert };
    await seals.renew();
    expect(seals.seal("{}").key).not.toBe(before.key);
    expect((await seals.verify(seals.seal("{}"))).agent).toBe("localhost");
    // What was sealed before is as good as it was.
    expect((await seals.verify(before)).agent).toBe("localhost");
  });
});

async function refusal(seals: AgentSeals, sealed: Sealed): Promise<string> {
  try {
    await seals.verify(sealed);
    return "believed";
  } catch (error) {
    return (error as Error).message;
  }
}

function changedAt(text: string, at: number): string {
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
}

function flipped(signature: string): string {
  const bytes = Buffer.from(signature, "base64");
  bytes[10] = (bytes[10] ?? 0) ^ 1;
  return bytes.toString("base64");
}
