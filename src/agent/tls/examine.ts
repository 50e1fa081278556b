import { existsSync } from "node:fs";
import { join } from "node:path";
import { nameOf } from "../../rpc/pem.ts";
import type { Check } from "../doctor.ts";
import { type FileProblem, readPublicFile } from "../files.ts";
import { readCertificates } from "./authorities.ts";
import { warningsOf } from "./material.ts";
import { readRevocation } from "./revocation.ts";

/** The certificates where an agent looks for them when it is told nothing; none where there are none. */
export function examineCertificates(dir: string, now = new Date()): Check[] {
  const files = { ca: join(dir, "ca.pem"), cert: join(dir, "agent.pem"), crl: join(dir, "crl.pem") };
  if (!existsSync(files.cert)) return [];
  const problems: FileProblem[] = [];
  const issues: string[] = [];
  const ca = readPublicFile("CA certificate", files.ca, problems);
  const cert = readPublicFile("certificate", files.cert, problems);
  const pem = existsSync(files.crl) ? readPublicFile("revocation list", files.crl, problems) : undefined;
  const [certificate, ...intermediates] = readCertificates(cert ?? "", `certificate ${files.cert}`, issues);
  const authorities = ca === undefined ? [] : readCertificates(ca, `CA certificate ${files.ca}`, issues);
  const signers = [...authorities, ...intermediates];
  const list = { pem, name: `revocation list ${files.crl}`, authorities: signers, onStale: "serve" } as const;
  const revocation = readRevocation(list, issues);
  const broken = [...problems.map(({ message }) => message), ...issues];
  if (broken.length > 0 || !certificate) return broken.map(toCheck);
  const warnings = warningsOf({ certificate, authorities, revocation }, now);
  if (warnings.length > 0) return warnings.map(toCheck);
  const found = `the one of ${nameOf(certificate)} is valid until ${certificate.validToDate.toISOString()}`;
  return [{ name: "certificates", ok: true, found }];
}

function toCheck(found: string): Check {
  const remedy = remedies.find(([pattern]) => pattern.test(found))?.[1];
  return { name: "certificates", ok: false, found, ...(remedy === undefined ? {} : { remedy }) };
}

const remedies = [
  [/revocation list/, "lpr certs revoke, which makes the list anew"],
  [/certificate of the agent|^certificate/, "lpr certs issue-agent HOST... --force"],
] as const;
