import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
  X509Certificate,
} from "node:crypto";
import { JobError } from "../job/errors.ts";
import type { Seals } from "./context.ts";
import { tokenOf } from "./names.ts";
import type { AgentKey, Sealed } from "./types.ts";

/** Time after which an agent makes itself another key, in milliseconds. */
const RENEW_MS = 86_400_000;
/** Time for which a key is good, in milliseconds. @param validMs see `SealOptions` */
export function keyLifeMs(validMs: number): number {
  return RENEW_MS + validMs;
}

/** Time for which a key that was found good is not looked at again, in milliseconds: a revocation counts after it. */
const REMEMBER_MS = 60_000;

/** What an agent proves itself with. */
export interface AgentProof {
  /** PEM: its certificate, then intermediate ones. */
  readonly certificates: string;
  /** PEM, not encrypted. */
  readonly key: string;
}

/** Whether a chain of certificates, PEM, is that of an agent of this name, at this moment; if not, why. */
export type Objection = (certificates: string, agent: string) => string | undefined;

export interface SealOptions {
  readonly agent: string;
  /** As it is at the moment: certificates are renewed. */
  readonly proof: () => AgentProof;
  readonly objection: Objection;
  readonly fetchKey: (key: string) => Promise<AgentKey | undefined>;
  readonly publishKey: (key: string, value: Omit<AgentKey, "write">) => Promise<void>;
  /** How long what was sealed has to be believed at least, in milliseconds. */
  readonly validMs: number;
}

interface OwnKey {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly proof: AgentProof;
  readonly renewAt: number;
}

interface KnownKey {
  readonly agent: string;
  readonly publicKey: KeyObject;
  readonly forgetAt: number;
}

/**
 * Seals by a key of Ed25519 that the agent makes for itself and signs once, with the key of its certificate: RSA
 * takes 5 ms for a signature, and there is one for each job and each call.
 */
export class AgentSeals implements Seals {
  readonly #options: SealOptions;
  readonly #known = new Map<string, KnownKey>();
  #own: OwnKey;

  private constructor(options: SealOptions, own: OwnKey) {
    this.#options = options;
    this.#own = own;
  }

  /** @throws JobError UNAVAILABLE */
  static async open(options: SealOptions): Promise<AgentSeals> {
    return new AgentSeals(options, await makeKey(options));
  }

  /** To be called from time to time: another key where the certificate is another, or the key is old. */
  async renew(): Promise<void> {
    const { key, certificates } = this.#options.proof();
    const isSame = key === this.#own.proof.key && certificates === this.#own.proof.certificates;
    if (!isSame || Date.now() > this.#own.renewAt) this.#own = await makeKey(this.#options);
  }

  seal(body: string): Sealed {
    const { name, privateKey } = this.#own;
    return { key: name, body, signature: sign(null, sealedText(body), privateKey).toString("base64") };
  }

  async verify({ key, body, signature }: Sealed): Promise<{ readonly agent: string; readonly body: string }> {
    const known = await this.#find(key);
    if (!verify(null, sealedText(body), known.publicKey, Buffer.from(signature, "base64"))) {
      throw untrusted(`it is not what ${known.agent} has sealed`);
    }
    return { agent: known.agent, body };
  }

  async #find(name: string): Promise<KnownKey> {
    const before = this.#known.get(name);
    if (before && Date.now() < before.forgetAt) return before;
    this.#known.delete(name);
    const { fetchKey, objection } = this.#options;
    // A name that could not be one is not asked after: it would be a pattern.
    const found = /^[\w=-]+\.[0-9a-f]{32}$/.test(name) ? await fetchKey(name) : undefined;
    if (!found) throw untrusted("nobody knows the key that it is sealed with");
    const publicKey = readKey(name, found);
    const why = objection(found.certificates, found.agent);
    if (why !== undefined) throw untrusted(`${found.agent} sealed it, but ${why}`);
    const known = { agent: found.agent, publicKey, forgetAt: Date.now() + REMEMBER_MS };
    this.#known.set(name, known);
    return known;
  }
}

async function makeKey({ agent, proof, publishKey, validMs }: SealOptions): Promise<OwnKey> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const own = proof();
  const unsigned = {
    ...{ agent, certificates: own.certificates },
    publicKey: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    notAfter: new Date(Date.now() + keyLifeMs(validMs)).toISOString(),
  };
  const signature = sign("sha256", keyText(unsigned), createPrivateKey(own.key)).toString("base64");
  const name = nameOf(unsigned);
  await publishKey(name, { ...unsigned, signature });
  return { name, privateKey, proof: own, renewAt: Date.now() + RENEW_MS };
}

/** The key, once it is sure that its agent has signed it: whether the agent is one is another question. */
function readKey(name: string, found: AgentKey): KeyObject {
  if (name !== nameOf(found)) throw untrusted("the key that it is sealed with is kept under another's name");
  if (Date.parse(found.notAfter) < Date.now()) throw untrusted(`the key of ${found.agent} has expired`);
  let isSigned = false;
  try {
    const { publicKey } = new X509Certificate(found.certificates);
    isSigned = verify("sha256", keyText(found), publicKey, Buffer.from(found.signature, "base64"));
    if (isSigned) {
      const der = Buffer.from(found.publicKey, "base64");
      const key = createPublicKey({ key: der, type: "spki", format: "der" });
      if (key.asymmetricKeyType === "ed25519") return key;
    }
  } catch {
    // Not a certificate, or not a key: nobody has signed it.
  }
  throw untrusted(`the key of ${found.agent} is not signed by the agent's certificate`);
}

function nameOf({ agent, publicKey }: Pick<AgentKey, "agent" | "publicKey">): string {
  const digest = createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex");
  return `${tokenOf(agent)}.${digest.slice(0, 32)}`;
}

/** What each kind of signature is over begins with what it is for, so that none passes for another. */
function keyText({
  agent,
  publicKey,
  notAfter,
  certificates,
}: Omit<AgentKey, "signature" | "write">): Buffer {
  return Buffer.from(JSON.stringify(["lpr fleet key 1", agent, publicKey, notAfter, certificates]));
}

function sealedText(body: string): Buffer {
  return Buffer.from(`lpr fleet seal 1\n${body}`);
}

function untrusted(why: string): JobError {
  return new JobError("UNAUTHENTICATED", `nobody can be believed about this: ${why}`);
}
