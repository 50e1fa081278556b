import { createHash, type X509Certificate } from "node:crypto";
import { expiryOf, type Validity } from "../../rpc/expiry.ts";
import { nameOf, readCredentials } from "../../rpc/pem.ts";
import { keyOf, readCertificates } from "./authorities.ts";
import type { PeerChain } from "./chain.ts";
import { type Revocation, readRevocation, type StaleCrl } from "./revocation.ts";

/** What the files hold; absent: there is something wrong with that file already. */
export interface TlsTexts {
  readonly ca?: string | undefined;
  /** The agent's certificate, then intermediate ones. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Of the key, where it is encrypted. */
  readonly passphrase?: string | undefined;
  readonly crl?: string | undefined;
  /** @default "serve" */
  readonly staleCrl?: StaleCrl | undefined;
  /** What to call them in messages. */
  readonly names: { readonly ca: string; readonly cert: string; readonly crl: string };
}

/** All that an agent proves itself and knows its clients by: read, checked, and replaced as a whole. */
export interface TlsMaterial {
  /** PEM texts for TLS; the key is decrypted. */
  readonly pem: { readonly ca: string; readonly cert: string; readonly key: string };
  readonly certificate: X509Certificate;
  readonly authorities: readonly X509Certificate[];
  /** `keyOf` each authority. */
  readonly authorityKeys: ReadonlySet<string>;
  readonly revocation: Revocation;
  /** `digestOf` the texts. */
  readonly digest: string;
}

/** Tells whether any of the files is another one than before. */
export function digestOf({ ca, cert, key, passphrase, crl }: TlsTexts): string {
  return createHash("sha256")
    .update(JSON.stringify([ca, cert, key, passphrase, crl]))
    .digest("base64");
}

/**
 * Undefined when something is wrong with it, which is added to `issues`.
 * @param passphrase of the key, where it came from a person
 */
export function readMaterial(
  texts: TlsTexts,
  issues: string[],
  passphrase: string | undefined = texts.passphrase,
): TlsMaterial | undefined {
  const before = issues.length;
  const { ca, cert, key, crl, names, staleCrl = "serve" } = texts;
  const now = new Date();
  const authorities = ca === undefined ? [] : readCertificates(ca, names.ca, issues);
  if (authorities.length > 0 && authorities.every(({ validToDate }) => validToDate < now)) {
    issues.push(
      `the CA certificate of ${authorities.map(nameOf).join(" and of ")} has expired: nobody could get in`,
    );
  }
  const [leaf, ...intermediates] = cert === undefined ? [] : readCertificates(cert, names.cert, issues);
  const own =
    leaf && key !== undefined
      ? readCredentials({ cert: leaf.toString(), key, passphrase }, "serverAuth", issues)
      : undefined;
  const revocation = readRevocation(
    { pem: crl, name: names.crl, authorities: [...authorities, ...intermediates], onStale: staleCrl },
    issues,
  );
  if (ca === undefined || cert === undefined || !own || issues.length > before) return undefined;
  return {
    pem: { ca, cert, key: own.key },
    certificate: own.certificate,
    authorities,
    authorityKeys: new Set(authorities.map(keyOf)),
    revocation,
    digest: digestOf(texts),
  };
}

/** Why a client that TLS has verified some time ago is refused now; undefined: there is no reason. */
export function objectionTo(
  { certificate, links }: PeerChain,
  { authorityKeys, revocation }: TlsMaterial,
  now: Date,
): string | undefined {
  if (certificate.validToDate < now) return "the client certificate has expired";
  if (certificate.validFromDate > now) return "the client certificate is not valid yet";
  if (!links.some(({ issuerKey }) => authorityKeys.has(issuerKey))) {
    return "the client certificate is not of a CA that this agent trusts any more";
  }
  return revocation.objection(links, now);
}

/** What whoever runs the agent should see to, before it stops working. */
export function warningsOf(
  { certificate, authorities, revocation }: Pick<TlsMaterial, "certificate" | "authorities" | "revocation">,
  now: Date,
): string[] {
  return [
    expiryOf("the certificate of the agent", validityOf(certificate), now) ?? [],
    ...authorities.map(
      (ca) => expiryOf(`the certificate of the CA ${nameOf(ca)}`, validityOf(ca), now) ?? [],
    ),
    ...revocation.warnings(authorities, now),
  ].flat();
}

function validityOf({ validFromDate, validToDate }: X509Certificate): Validity {
  return { from: validFromDate, to: validToDate };
}
