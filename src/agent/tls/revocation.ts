import type { X509Certificate } from "node:crypto";
import { expiryOf } from "../../rpc/expiry.ts";
import { nameOf } from "../../rpc/pem.ts";
import { keyOf, subjectOf } from "./authorities.ts";
import type { ChainLink } from "./chain.ts";
import { type Crl, parseCrl } from "./crl.ts";

/** What becomes of clients whose CA has no list, or one that is out of date. */
export type StaleCrl = "serve" | "refuse";

interface RevocationList extends Crl {
  /** Name of the CA. */
  readonly ca: string;
}

/** Which certificates have been revoked, by CA. */
export class Revocation {
  readonly #lists: ReadonlyMap<string, RevocationList>;
  readonly #onStale: StaleCrl;
  /** CAs of clients without a list, by key: intermediate ones are first heard of from clients. */
  readonly #unlisted = new Map<string, string>();

  /** @param lists by the key of the CA that has signed them; none: nothing is checked, unless that is to be refused */
  constructor(lists: ReadonlyMap<string, RevocationList>, onStale: StaleCrl) {
    this.#lists = lists;
    this.#onStale = onStale;
  }

  get isConfigured(): boolean {
    return this.#lists.size > 0;
  }

  /** Without a list nobody expects one, unless clients are to be refused then. */
  get #isAsked(): boolean {
    return this.isConfigured || this.#onStale === "refuse";
  }

  /** Why the holder of the first of these certificates is refused; undefined: there is no reason. */
  objection(chain: readonly ChainLink[], now: Date): string | undefined {
    if (!this.#isAsked) return undefined;
    for (const [depth, { serial, issuerKey, issuer }] of chain.entries()) {
      const list = this.#lists.get(issuerKey);
      if (!list) this.#unlisted.set(issuerKey, issuer);
      if (list?.serials.has(serial)) {
        return `${depth === 0 ? "the client certificate" : "a CA of the client certificate"} has been revoked`;
      }
      if (this.#onStale === "serve") continue;
      if (!list) return `there is no revocation list of its CA ${issuer}`;
      if (isStale(list, now)) return `the revocation list of its CA ${issuer} is out of date`;
    }
    return undefined;
  }

  /** What whoever runs the agent has to know of the lists. */
  warnings(authorities: readonly X509Certificate[], now: Date): string[] {
    if (!this.#isAsked) return [];
    const consequence =
      this.#onStale === "refuse" ? "its clients are refused" : "what it has revoked is not known";
    const used = new Map([...authorities.map((ca) => [keyOf(ca), nameOf(ca)] as const), ...this.#unlisted]);
    const missing = [...used].filter(([key]) => !this.#lists.has(key));
    return [
      ...missing.map(([, ca]) => `there is no revocation list of the CA ${ca}: ${consequence}`),
      ...[...this.#lists.values()].flatMap(({ ca, thisUpdate, nextUpdate }) => {
        const what = `the revocation list of the CA ${ca}`;
        if (nextUpdate === undefined) return [];
        if (nextUpdate > now) return expiryOf(what, { from: thisUpdate, to: nextUpdate }, now) ?? [];
        const newer =
          this.#onStale === "refuse" ? consequence : "what it has revoked since then is not known";
        return [`${what} is out of date since ${nextUpdate.toISOString()}: ${newer}`];
      }),
    ];
  }
}

function isStale({ nextUpdate }: Crl, now: Date): boolean {
  return nextUpdate !== undefined && nextUpdate < now;
}

export interface RevocationInput {
  /** Absent: nothing is checked. */
  readonly pem: string | undefined;
  /** What to call it in messages. */
  readonly name: string;
  /** Every CA that may have signed a list. */
  readonly authorities: readonly X509Certificate[];
  readonly onStale: StaleCrl;
}

/**
 * Reads the lists of a PEM text, one for each CA; of two of the same CA the newer one counts.
 * What is wrong with them is added to `issues`.
 */
export function readRevocation(
  { pem, name, authorities, onStale }: RevocationInput,
  issues: string[],
): Revocation {
  const lists = new Map<string, RevocationList>();
  const blocks = pem?.match(/-----BEGIN X509 CRL-----[\s\S]+?-----END X509 CRL-----/g) ?? [];
  if (pem !== undefined && blocks.length === 0) {
    issues.push(`the ${name} is not a PEM text with a BEGIN X509 CRL line`);
  }
  for (const [index, block] of blocks.entries()) {
    const what = `the ${name}${blocks.length > 1 ? ` (list ${index + 1})` : ""}`;
    try {
      const crl = parseCrl(Buffer.from(block.replace(/-----.*-----/g, ""), "base64"));
      const named = authorities.filter((authority) => subjectOf(authority).equals(crl.issuer));
      const signer = named.find((authority) => crl.isSignedBy(authority.publicKey));
      if (named.length === 0) {
        issues.push(`${what} is of a CA that is neither in --ca nor behind the certificate in --cert`);
      } else if (!signer) {
        issues.push(
          `${what} claims to be of the CA ${nameOf(named[0] as X509Certificate)}, which has not signed it`,
        );
      } else if (crl.thisUpdate >= (lists.get(keyOf(signer))?.thisUpdate ?? crl.thisUpdate)) {
        lists.set(keyOf(signer), { ...crl, ca: nameOf(signer) });
      }
    } catch (error) {
      issues.push(`${what} cannot be read: ${error instanceof Error ? error.message : error}`);
    }
  }
  return new Revocation(lists, onStale);
}
