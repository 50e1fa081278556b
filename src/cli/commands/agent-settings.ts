/** What the commands about an agent's settings share: where its file is, and what file and options say together. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AgentSettings, configDir, type Surroundings } from "../../agent/config.ts";
import { JobError } from "../../job/errors.ts";
import { type AgentFile, parseAgentFile } from "../agent-file.ts";
import { inWordsOf } from "../agent-file-problems.ts";
import type { FlagValues } from "../command.ts";
import { limitsOf } from "../limit-options.ts";
import type { ServeOptions, sectionOptions } from "../serve-options.ts";

type Given = Partial<ServeOptions> & Partial<FlagValues<typeof sectionOptions>>;

/** The file that an agent reads where none is named; undefined where there is none. */
export function findAgentFile(around: Pick<Surroundings, "env" | "isRoot">): string | undefined {
  const path = join(configDir(around), "agent.yaml");
  return existsSync(path) ? path : undefined;
}

/**
 * Hands the settings of the command line to `use`; what it leaves out comes from the file.
 * @throws JobError INVALID_INPUT with every problem of the file, or that `use` has with the settings, by line of the file
 */
export async function withSettings<T>(
  given: Given,
  path: string | undefined,
  use: (settings: AgentSettings) => T | Promise<T>,
): Promise<T> {
  const file =
    path === undefined ? undefined : { path, text: readText(path), overridden: overriddenBy(given) };
  try {
    return await use(settingsOf(given, file && parseAgentFile(file.text, file.path)));
  } catch (error) {
    throw inWordsOf(file, error);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new JobError("INVALID_INPUT", `cannot read the agent's configuration ${path} (${code})`, {
      cause: error,
    });
  }
}

function overriddenBy(given: Given): ReadonlySet<string> {
  const limits = [given["limit-default"], given["limit-cap"]].flatMap((pairs) => pairs ?? []);
  return new Set([...Object.keys(withoutUndefined(given)), ...(limits.length > 0 ? ["limits"] : [])]);
}

function settingsOf(given: Given, file: AgentFile = { options: {} }): AgentSettings {
  const options = { ...file.options, ...withoutUndefined(given) };
  const limits = (name: "limit-default" | "limit-cap") => limitsOf(Object.fromEntries(given[name] ?? []));
  return {
    listen: options.listen,
    ca: options.ca,
    cert: options.cert,
    key: options.key,
    keyPassphraseFile: options["key-passphrase-file"],
    crl: options.crl,
    staleCrl: options["stale-crl"],
    stateDir: options["state-dir"],
    cgroups: options.cgroups,
    cgroupRoot: options["cgroup-root"],
    onShutdown: options["on-shutdown"],
    limits: {
      defaults: { ...file.limits?.defaults, ...limits("limit-default") },
      caps: { ...file.limits?.caps, ...limits("limit-cap") },
    },
    retention: {
      succeededMs: given["keep-succeeded"] ?? file.retention?.succeededMs,
      failedMs: given["keep-failed"] ?? file.retention?.failedMs,
    },
    logs: {
      maxBytes: options["max-log-size"],
      maxBytesCap: options["max-log-size-cap"],
      tenantQuotaBytes: options["tenant-log-quota"],
    },
    audit: {
      file: options["audit-file"],
      keepMs: options["audit-keep"],
      maxEntries: options["audit-max-entries"],
    },
    tenantUids: file.tenantUids,
    runAs: file.runAs,
    clients: file.clients,
    fleet: file.fleet,
    globalTimeoutMs: options.timeout,
    // A switch that can only be turned on.
    sharedAccount: given["shared-account"] || file.options["shared-account"],
    metrics: options.metrics,
    metricsPerJob: given["metrics-per-job"] || file.options["metrics-per-job"],
    logLevel: options["log-level"],
    logFormat: options["log-format"],
  };
}

function withoutUndefined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
