import { invalidInput, JobError } from "../errors.ts";
import type { HolePunching } from "./punch.ts";
import { DEFAULT_LOG_BYTES, MIN_LOG_BYTES } from "./size-cap.ts";

/** How much output is kept. */
export interface LogPolicy {
  /** Of a job that does not ask, in bytes, 65_536 at least. @default 1_073_741_824 (1 GiB), or the cap if that is less */
  readonly maxBytes?: number | undefined;
  /** The most that a job may ask for, in bytes, 65_536 at least. @default none */
  readonly maxBytesCap?: number | undefined;
  /** Of all jobs of a tenant together, in bytes; a tenant that has more starts no job. @default none */
  readonly tenantQuotaBytes?: number | undefined;
}

const hint = "install util-linux, and keep the state directory on ext4, xfs, btrfs or tmpfs";

/** What is wrong with a policy, a message each. */
export function logPolicyIssues({ maxBytes, maxBytesCap, tenantQuotaBytes }: LogPolicy): string[] {
  const issues = [
    ...logBytesIssues("logs.maxBytes", maxBytes),
    ...logBytesIssues("logs.maxBytesCap", maxBytesCap),
  ];
  if (maxBytes !== undefined && maxBytesCap !== undefined && maxBytes > maxBytesCap) {
    issues.push(`logs.maxBytes must be at most logs.maxBytesCap ${maxBytesCap}, got ${maxBytes}`);
  }
  if (tenantQuotaBytes !== undefined && !(Number.isSafeInteger(tenantQuotaBytes) && tenantQuotaBytes > 0)) {
    issues.push(`logs.tenantQuotaBytes must be a positive integer, got ${tenantQuotaBytes}`);
  }
  return issues;
}

export function logBytesIssues(field: string, bytes: number | undefined): string[] {
  if (bytes === undefined || (Number.isSafeInteger(bytes) && bytes >= MIN_LOG_BYTES)) return [];
  return [`${field} must be an integer of at least ${MIN_LOG_BYTES}, got ${JSON.stringify(bytes)}`];
}

/**
 * Nobody is left to believe that logs are bounded where they are not.
 * @throws JobError HOST_UNSUPPORTED when a size was asked for that cannot be kept to
 */
export function requireHolePunching(holes: HolePunching, { maxBytes, maxBytesCap }: LogPolicy): void {
  if ("punch" in holes || (maxBytes === undefined && maxBytesCap === undefined)) return;
  throw new JobError("HOST_UNSUPPORTED", `the size of logs cannot be bounded: ${holes.missing}`, { hint });
}

/**
 * How much of a job's output is kept; undefined: all, as the host cannot do otherwise and nobody asked.
 * @throws JobError INVALID_INPUT above the cap, HOST_UNSUPPORTED
 */
export function keptLogBytes(
  asked: number | undefined,
  { maxBytes, maxBytesCap = Number.POSITIVE_INFINITY }: LogPolicy,
  holes: HolePunching,
): number | undefined {
  if (asked !== undefined && asked > maxBytesCap) {
    throw invalidInput([`maxLogBytes must be at most ${maxBytesCap} on this agent, got ${asked}`]);
  }
  if ("punch" in holes) return asked ?? Math.min(maxBytes ?? DEFAULT_LOG_BYTES, maxBytesCap);
  if (asked === undefined) return undefined;
  // What is missing is for whoever runs the host: it names paths.
  throw new JobError(
    "HOST_UNSUPPORTED",
    "maxLogBytes cannot be kept to on this host: its files take no holes",
    {
      hint: "start the job without it, or see lpr agent doctor on the host",
      cause: new Error(holes.missing),
    },
  );
}
