import { invalidInput } from "../errors.ts";
import { IO_LIMITS, type Limits, type LimitsDraft, limitIssues, NUMERIC_LIMITS } from "./limits.ts";

/** What a service adds to the limits that its callers ask for. */
export interface LimitPolicy {
  /** For what a job does not ask for. @default the cap */
  readonly defaults?: Limits | undefined;
  /** The most a job may ask for; what neither the job nor `defaults` limits is limited to this. */
  readonly caps?: Limits | undefined;
}

/**
 * The limits that a job is to run under.
 * @throws JobError INVALID_INPUT with every limit beyond its cap, as "absent" would be the way round it otherwise
 */
export function requestedLimits(asked: Limits, { defaults = {}, caps = {} }: LimitPolicy): Limits {
  const issues: string[] = [];
  const limits: LimitsDraft = {};
  for (const name of NUMERIC_LIMITS) {
    const cap = caps[name];
    const value = asked[name] ?? least(defaults[name], cap);
    if (value === undefined) continue;
    if (cap !== undefined && value > cap) {
      issues.push(`limits.${name} must be at most ${cap}, the cap of this agent, got ${value}`);
    }
    limits[name] = value;
  }
  if (issues.length > 0) throw invalidInput(issues);
  // A job that names another disk would escape a cap on this one.
  const fixed = IO_LIMITS.some((name) => caps[name] !== undefined) ? caps.ioDevice : undefined;
  const ioDevice = fixed ?? asked.ioDevice ?? defaults.ioDevice;
  return ioDevice === undefined ? limits : { ...limits, ioDevice };
}

/** Everything that is wrong with the policy, for whoever configures it. */
export function policyIssues({ defaults = {}, caps = {} }: LimitPolicy): string[] {
  return [
    ...limitIssues(defaults).map((issue) => issue.replace(/^limits/, "defaults")),
    ...limitIssues(caps).map((issue) => issue.replace(/^limits/, "caps")),
  ];
}

function least(value: number | undefined, cap: number | undefined): number | undefined {
  if (value === undefined || cap === undefined) return value ?? cap;
  return Math.min(value, cap);
}
