import { invalidInput, JobError } from "../job/errors.ts";
import { clientLimitOptions } from "./client-limit-options.ts";
import { LIMIT_FIELDS } from "./limit-options.ts";
import { UsageError } from "./usage-error.ts";
import { YamlReader } from "./yaml-reader.ts";

/** What the agent and its library call what agent.yaml calls otherwise. */
const IN_FILE: ReadonlyMap<string, string> = new Map([
  ["tenantUids", "tenant-uids"],
  ["logs.maxBytes", "max-log-size"],
  ["logs.maxBytesCap", "max-log-size-cap"],
  ["logs.tenantQuotaBytes", "tenant-log-quota"],
  ["audit.keepMs", "audit-keep"],
  ["audit.maxEntries", "audit-max-entries"],
  ...Object.entries(LIMIT_FIELDS).flatMap(([name, field]) =>
    ["defaults", "caps"].map((group) => [`${group}.${field}`, `limits.${group}.${name}`] as const),
  ),
  ...Object.entries(clientLimitOptions).map(
    ([name, { field }]) => [`clients.${field}`, `clients.${name}`] as const,
  ),
]);

export interface ReadFile {
  readonly path: string;
  readonly text: string;
  /** Names of the settings that an option of the command line has taken the place of. */
  readonly overridden: ReadonlySet<string>;
}

/**
 * What an agent finds wrong with its settings, in the words of the file they were read from, and with its lines where they
 * stand in it. Each problem begins with the setting it is about.
 */
export function inWordsOf(file: ReadFile | undefined, error: unknown): unknown {
  if (error instanceof UsageError) return invalidInput(error.problems, error.hint);
  if (!(error instanceof JobError && error.problems)) return error;
  const reader = file && new YamlReader(file.text, file.path);
  const located = error.problems.map((problem) => {
    const told = problem
      .replace(/^fleet: /, "fleet.")
      .replace(/[\w.]+/g, (word) => IN_FILE.get(word) ?? word);
    const bare = told.replace(/^--/, "");
    const [setting = ""] = bare.split(" ", 1);
    const path = setting.split(".");
    const line = file?.overridden.has(path[0] ?? "") ? undefined : reader?.lineOf(path);
    return line === undefined ? { told } : { line, told: `${file?.path}:${line}: ${bare}` };
  });
  const sorted = located.toSorted((a, b) => (a.line ?? Number.MAX_VALUE) - (b.line ?? Number.MAX_VALUE));
  return invalidInput(
    sorted.map(({ told }) => told),
    error.hint,
  );
}
