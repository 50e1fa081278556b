import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestCertificate } from "./certs.ts";

/** A CA made by openssl, P-256 unless it says otherwise; serial numbers are random. */
export interface Authority {
  readonly cert: string;
  readonly certPath: string;
  readonly keyPath: string;
  issue(spec?: LeafSpec): Promise<TestCertificate>;
  /** A CA below this one. */
  intermediate(name: string): Promise<Authority>;
  /** Its revocation list. */
  crl(spec?: CrlSpec): Promise<string>;
}

export interface LeafSpec {
  /** @default "/O=user/CN=alice" */
  readonly subject?: string;
  /** @default "clientAuth" */
  readonly usage?: "clientAuth" | "serverAuth";
  /** @default in a year */
  readonly validTo?: Date;
  /** @default an hour ago */
  readonly validFrom?: Date;
}

export interface CrlSpec {
  readonly revoked?: readonly { readonly certPath: string }[];
  /** @default an hour ago */
  readonly from?: Date;
  /** @default in 30 days */
  readonly to?: Date;
}

const hour = 3_600_000;

/** A root of its own below this directory. */
export async function createAuthority(
  dir: string,
  name: string,
  keyArgs: readonly string[] = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
): Promise<Authority> {
  const place = join(dir, name);
  mkdirSync(place, { recursive: true });
  const files = {
    cert: join(place, "ca.pem"),
    key: join(place, "ca-key.pem"),
    config: join(place, "ca.cnf"),
  };
  writeFileSync(files.config, configOf(place));
  await openssl(
    "req",
    "-x509",
    "-config",
    files.config,
    "-newkey",
    ...keyArgs,
    "-nodes",
    "-subj",
    `/CN=${name}`,
    ...["-keyout", files.key, "-out", files.cert, "-days", "3650"],
  );
  return authorityIn(place);
}

function authorityIn(place: string): Authority {
  const certPath = join(place, "ca.pem");
  const keyPath = join(place, "ca-key.pem");
  const cert = readFileSync(certPath, "utf8");
  const signer = ["-config", join(place, "ca.cnf"), "-cert", certPath, "-keyfile", keyPath];
  let count = 0;

  async function sign(base: string, subject: string, validity: [Date, Date], section: string): Promise<void> {
    writeFileSync(join(place, "index"), "");
    const [config, request] = [join(place, "ca.cnf"), `${base}.csr`];
    await openssl(
      "req",
      "-new",
      "-utf8",
      "-config",
      config,
      "-newkey",
      "ec",
      ...["-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", subject],
      ...["-keyout", `${base}-key.pem`, "-out", request],
    );
    const [from, to] = validity.map(timeOf) as [string, string];
    await openssl(
      "ca",
      "-batch",
      "-notext",
      "-utf8",
      "-preserveDN",
      ...signer,
      ...["-extensions", section, "-startdate", from, "-enddate", to, "-in", request, "-out", `${base}.pem`],
    );
  }

  return {
    cert,
    certPath,
    keyPath,
    async issue({ subject = "/O=user/CN=alice", usage = "clientAuth", ...validity } = {}) {
      const base = join(place, `leaf-${count++}`);
      const { validFrom = new Date(Date.now() - hour), validTo = new Date(Date.now() + 365 * 24 * hour) } =
        validity;
      await sign(base, subject, [validFrom, validTo], usage);
      const [leaf, key] = [readFileSync(`${base}.pem`, "utf8"), readFileSync(`${base}-key.pem`, "utf8")];
      const combinedPath = `${base}-combined.pem`;
      writeFileSync(combinedPath, key + leaf + cert, { mode: 0o600 });
      return { cert: leaf, key, certPath: `${base}.pem`, keyPath: `${base}-key.pem`, combinedPath };
    },
    async intermediate(name) {
      const below = join(place, name);
      mkdirSync(below, { recursive: true });
      writeFileSync(join(below, "ca.cnf"), configOf(below));
      await sign(
        join(below, "ca"),
        `/CN=${name}`,
        [new Date(Date.now() - hour), new Date(Date.now() + 999 * 24 * hour)],
        "authority",
      );
      return authorityIn(below);
    },
    async crl({
      revoked = [],
      from = new Date(Date.now() - hour),
      to = new Date(Date.now() + 30 * 24 * hour),
    } = {}) {
      writeFileSync(join(place, "index"), "");
      for (const { certPath: path } of revoked) await openssl("ca", ...signer, "-revoke", path);
      const out = join(place, `crl-${count++}.pem`);
      await openssl(
        "ca",
        ...signer,
        "-gencrl",
        ...["-crl_lastupdate", timeOf(from), "-crl_nextupdate", timeOf(to), "-out", out],
      );
      return readFileSync(out, "utf8");
    },
  };
}

const localSans = "DNS:localhost,IP:127.0.0.1,IP:::1";

function configOf(place: string): string {
  return `[req]
distinguished_name = dn
x509_extensions = authority
[dn]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[clientAuth]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = clientAuth
[serverAuth]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = ${localSans}
[ca]
default_ca = signer
[signer]
database = ${join(place, "index")}
new_certs_dir = ${place}
rand_serial = yes
default_md = sha256
policy = anything
copy_extensions = none
unique_subject = no
[anything]
organizationName = optional
commonName = optional
`;
}

/** GeneralizedTime, which openssl takes for every date. */
function timeOf(date: Date): string {
  return `${date.toISOString().replace(/[-:T]|\.\d+/g, "")}`;
}

async function openssl(...args: string[]): Promise<void> {
  const child = Bun.spawn(["openssl", ...args], { stdin: "ignore", stdout: "ignore", stderr: "pipe" });
  const errors = await new Response(child.stderr).text();
  if ((await child.exited) !== 0) throw new Error(`openssl ${args[0]} failed:\n${errors}`);
}
