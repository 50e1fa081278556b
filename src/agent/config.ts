import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { FleetSettings } from "../fleet/types.ts";
import { invalidInput, JobError } from "../job/errors.ts";
import type { AuditRetention, LimitPolicy, LogPolicy, Retention, UidRange } from "../job/index.ts";
import { validateOptions } from "../job/validate.ts";
import { type ClientLimits, clientLimitsOf } from "./client-limits.ts";
import type { FileProblem } from "./files.ts";
import { fleetFileProblems, fleetSettingsOf, type GivenFleet } from "./fleet-settings.ts";
import type { Role } from "./identity.ts";
import type { LogFormat, LogLevel } from "./log.ts";
import { type RunAs, readRunAs } from "./run-as.ts";
import type { TlsMaterial } from "./tls/material.ts";
import type { StaleCrl } from "./tls/revocation.ts";
import { openTexts, readTexts, type TlsSource } from "./tls/source.ts";

export type OnShutdown = "stop" | "keep";
export type CgroupMode = "auto" | "required" | "off";

export interface AuditSettings extends AuditRetention {
  /** Where a copy of the audit log is kept, a JSON object on each line. @default nowhere */
  readonly file?: string | undefined;
}

/** What `lpr agent serve` was told, before any of it has been checked. */
export interface AgentSettings {
  /** `HOST:PORT`, several between commas; port 0 takes a free one. @default "0.0.0.0:50051" */
  readonly listen?: string | undefined;
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly keyPassphraseFile?: string | undefined;
  readonly crl?: string | undefined;
  /** What becomes of clients whose CA has no revocation list, or one that is out of date. @default "serve" */
  readonly staleCrl?: StaleCrl | undefined;
  readonly stateDir?: string | undefined;
  /** @default "auto" */
  readonly cgroups?: CgroupMode | undefined;
  readonly cgroupRoot?: string | undefined;
  /** What becomes of jobs when the agent ends. @default "stop" */
  readonly onShutdown?: OnShutdown | undefined;
  readonly limits?: LimitPolicy | undefined;
  readonly retention?: Retention | undefined;
  /** How much output is kept. */
  readonly logs?: LogPolicy | undefined;
  readonly audit?: AuditSettings | undefined;
  /** uids given to tenants of role `user`, both ends included. @default 70000 to 79999 */
  readonly tenantUids?: UidRange | undefined;
  /** Time after which any job is stopped, in milliseconds. @default none */
  readonly globalTimeoutMs?: number | undefined;
  /** @default DEFAULT_CLIENT_LIMITS */
  readonly clients?: Partial<ClientLimits> | undefined;
  /** Accept role `user` although all jobs share the account of the agent. @default false */
  readonly sharedAccount?: boolean | undefined;
  /** Names of accounts that jobs of a role run as. @default a tenant's own for `user`, the agent's for `admin` */
  readonly runAs?: Partial<Record<Role, string>> | undefined;
  /** `HOST:PORT` or `PORT` of the loopback. @default no metrics */
  readonly metrics?: string | undefined;
  /** @default false */
  readonly metricsPerJob?: boolean | undefined;
  /** @default "info" */
  readonly logLevel?: LogLevel | undefined;
  /** @default text on a terminal, json elsewhere */
  readonly logFormat?: LogFormat | undefined;
  /** @default none: jobs of this host only */
  readonly fleet?: GivenFleet | undefined;
}

/** Where an agent runs: replaced in tests. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** Whether people read the log as it is written. @default false */
  readonly logsToTerminal?: boolean | undefined;
  /** Asks a person for the passphrase of the key; absent where nobody can be asked. */
  readonly askPassphrase?: ((file: string) => Promise<string>) | undefined;
}

/** Everything but what it proves itself with. */
export interface AgentPolicy {
  readonly listen: readonly ListenAddress[];
  readonly tlsFiles: Omit<TlsSource, "env" | "askPassphrase">;
  readonly stateDir: string;
  readonly cgroup: { readonly mode: CgroupMode; readonly root?: string };
  readonly onShutdown: OnShutdown;
  readonly limits?: LimitPolicy | undefined;
  readonly retention?: Retention | undefined;
  /** How much output is kept. */
  readonly logs?: LogPolicy | undefined;
  readonly audit?: AuditSettings | undefined;
  readonly tenantUids?: UidRange | undefined;
  readonly globalTimeoutMs?: number | undefined;
  readonly clients: ClientLimits;
  readonly isRoot: boolean;
  readonly sharedAccount: boolean;
  readonly runAs: RunAs;
  /** Where metrics are served; undefined: nowhere. */
  readonly metrics?: { readonly listen: ListenAddress; readonly perJob: boolean } | undefined;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  /** Undefined: the agent is in no fleet. */
  readonly fleet?: FleetSettings | undefined;
}

export interface AgentConfig extends AgentPolicy {
  readonly tls: { readonly source: TlsSource; readonly initial: TlsMaterial };
}

export interface ListenAddress {
  /** IPv6 addresses in brackets. */
  readonly host: string;
  readonly port: number;
}

/**
 * Reads and checks everything an agent needs.
 * @throws JobError INVALID_INPUT that lists every problem
 */
export async function loadConfig(settings: AgentSettings, around: Surroundings): Promise<AgentConfig> {
  const issues: string[] = [];
  const policy = readPolicy(settings, around, issues);
  const source = tlsSourceOf(settings, around);
  const problems: FileProblem[] = [];
  const texts = readTexts(source, problems);
  issues.push(...problems.map(({ message }) => message));
  const material = await openTexts(texts, source, issues);
  const ofFleet: FileProblem[] = [];
  if (policy.fleet) fleetFileProblems(policy.fleet, material?.certificate, ofFleet);
  issues.push(...ofFleet.map(({ message }) => message));
  if (!material || issues.length > 0) {
    const missing = problems.some((problem) => problem.missing);
    throw invalidInput(issues, missing ? missingFilesHint : undefined);
  }
  return { ...policy, tls: { source, initial: material } };
}

/**
 * All but the certificates, which may change at any time, and are not looked at.
 * @throws JobError INVALID_INPUT that lists every problem
 */
export function loadPolicy(settings: AgentSettings, around: Surroundings): AgentPolicy {
  const issues: string[] = [];
  const policy = readPolicy(settings, around, issues);
  if (issues.length > 0) throw invalidInput(issues);
  return policy;
}

function readPolicy(settings: AgentSettings, around: Surroundings, issues: string[]): AgentPolicy {
  const addresses = (settings.listen ?? "0.0.0.0:50051").split(",");
  const listen = addresses.flatMap((text) => parseListen("--listen", text.trim(), issues) ?? []);
  const runAs = readRunAs(settings.runAs ?? {}, around, issues);
  const metrics = settings.metrics?.replace(/^\d+$/, "127.0.0.1:$&");
  const metricsListen = metrics === undefined ? undefined : parseListen("--metrics", metrics, issues);
  const clients = clientLimitsOf(settings.clients ?? {}, issues);
  const { env: _, askPassphrase: __, ...tlsFiles } = tlsSourceOf(settings, around);
  const jobs = {
    stateDir: resolve(settings.stateDir ?? defaultStateDir(around)),
    limits: settings.limits,
    retention: settings.retention,
    logs: settings.logs,
    tenantUids: settings.tenantUids,
    globalTimeoutMs: settings.globalTimeoutMs,
  };
  try {
    validateOptions({ ...jobs, auditRetention: settings.audit });
  } catch (error) {
    if (!(error instanceof JobError && error.problems)) throw error;
    issues.push(...error.problems);
  }
  return {
    ...jobs,
    ...{ listen, tlsFiles, runAs },
    cgroup: {
      mode: settings.cgroups ?? "auto",
      ...(settings.cgroupRoot === undefined ? {} : { root: settings.cgroupRoot }),
    },
    onShutdown: settings.onShutdown ?? "stop",
    clients,
    audit: settings.audit,
    isRoot: around.isRoot,
    sharedAccount: settings.sharedAccount ?? false,
    metrics: metricsListen && { listen: metricsListen, perJob: settings.metricsPerJob ?? false },
    logLevel: settings.logLevel ?? "info",
    logFormat: settings.logFormat ?? (around.logsToTerminal ? "text" : "json"),
    fleet: settings.fleet && fleetSettingsOf(settings.fleet, issues),
  };
}

function tlsSourceOf(settings: AgentSettings, around: Surroundings): TlsSource {
  const { env, askPassphrase } = around;
  const dir = configDir(around);
  const { ca = join(dir, "ca.pem"), crl, keyPassphraseFile, staleCrl } = settings;
  return {
    ca,
    cert: settings.cert ?? join(dir, "agent.pem"),
    key: settings.key ?? join(dir, "agent-key.pem"),
    // A list lies beside its CA, where `lpr certs revoke` puts it.
    crl: crl ?? join(dirname(ca), "crl.pem"),
    crlIsOptional: crl === undefined,
    ...{ keyPassphraseFile, staleCrl, env },
    askPassphrase: askPassphrase && onceFor(askPassphrase),
  };
}

/** Nobody is there any more when the key is read again. */
function onceFor(ask: (file: string) => Promise<string>): (file: string) => Promise<string> {
  let answer: Promise<string> | undefined;
  return (file) => {
    answer ??= ask(file);
    return answer;
  };
}

function parseListen(flag: string, text: string, issues: string[]): ListenAddress | undefined {
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[^[\]:]+):(\d{1,5})$/i.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535) {
    issues.push(`${flag} must be HOST:PORT with a port of 0 to 65535, got ${JSON.stringify(text)}`);
    return undefined;
  }
  return { host, port: Number(port) };
}

/** Where an agent finds its configuration and its certificates. */
export function configDir({ env, isRoot }: Pick<Surroundings, "env" | "isRoot">): string {
  return isRoot ? "/etc/lpr" : join(env["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "lpr/agent");
}

export function defaultStateDir({ env, isRoot }: Pick<Surroundings, "env" | "isRoot">): string {
  return isRoot ? "/var/lib/lpr" : join(env["XDG_STATE_HOME"] || join(homedir(), ".local/state"), "lpr");
}

const missingFilesHint =
  "make them with `lpr certs init` and `lpr certs issue-agent HOST` (the list with `lpr certs revoke`), or name your own " +
  "with --ca, --cert, --key and --crl";
