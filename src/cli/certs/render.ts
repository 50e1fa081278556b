import { fields } from "../output.ts";
import type { CertificateInfo } from "./describe.ts";

/** One block of lines per certificate. */
export function renderCertificates(certificates: readonly CertificateInfo[]): string {
  return certificates.map(renderOne).join("\n\n");
}

function renderOne(info: CertificateInfo): string {
  const optional: [string, string | undefined][] = [
    ["tenant", info.tenant],
    ["role", info.role],
    ["hosts", info.hosts.join(", ") || undefined],
    ["used for", info.usages.join(", ") || undefined],
  ];
  return fields([
    ["file", info.file],
    ["kind", info.kind],
    ["subject", info.subject],
    ...optional.filter((pair): pair is [string, string] => pair[1] !== undefined),
    ["issuer", `${info.issuer}${issuerRemark(info)}`],
    ["valid from", info.validFrom],
    ["valid to", `${info.validTo} (${info.revoked ? "REVOKED" : timeLeft(info.daysLeft)})`],
    ["key", info.key],
    ["serial", info.serial],
    ["sha256", info.fingerprint],
  ]);
}

function issuerRemark({ issuedByAuthority }: CertificateInfo): string {
  if (issuedByAuthority === undefined) return "";
  return issuedByAuthority ? " (this authority)" : " (NOT this authority)";
}

function timeLeft(days: number): string {
  if (days < 0) return `EXPIRED ${-days} ${-days === 1 ? "day" : "days"} ago`;
  return `${days} ${days === 1 ? "day" : "days"} left`;
}
