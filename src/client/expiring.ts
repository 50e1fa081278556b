import { X509Certificate } from "node:crypto";
import { expiryOf } from "../rpc/expiry.ts";

/** A warning when the first certificate of a PEM text has not long to live. */
export function expiryWarning(cert: string, now = new Date()): string | undefined {
  const { validFromDate, validToDate } = new X509Certificate(cert);
  return expiryOf("your client certificate", { from: validFromDate, to: validToDate }, now);
}
