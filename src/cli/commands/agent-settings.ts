/** What the commands about an agent's settings share: where its file is, and what file and options say together. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AgentSettings, configDir, type Surroundings } from "../../agent/config.ts";
import { JobError } from "../../job/errors.ts";
import { type AgentFile, parseAgentFile } from "../agent-file.ts";
import type { FlagValues } from "../command.ts";
import { limitsOf } from "../limit-options.ts";
import type { ServeOptions, sectionOptions } from "../serve-options.ts";

type Given = Partial<ServeOptions> & Partial<FlagValues<typeof sectionOptions>>;

/** The file that an agent reads where none is named; undefined where there is none. */
export function findAgentFile(around: Pick<Surroundings, "env" | "isRoot">): string | undefined {
  const path = join(configDir(around), "agent.yaml");
  return existsSync(path) ? path : undefined;
}

/** @throws UsageError with every problem, by line; JobError INVALID_INPUT when the file cannot be read */
export function readAgentFile(path: string): AgentFile {
  try {
    return parseAgentFile(readFileSync(path, "utf8"), path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new JobError("INVALID_INPUT", `cannot read the agent's configuration ${path} (${code})`, {
      cause: error,
    });
  }
}

/** What the command line leaves out comes from the file. */
export function settingsOf(given: Given, file: AgentFile = { options: {} }): AgentSettings {
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
