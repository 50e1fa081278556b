import { X509Certificate } from "node:crypto";
import { JobError } from "../job/errors.ts";
import type { Acceptance } from "./acceptance.ts";
import { type Outcome, probe } from "./probe.ts";
import { networkFailure, noAnswer } from "./reach.ts";
import type { Target } from "./target.ts";

/** Time for a second look at an agent that could not be reached, in milliseconds. */
const PROBE_TIMEOUT_MS = 2_000;

/** Why an agent cannot be reached: gRPC says no more than that it failed to connect, so it is tried once more. */
export async function explain(target: Target, acceptance: Acceptance): Promise<JobError> {
  const outcome = await probe(target, PROBE_TIMEOUT_MS);
  if (outcome.stage !== "refused" || acceptance.refused()) return explanationOf(outcome, target);
  return new JobError("UNAVAILABLE", `the connection to the agent at ${target.name} was cut`, {
    hint: "try again",
  });
}

interface Explanation {
  readonly identity?: boolean;
  readonly message: string;
  readonly hint: string;
}

function explanationOf(outcome: Outcome, target: Target): JobError {
  const { identity, message, hint } = describe(outcome, target);
  return new JobError(identity ? "UNAUTHENTICATED" : "UNAVAILABLE", message, { hint });
}

function describe(outcome: Outcome, target: Target): Explanation {
  const { name } = target;
  switch (outcome.stage) {
    case "accepted":
      return {
        message: `the connection to the agent at ${name} failed, although it works now`,
        hint: "try again",
      };
    case "refused":
      return refusedCertificate(target);
    case "no-http2":
      return { message: `what answers at ${name} is not an lpr agent`, hint: checkAddress };
    case "timeout":
      return outcome.connected
        ? {
            message: `something accepts connections at ${name} but does not answer`,
            hint: "is the agent overloaded or stopped?",
          }
        : noAnswer(target.address);
    case "failed":
      return failure(outcome.code, outcome.message, target);
  }
}

const checkAddress = "check host and port of the agent: lpr auth list";

function refusedCertificate({ name, tls }: Target): Explanation {
  const own = new X509Certificate(tls.cert);
  const ca = new X509Certificate(tls.ca);
  const otherCa = own.issuer !== ca.subject || !own.verify(ca.publicKey);
  return {
    identity: true,
    message: `the agent at ${name} refused your client certificate`,
    hint: otherCa
      ? "it was not issued by the CA you trust; ask for one of the agent's CA (lpr certs issue)"
      : "it may be revoked, or the agent may trust another CA; ask for a new one (lpr certs issue)",
  };
}

function failure(code: string, text: string, target: Target): Explanation {
  const { name } = target;
  const { host } = target.address;
  const network = networkFailure(code, target.address);
  if (network) return network;
  if (code === "CERT_HAS_EXPIRED") {
    return {
      identity: true,
      message: `the certificate of the agent at ${name} has expired`,
      hint: "whoever runs the agent renews it with: lpr certs issue-agent",
    };
  }
  if (code === "CERT_NOT_YET_VALID") {
    return {
      identity: true,
      message: `the certificate of the agent at ${name} is not valid yet`,
      hint: "compare the clocks of both machines",
    };
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return {
      identity: true,
      message: `the certificate of the agent at ${name} is for another host: it does not name ${host}`,
      hint: `use a name it is for, or issue one with: lpr certs issue-agent ${host}`,
    };
  }
  if (code === "INVALID_PURPOSE" || /unsupported certificate purpose/i.test(text)) {
    return {
      identity: true,
      message: `the certificate at ${name} is not for an agent`,
      hint: "whoever runs it makes one with: lpr certs issue-agent",
    };
  }
  if (untrusted.has(code)) {
    return {
      identity: true,
      message: `the agent at ${name} has a certificate of a CA that you do not trust`,
      hint: "give the CA certificate of this very agent: lpr auth login --cacert",
    };
  }
  return {
    message: `what answers at ${name} does not speak TLS 1.3 as an lpr agent does (${code || text})`,
    hint: checkAddress,
  };
}

/** Whether the agent's certificate comes from an authority that was not given. */
export function namesAnotherAuthority(outcome: Outcome): boolean {
  return outcome.stage === "failed" && untrusted.has(outcome.code);
}

/** OpenSSL's words for a chain that does not end at our CA. */
const untrusted = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
]);
