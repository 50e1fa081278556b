import { constants } from "node:os";
import { auditRetentionIssues } from "./audit/trim.ts";
import { limitIssues } from "./cgroup/limits.ts";
import { policyIssues } from "./cgroup/policy.ts";
import { invalidInput } from "./errors.ts";
import { logBytesIssues, logPolicyIssues } from "./logs/policy.ts";
import type { JobServiceOptions } from "./options.ts";
import {
  IF_EXISTS,
  type JobSelector,
  KILL_MODES,
  type Labels,
  type ListInput,
  LOG_STREAMS,
  OUTPUT_MODES,
  type OwnedRunInput,
  type OwnedStopInput,
  type SignalInput,
  STATUSES,
  type StreamLogsInput,
  type WatchInput,
} from "./types.ts";

/** Limit of one argument or environment entry in the kernel: MAX_ARG_STRLEN, its final NUL included. execve(2) */
const MAX_STRING_BYTES = 128 * 1024 - 1;
const TEXT_RULE = `of at most ${MAX_STRING_BYTES} bytes of valid Unicode without NUL`;
/** Of all of them together: half of what the kernel takes with its default stack limit, as the shim adds to it. */
const MAX_TOTAL_BYTES = 1024 * 1024;
/** Of each string: its NUL, and the pointer to it. */
const STRING_OVERHEAD = 9;
/** PATH_MAX, its final NUL included. */
const MAX_PATH_BYTES = 4095;
const MAX_GRACE_PERIOD_MS = 86_400_000;
const MAX_TIMEOUT_MS = 365 * 86_400_000;
const MAX_PAGE_SIZE = 100;
const NAME = /^[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/;
const NAME_PREFIX = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;
const MAX_LABELS = 32;
const LABEL_KEY = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/;
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What an input breaks, all of it: field, rule, the value given. */
export class Issues {
  readonly #found: string[] = [];

  get found(): readonly string[] {
    return this.#found;
  }

  unless(holds: boolean, rule: string, value: unknown): void {
    if (!holds) this.#found.push(`${rule}, got ${show(value)}`);
  }

  add(issue: string): void {
    this.#found.push(issue);
  }

  throwIfAny(hint?: string): void {
    if (this.#found.length > 0) throw invalidInput(this.#found, hint);
  }
}

/** @throws JobError INVALID_INPUT with every problem */
export function validateRun(input: OwnedRunInput): void {
  issuesOfRun(input).throwIfAny();
}

/** What `run` would refuse of an input, whatever the host. */
export function runIssues(input: OwnedRunInput): readonly string[] {
  return issuesOfRun(input).found;
}

function issuesOfRun(input: OwnedRunInput): Issues {
  const issues = new Issues();
  checkRunName(issues, input);
  issues.unless(
    isText(input.command) && input.command !== "",
    `command must be a non-empty string ${TEXT_RULE}`,
    input.command,
  );
  const args = checkTexts(issues, "args", input.args);
  const env = checkTexts(issues, "env", input.env);
  for (const [index, entry] of env.entries()) {
    const equals = entry.indexOf("=");
    if (equals < 0) issues.unless(false, `env[${index}] must be of the form NAME=value`, entry);
    else {
      // The value may be a secret, so only the name is shown.
      const name = entry.slice(0, equals);
      issues.unless(
        ENV_NAME.test(name),
        `env[${index}] must have a name of A-Z a-z 0-9 _ without a leading digit`,
        name,
      );
    }
  }
  const { workingDir = "/" } = input;
  issues.unless(
    isText(workingDir) && workingDir.startsWith("/") && Buffer.byteLength(workingDir) <= MAX_PATH_BYTES,
    `workingDir must be an absolute path of at most ${MAX_PATH_BYTES} bytes`,
    workingDir,
  );
  checkTimeout(issues, "timeoutMs", input.timeoutMs);
  checkLabels(issues, input.labels);
  for (const issue of limitIssues(input.limits ?? {})) issues.add(issue);
  checkChoice(issues, "killMode", KILL_MODES, input.killMode);
  checkChoice(issues, "ifExists", IF_EXISTS, input.ifExists);
  checkChoice(issues, "output", OUTPUT_MODES, input.output);
  for (const issue of logBytesIssues("maxLogBytes", input.maxLogBytes)) issues.add(issue);
  const { requestId } = input;
  const validRequest =
    requestId === undefined || (isText(requestId) && /^[\x21-\x7e]{1,128}$/.test(requestId));
  issues.unless(
    validRequest,
    "requestId must be 1 to 128 printable ASCII characters without spaces",
    requestId,
  );
  const total = [input.command, workingDir, ...args, ...env].reduce(
    (sum, text) => sum + Buffer.byteLength(text ?? "") + STRING_OVERHEAD,
    0,
  );
  issues.unless(
    total <= MAX_TOTAL_BYTES,
    `command, args and env must hold at most ${MAX_TOTAL_BYTES} bytes`,
    total,
  );
  issues.unless(
    input.createdBy === undefined || isText(input.createdBy),
    "createdBy must be a string",
    input.createdBy,
  );
  return issues;
}

/** @throws JobError INVALID_INPUT with every problem */
export function validateOptions(options: JobServiceOptions): void {
  const issues = new Issues();
  const { stateDir, globalTimeoutMs, retention, tenantUids } = options;
  issues.unless(isText(stateDir) && stateDir.startsWith("/"), "stateDir must be an absolute path", stateDir);
  checkTimeout(issues, "globalTimeoutMs", globalTimeoutMs);
  for (const field of ["succeededMs", "failedMs"] as const) {
    const keptMs = retention?.[field] ?? 0;
    issues.unless(
      Number.isSafeInteger(keptMs) && keptMs >= 0,
      `retention.${field} must be a non-negative integer`,
      keptMs,
    );
  }
  if (tenantUids) {
    const { first, last } = tenantUids;
    const valid =
      Number.isSafeInteger(first) &&
      Number.isSafeInteger(last) &&
      first >= 1 &&
      first <= last &&
      last < 2 ** 32 - 1;
    issues.unless(valid, "tenantUids must be a range of uids above 0", tenantUids);
  }
  const { maxRunningPerTenant = 1 } = options;
  issues.unless(
    Number.isSafeInteger(maxRunningPerTenant) && maxRunningPerTenant >= 1,
    "maxRunningPerTenant must be a positive integer",
    maxRunningPerTenant,
  );
  for (const issue of policyIssues(options.limits ?? {})) issues.add(issue);
  for (const issue of logPolicyIssues(options.logs ?? {})) issues.add(issue);
  for (const issue of auditRetentionIssues(options.auditRetention)) issues.add(issue);
  issues.throwIfAny();
}

/** @throws JobError INVALID_INPUT with every problem */
export function validateSelector(input: JobSelector): void {
  const issues = new Issues();
  checkSelector(issues, input);
  issues.throwIfAny();
}

/** @throws JobError INVALID_INPUT with every problem */
export function validateStop(input: OwnedStopInput): void {
  const issues = new Issues();
  checkSelector(issues, input);
  checkGracePeriod(issues, input.gracePeriodMs);
  issues.throwIfAny();
}

/** @throws JobError INVALID_INPUT with every problem */
export function validateSignal(input: SignalInput): void {
  const issues = new Issues();
  checkSelector(issues, input);
  const known = isText(input.signal) && normalizeSignal(input.signal) in constants.signals;
  issues.unless(known, "signal must be the name of a signal, such as HUP or SIGUSR1", input.signal);
  issues.throwIfAny();
}

/** "hup", "HUP" and "SIGHUP" are one. */
export function normalizeSignal(name: string): NodeJS.Signals {
  const upper = name.toUpperCase();
  return (upper.startsWith("SIG") ? upper : `SIG${upper}`) as NodeJS.Signals;
}

/** @throws JobError INVALID_INPUT with every problem */
export function validateWatch({ sinceSequence, createdBy }: WatchInput): void {
  const issues = new Issues();
  const valid = sinceSequence === undefined || (Number.isSafeInteger(sinceSequence) && sinceSequence >= 0);
  issues.unless(valid, "sinceSequence must be a non-negative integer", sinceSequence);
  issues.unless(createdBy === undefined || isText(createdBy), "createdBy must be a string", createdBy);
  issues.throwIfAny();
}

/** @throws JobError INVALID_INPUT */
export function validateGracePeriod(gracePeriodMs: number | undefined): void {
  const issues = new Issues();
  checkGracePeriod(issues, gracePeriodMs);
  issues.throwIfAny();
}

/** @throws JobError INVALID_INPUT with every problem */
export function validateStreamLogs(input: StreamLogsInput): void {
  const issues = new Issues();
  checkSelector(issues, input);
  const { follow = true, timestamps = false, since, until } = input;
  for (const field of ["offset", "stderrOffset", "cuts", "stderrCuts", "tailLines"] as const) {
    const value = input[field] ?? 0;
    issues.unless(
      Number.isSafeInteger(value) && value >= 0,
      `${field} must be a non-negative integer`,
      value,
    );
  }
  issues.unless(typeof follow === "boolean", "follow must be a boolean", follow);
  issues.unless(typeof timestamps === "boolean", "timestamps must be a boolean", timestamps);
  checkChoice(issues, "stream", LOG_STREAMS, input.stream);
  for (const [field, time] of Object.entries({ since, until })) {
    const valid = time === undefined || (time instanceof Date && !Number.isNaN(time.getTime()));
    issues.unless(valid, `${field} must be a time`, time);
  }
  if (since && until) issues.unless(since < until, "until must be later than since", until);
  const selects = ["tailLines", "since"].filter(
    (field) => input[field as "tailLines" | "since"] !== undefined,
  );
  const from = input.offset ?? input.stderrOffset;
  if (from !== undefined) {
    for (const field of selects) issues.unless(false, `${field} and an offset exclude each other`, from);
  }
  issues.throwIfAny();
}

/** @throws JobError INVALID_INPUT with every problem */
export function validateList(input: ListInput): void {
  const issues = new Issues();
  const { statuses = [], createdBy, namePrefix, pageSize = MAX_PAGE_SIZE, pageToken } = input;
  for (const status of statuses) {
    issues.unless(STATUSES.includes(status), `statuses must be among ${STATUSES.join(", ")}`, status);
  }
  issues.unless(createdBy === undefined || isText(createdBy), "createdBy must be a string", createdBy);
  checkLabels(issues, input.labels);
  issues.unless(
    namePrefix === undefined || (isText(namePrefix) && NAME_PREFIX.test(namePrefix)),
    "namePrefix must be 1 to 63 of A-Z a-z 0-9 _ -, the first not _ or -",
    namePrefix,
  );
  issues.unless(
    Number.isSafeInteger(pageSize) && pageSize >= 1 && pageSize <= MAX_PAGE_SIZE,
    `pageSize must be an integer from 1 to ${MAX_PAGE_SIZE}`,
    pageSize,
  );
  issues.unless(
    pageToken === undefined || /^[0-9a-f-]{36}$/.test(pageToken),
    "pageToken must be the nextPageToken of an earlier page",
    pageToken,
  );
  issues.throwIfAny();
}

function checkSelector(issues: Issues, { name, jobId }: JobSelector): void {
  checkName(issues, name);
  issues.unless(jobId === undefined || isText(jobId), "jobId must be a string", jobId);
}

/** A generated name takes the beginning of one, and six characters more. */
function checkRunName(issues: Issues, { name, generateName }: OwnedRunInput): void {
  if (!generateName) checkName(issues, name ?? "");
  else if (name !== undefined) {
    const valid = isText(name) && /^[A-Za-z0-9][A-Za-z0-9_-]{0,56}$/.test(name);
    issues.unless(
      valid,
      "name must begin a generated one with 1 to 57 of A-Z a-z 0-9 _ -, the first not _ or -",
      name,
    );
  }
}

export function checkLabels(issues: Issues, labels: Labels = {}): void {
  const entries = Object.entries(labels);
  issues.unless(entries.length <= MAX_LABELS, `labels must be at most ${MAX_LABELS}`, entries.length);
  for (const [key, value] of entries) {
    issues.unless(
      LABEL_KEY.test(key),
      "a label's key must be 1 to 63 of A-Z a-z 0-9 . _ / -, the first a letter or digit",
      key,
    );
    const valid = isText(value) && /^[^\p{Cc}]{0,63}$/u.test(value);
    issues.unless(valid, `labels.${key} must be at most 63 characters without control characters`, value);
  }
}

function checkChoice(
  issues: Issues,
  field: string,
  choices: readonly string[],
  value: string | undefined,
): void {
  issues.unless(
    value === undefined || choices.includes(value),
    `${field} must be ${choices.join(" or ")}`,
    value,
  );
}

function checkName(issues: Issues, name: string): void {
  issues.unless(
    isText(name) && NAME.test(name),
    "name must be 1 to 63 of A-Z a-z 0-9 _ -, neither first nor last of them _ or -",
    name,
  );
}

function checkGracePeriod(issues: Issues, gracePeriodMs = 0): void {
  issues.unless(
    Number.isSafeInteger(gracePeriodMs) && gracePeriodMs >= 0 && gracePeriodMs <= MAX_GRACE_PERIOD_MS,
    `gracePeriodMs must be an integer from 0 to ${MAX_GRACE_PERIOD_MS}`,
    gracePeriodMs,
  );
}

function checkTimeout(issues: Issues, field: string, timeoutMs = 1): void {
  issues.unless(
    Number.isSafeInteger(timeoutMs) && timeoutMs >= 1 && timeoutMs <= MAX_TIMEOUT_MS,
    `${field} must be an integer from 1 to ${MAX_TIMEOUT_MS}`,
    timeoutMs,
  );
}

/** The entries that can be checked further. */
function checkTexts(issues: Issues, field: string, texts: readonly string[] = []): readonly string[] {
  if (!Array.isArray(texts)) {
    issues.unless(false, `${field} must be a list of strings`, texts);
    return [];
  }
  return texts.filter((text: string, index) => {
    issues.unless(isText(text), `${field}[${index}] must be a string ${TEXT_RULE}`, text);
    return isText(text);
  });
}

/** What can be handed to execve(2) and comes out as it went in. */
function isText(value: unknown): value is string {
  return (
    typeof value === "string" &&
    !value.includes("\0") &&
    value.isWellFormed() &&
    Buffer.byteLength(value) <= MAX_STRING_BYTES
  );
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
