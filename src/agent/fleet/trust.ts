import type { X509Certificate } from "node:crypto";
import { allows, nameOf } from "../../rpc/pem.ts";
import { dnsNamesOf } from "../fleet-settings.ts";
import { keyOf, readCertificates } from "../tls/authorities.ts";
import type { ChainLink } from "../tls/chain.ts";
import { serialOf } from "../tls/crl.ts";
import type { TlsMaterial } from "../tls/material.ts";

/** More of them than anybody has between an agent and its root. */
const MAX_CHAIN = 8;

/**
 * Why a chain of certificates is not that of an agent of this name: what TLS would find out of a server, and the
 * revocation list as for clients. Undefined: it is.
 */
export function agentObjection(
  pem: string,
  agent: string,
  { authorities, revocation }: Pick<TlsMaterial, "authorities" | "revocation">,
  now: Date,
): string | undefined {
  const issues: string[] = [];
  const given = readCertificates(pem, "certificate", issues);
  const [leaf] = given;
  if (!leaf || issues.length > 0) return issues.join("; ") || "it has no certificate";
  const chain = chainTo(authorities, given.slice(0, MAX_CHAIN));
  if (!chain) return "its certificate is not of a CA that this agent trusts";
  const stale = chain.find(({ validFromDate, validToDate }) => validFromDate > now || validToDate < now);
  if (stale) return `the certificate of ${nameOf(stale)} is not valid now`;
  if (!allows(leaf, "serverAuth")) return "its certificate is not for an agent";
  if (!dnsNamesOf(leaf).includes(agent)) return `its certificate is not for the name ${agent}`;
  return revocation.objection(linksOf(chain), now)?.replace("client certificate", "certificate");
}

/** From the certificate to one of the authorities, each signed by the next; undefined: there is no way. */
function chainTo(
  authorities: readonly X509Certificate[],
  given: readonly X509Certificate[],
): X509Certificate[] | undefined {
  const chain: X509Certificate[] = [];
  for (const certificate of given) {
    const below = chain.at(-1);
    // What does not belong to it is of no use, and does no harm.
    if (below && !isIssuer(certificate, below)) continue;
    chain.push(certificate);
    const root = authorities.find((authority) => isIssuer(authority, certificate));
    if (root) return [...chain, root];
  }
  return undefined;
}

function isIssuer(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** As of a client: the root issues, and is not revoked. */
function linksOf(chain: readonly X509Certificate[]): ChainLink[] {
  return chain.slice(0, -1).map((each, index) => {
    const issuer = chain[index + 1] as X509Certificate;
    return { serial: serialOf(each.serialNumber), issuerKey: keyOf(issuer), issuer: nameOf(issuer) };
  });
}
