import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { checkServerIdentity, type PeerCertificate } from "node:tls";
import { invalidInput } from "../job/errors.ts";
import { allows, readCertificate, readCredentials } from "../rpc/pem.ts";
import { type Address, formatAddress, parseAddress } from "./address.ts";
import type { ConnectOptions } from "./connect.ts";

/** An agent, and all that TLS needs to know of both sides; the key is decrypted. */
export interface Target {
  readonly address: Address;
  /** `host:port`. */
  readonly name: string;
  readonly tls: TargetTls;
}

/** Options of node:tls. */
export interface TargetTls extends AgentTls {
  readonly cert: string;
  readonly key: string;
}

/** Those of them that tell whether the other side is the agent that was meant. */
export interface AgentTls {
  readonly ca: string;
  readonly minVersion: "TLSv1.3";
  /** Said, as the default is what NODE_TLS_REJECT_UNAUTHORIZED makes of it. */
  readonly rejectUnauthorized: true;
  readonly servername: string;
  readonly checkServerIdentity: (name: string, peer: PeerCertificate) => Error | undefined;
}

/** TLS takes no IP address as a server's name, so one stands in for all of them. */
const nameOfAddresses = "agent.lpr.invalid";

/** @throws JobError INVALID_INPUT that lists every problem */
export function targetOf({ address: text, ca, cert, key, passphrase }: ConnectOptions): Target {
  const address = parseAddress(text);
  const issues: string[] = [];
  readCertificate(ca, "CA certificate", issues);
  const own = readCredentials({ cert, key, passphrase }, "clientAuth", issues);
  if (!own || issues.length > 0) {
    throw invalidInput(issues, "give a valid certificate, and the key that was made with it: lpr auth login");
  }
  return { address, name: formatAddress(address), tls: { ...agentTls(address, ca), cert, key: own.key } };
}

export function agentTls({ host }: Address, ca: string): AgentTls {
  return {
    ca,
    minVersion: "TLSv1.3",
    rejectUnauthorized: true,
    servername: isIP(host) ? nameOfAddresses : host,
    // Whatever name TLS was given: the certificate has to be for the host that was asked for.
    checkServerIdentity: (_name: string, peer: PeerCertificate) =>
      checkServerIdentity(host, peer) ?? checkUsage(peer),
  };
}

/** To OpenSSL a certificate that says nothing of its usage is good for any. */
function checkUsage({ raw }: PeerCertificate): Error | undefined {
  if (allows(new X509Certificate(raw), "serverAuth")) return undefined;
  const error = new Error("the certificate lacks the extended key usage serverAuth");
  return Object.assign(error, { code: "INVALID_PURPOSE" });
}
