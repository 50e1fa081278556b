import { createPrivateKey } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One certificate with its private key: PEM texts, and the files that hold them. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
  readonly certPath: string;
  readonly keyPath: string;
  /** Key, certificate and CA in one file. */
  readonly combinedPath: string;
}

/** A throw-away CA and what it has signed. The directory goes away with the process. */
export interface TestCerts {
  readonly dir: string;
  readonly ca: { readonly cert: string; readonly certPath: string };
  /** Valid for localhost, 127.0.0.1 and ::1. */
  readonly agent: TestCertificate;
  /** The same, of an agent with this DNS name as well. */
  agentNamed(name: string): Promise<TestCertificate>;
  /** @default tenant "alice", role "user" */
  client(who?: { readonly tenant?: string; readonly role?: string }): Promise<TestCertificate>;
  /** Certificates that an agent or a client has to refuse, each for its own reason. */
  odd(kind: OddCertificate): Promise<TestCertificate>;
}

interface Spec {
  /** As `openssl req -subj` takes it. */
  readonly subject: string;
  /** Absent: the certificate says nothing of it. */
  readonly usage?: "serverAuth" | "clientAuth";
  /** `subjectAltName` of the certificate. */
  readonly sans?: string;
  readonly expired?: boolean;
  /** Signed by a CA of the same subject that nobody trusts. */
  readonly wrongCa?: boolean;
}

const localSans = "DNS:localhost,IP:127.0.0.1,IP:::1";

const oddSpecs = {
  "expired client": { subject: "/O=user/CN=alice", usage: "clientAuth", expired: true },
  "client of another CA": { subject: "/O=user/CN=alice", usage: "clientAuth", wrongCa: true },
  "client without tenant": { subject: "/O=user", usage: "clientAuth" },
  "client with two tenants": { subject: "/O=user/CN=alice/CN=bob", usage: "clientAuth" },
  "client without role": { subject: "/CN=alice", usage: "clientAuth" },
  "client with two roles": { subject: "/O=user/O=admin/CN=alice", usage: "clientAuth" },
  "client of unknown role": { subject: "/O=operator/CN=alice", usage: "clientAuth" },
  "client that is a server": { subject: "/O=user/CN=alice", usage: "serverAuth" },
  "expired agent": { subject: "/CN=localhost", usage: "serverAuth", sans: localSans, expired: true },
  "agent of another CA": { subject: "/CN=localhost", usage: "serverAuth", sans: localSans, wrongCa: true },
  "agent without addresses": { subject: "/CN=localhost", usage: "serverAuth", sans: "DNS:localhost" },
  "agent of another host": { subject: "/CN=other.test", usage: "serverAuth", sans: "DNS:other.test" },
  "agent that is a client": { subject: "/CN=localhost", usage: "clientAuth", sans: localSans },
  "agent without usage": { subject: "/CN=localhost", sans: localSans },
  "client without usage": { subject: "/O=user/CN=alice" },
} satisfies Record<string, Spec>;

export type OddCertificate = keyof typeof oddSpecs;

let shared: Promise<TestCerts> | undefined;

/**
 * The certificates of this test process. P-256, because RSA 4096 takes seconds a key: what the real
 * recipe makes is tested in test/certs.
 */
export function testCerts(): Promise<TestCerts> {
  shared ??= createCerts();
  return shared;
}

/** The same key as PKCS#8, encrypted with aes256. */
export function encryptKey(key: string, passphrase: string): string {
  return createPrivateKey(key).export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase });
}

async function createCerts(): Promise<TestCerts> {
  const dir = mkdtempSync(join(tmpdir(), "lpr-certs-"));
  removeWhenProcessEnds(dir);

  await Promise.all([createCa(dir, "ca"), createCa(dir, "wrong-ca")]);
  const caPath = join(dir, "ca.pem");
  const ca = { cert: readFileSync(caPath, "utf8"), certPath: caPath };
  const issued = new Map<string, Promise<TestCertificate>>();

  const issue = (spec: Spec): Promise<TestCertificate> => {
    const id = JSON.stringify(spec);
    const known = issued.get(id);
    if (known) return known;
    const made = createLeaf(join(dir, `leaf-${issued.size}`), dir, ca.cert, spec);
    issued.set(id, made);
    return made;
  };

  const agent = await issue({ subject: "/CN=localhost", usage: "serverAuth", sans: localSans });
  return {
    dir,
    ca,
    agent,
    agentNamed: (name) =>
      issue({ subject: `/CN=${name}`, usage: "serverAuth", sans: `DNS:${name},${localSans}` }),
    client: ({ tenant = "alice", role = "user" } = {}) =>
      issue({ subject: `/O=${escapeSubject(role)}/CN=${escapeSubject(tenant)}`, usage: "clientAuth" }),
    odd: (kind) => issue(oddSpecs[kind]),
  };
}

/** Referred to for ever: a collected child's stdin would close before its time. */
const reapers: Bun.Subprocess[] = [];

/** `bun test` runs no 'exit' listeners: a child sees its stdin close instead, even after a kill -9. */
function removeWhenProcessEnds(dir: string): void {
  const script = 'trap "" INT TERM HUP; cat >/dev/null; rm -rf "$1"';
  const reaper = Bun.spawn(["/bin/sh", "-c", script, "sh", dir], {
    stdin: "pipe",
    stdout: "ignore",
    stderr: "ignore",
  });
  reaper.unref();
  reapers.push(reaper);
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

async function createCa(dir: string, name: string): Promise<void> {
  const config = join(dir, `${name}.cnf`);
  writeFileSync(
    config,
    `[req]
distinguished_name = dn
x509_extensions = ca
[dn]
[ca]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
`,
  );
  const files = ["-keyout", join(dir, `${name}-key.pem`), "-out", join(dir, `${name}.pem`)];
  await openssl("req", "-x509", "-config", config, ...newKey, "-subj", "/CN=LPR test CA", ...files);
}

async function createLeaf(base: string, dir: string, caText: string, spec: Spec): Promise<TestCertificate> {
  const ca = join(dir, spec.wrongCa ? "wrong-ca" : "ca");
  const [config, request, certPath, keyPath] = [".cnf", ".csr", ".pem", "-key.pem"].map((s) => base + s) as [
    string,
    string,
    string,
    string,
  ];
  writeFileSync(
    config,
    `[req]
distinguished_name = dn
[dn]
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
${spec.usage ? `extendedKeyUsage = ${spec.usage}` : ""}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
${spec.sans ? `subjectAltName = ${spec.sans}` : ""}
[ca]
default_ca = signer
[signer]
database = ${base}.index
new_certs_dir = ${dir}
rand_serial = yes
default_md = sha256
policy = anything
x509_extensions = leaf
copy_extensions = none
unique_subject = no
[anything]
organizationName = optional
commonName = optional
`,
  );
  writeFileSync(`${base}.index`, "");
  await openssl(
    ...["req", "-new", "-utf8", "-config", config, ...newKey, "-subj", spec.subject],
    ...["-keyout", keyPath, "-out", request],
  );
  // "ca" and not "x509 -req": the only command of every openssl that can date a certificate into the past.
  const [start, end] = spec.expired
    ? ["20200101000000Z", "20200201000000Z"]
    : ["20200101000000Z", "20991231000000Z"];
  await openssl(
    ...["ca", "-batch", "-notext", "-utf8", "-preserveDN", "-config", config],
    ...["-cert", `${ca}.pem`, "-keyfile", `${ca}-key.pem`, "-startdate", start, "-enddate", end],
    ...["-in", request, "-out", certPath],
  );
  const cert = readFileSync(certPath, "utf8");
  const key = readFileSync(keyPath, "utf8");
  const combinedPath = `${base}-combined.pem`;
  writeFileSync(combinedPath, key + cert + caText, { mode: 0o600 });
  return { cert, key, certPath, keyPath, combinedPath };
}

/** In `-subj` a slash starts the next attribute, a plus sign a second value of the same one. */
function escapeSubject(value: string): string {
  return value.replace(/[\\/+]/g, "\\$&");
}

async function openssl(...args: string[]): Promise<void> {
  const child = Bun.spawn(["openssl", ...args], { stdin: "ignore", stdout: "ignore", stderr: "pipe" });
  const errors = await new Response(child.stderr).text();
  if ((await child.exited) !== 0) throw new Error(`openssl ${args[0]} failed:\n${errors}`);
}
