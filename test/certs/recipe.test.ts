import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type TLSSocket } from "node:tls";
import { tempDir } from "../helpers/temp-dir.ts";
import { openssl, recipeOutput, recipePath, shells } from "./recipe.ts";

// The real thing, RSA 4096 and all: made once, each part under another shell.
const dir = tempDir();
const pki = dir.join("pki");
const passphraseFile = dir.join("passphrase");
const passphrase = 'correct "horse" $battery \\ staple ü';
const options = ["--dir", pki, "--passphrase-file", passphraseFile];
const installed = shells.filter((shell) => shell.installed);
const shellFor = (index: number) => {
  const shell = installed[index % installed.length];
  return { shell: shell ? shell.command : ["/bin/sh"] };
};
const agentDir = `${pki}/agents/localhost`;
const clientDir = `${pki}/clients/alice@example.com`;

beforeAll(async () => {
  writeFileSync(passphraseFile, `${passphrase}\nnot this line\n`, { mode: 0o600 });
  await recipeOutput(["init", ...options], shellFor(0));
  await Promise.all([
    recipeOutput(["issue-agent", "localhost", "127.0.0.1", "[::1]", ...options], shellFor(1)),
    recipeOutput(["issue", "alice@example.com", "--role", "admin", ...options], shellFor(2)),
  ]);
}, 120_000);

afterAll(() => dir[Symbol.dispose]());

const text = (file: string) => openssl("x509", "-in", file, "-noout", "-text");

describe.each([
  ["the authority", `${pki}/ca/ca.pem`, `${pki}/ca/ca-key.pem`],
  ["the agent", `${agentDir}/agent.pem`, `${agentDir}/agent-key.pem`],
  ["the client", `${clientDir}/client.pem`, `${clientDir}/client-key.pem`],
])("the certificate of %s", (_, certificate, key) => {
  test("is X.509 v3 with RSA 4096 and SHA-256, and a random serial of 128 bits", async () => {
    const printed = await text(certificate);
    expect(printed).toContain("Version: 3 (0x2)");
    expect(printed).toContain("Public-Key: (4096 bit)");
    expect(printed).toContain("Signature Algorithm: sha256WithRSAEncryption");
    const serial = await openssl("x509", "-in", certificate, "-noout", "-serial");
    expect(serial).toMatch(/^serial=[0-9A-F]{28,32}\n$/);
  });

  test("has a private key encrypted with aes256, which only the passphrase opens", async () => {
    expect(readFileSync(key, "utf8")).toStartWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    const parameters = await openssl("asn1parse", "-in", key);
    expect(parameters).toContain("aes-256-cbc");
    expect(parameters).toContain("hmacWithSHA256");
    expect(parameters).toMatch(/INTEGER\s+:0927C0/); // 600,000 rounds
    expect(
      await openssl("pkey", "-in", key, "-passin", `file:${passphraseFile}`, "-noout", "-text"),
    ).toContain("Private-Key: (4096 bit");
    await expect(openssl("pkey", "-in", key, "-passin", "pass:wrong", "-noout")).rejects.toThrow();
  });

  test("lies in files for its owner only", () => {
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(statSync(key.replace(/\/[^/]*$/, "")).mode & 0o777).toBe(0o700);
  });
});

test("the authority signs certificates and revocation lists, nothing below it may sign", async () => {
  const printed = await text(`${pki}/ca/ca.pem`);
  expect(printed).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0\n/);
  expect(printed).toMatch(/X509v3 Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
  expect(printed).toContain("Subject Key Identifier");
  expect(printed).not.toContain("Extended Key Usage");
});

test("an agent's certificate is for servers only, under the hosts given", async () => {
  const printed = await text(`${agentDir}/agent.pem`);
  expect(printed).toMatch(/Subject: CN ?= ?localhost\n/);
  expect(printed).toMatch(/Basic Constraints: critical\s+CA:FALSE\n/);
  expect(printed).toMatch(/X509v3 Key Usage: critical\s+Digital Signature\n/);
  expect(printed).toMatch(/Extended Key Usage:\s+TLS Web Server Authentication\n/);
  expect(printed).toMatch(
    /Alternative Name:\s+DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1\n/,
  );
  expect(printed).toContain("Authority Key Identifier");
});

test("a client's certificate is for clients only, CN the tenant and O the role", async () => {
  const printed = await text(`${clientDir}/client.pem`);
  expect(printed).toMatch(/Subject: O ?= ?admin, CN ?= ?alice@example.com\n/);
  expect(printed).toMatch(/Basic Constraints: critical\s+CA:FALSE\n/);
  expect(printed).toMatch(/X509v3 Key Usage: critical\s+Digital Signature\n/);
  expect(printed).toMatch(/Extended Key Usage:\s+TLS Web Client Authentication\n/);
  expect(printed).not.toContain("Alternative Name");
});

test("the authority lives for ten years, what it signs for one", async () => {
  const days = async (file: string) => {
    const printed = await openssl("x509", "-in", file, "-noout", "-dates");
    const [from, to] = [...printed.matchAll(/=(.*)/g)].map((match) => Date.parse(match[1] ?? ""));
    return ((to ?? 0) - (from ?? 0)) / 86_400_000;
  };
  expect(await days(`${pki}/ca/ca.pem`)).toBe(3650);
  expect(await days(`${agentDir}/agent.pem`)).toBe(365);
  expect(await days(`${clientDir}/client.pem`)).toBe(365);
});

test("the login file holds key, certificate and authority", () => {
  const parts = ["client-key.pem", "client.pem", "ca.pem"].map((f) =>
    readFileSync(`${clientDir}/${f}`, "utf8"),
  );
  const login = `${clientDir}/alice@example.com-login.pem`;
  expect(readFileSync(login, "utf8")).toBe(parts.join(""));
  expect(statSync(login).mode & 0o777).toBe(0o600);
});

interface Side {
  readonly cert: string;
  readonly key: string;
}
const agent: Side = { cert: `${agentDir}/agent.pem`, key: `${agentDir}/agent-key.pem` };
const client: Side = { cert: `${clientDir}/client.pem`, key: `${clientDir}/client-key.pem` };

/** One TLS 1.3 connection; resolves with the client's name as the server saw it, rejects when either side refuses. */
async function handshake(serverSide: Side, clientSide: Side): Promise<string> {
  const load = ({ cert, key }: Side) => ({
    ca: readFileSync(`${pki}/ca/ca.pem`),
    cert: readFileSync(cert),
    key: readFileSync(key),
    passphrase,
    minVersion: "TLSv1.3" as const,
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const server = createServer(
    { ...load(serverSide), requestCert: true, rejectUnauthorized: true },
    (socket: TLSSocket) => {
      if (!socket.authorized) reject(new Error(`server: ${socket.authorizationError}`));
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.end();
    },
  );
  server.on("tlsClientError", reject);
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as { port: number };
    const socket = connect({ host: "127.0.0.1", servername: "localhost", port, ...load(clientSide) });
    socket.on("error", reject);
    socket.resume();
  });
  try {
    return await promise;
  } finally {
    server.close();
  }
}

test("agent and client know each other by these certificates over TLS 1.3", async () => {
  expect(await handshake(agent, client)).toBe("alice@example.com");
});

test("a client's certificate does not pass for an agent's", async () => {
  await expect(handshake(client, client)).rejects.toThrow("unsupported certificate purpose");
});

test("an agent's certificate does not pass for a client's", async () => {
  await expect(handshake(agent, agent)).rejects.toThrow("unsupported certificate purpose");
});

for (const shell of shells) {
  test.skipIf(!shell.installed)(`the recipe runs under ${shell.name}`, async () => {
    const shown = await recipeOutput(["show", "--dir", pki], { shell: shell.command });
    expect(shown).toContain("CN=alice@example.com");
  });
}

test.skipIf(Bun.which("shellcheck") === null)("shellcheck finds nothing in the recipe", async () => {
  const child = Bun.spawn(["shellcheck", recipePath], { stdin: "ignore", stdout: "pipe", stderr: "inherit" });
  expect(await new Response(child.stdout).text()).toBe("");
  expect(await child.exited).toBe(0);
});
