import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { invalidInput } from "../job/errors.ts";
import type { LimitPolicy, Retention, UidRange } from "../job/index.ts";
import { type Credentials, isEncrypted, readCertificate, readCredentials } from "../rpc/pem.ts";
import type { AgentPem } from "./credentials.ts";
import { type FileProblem, readPublicFile, readSecretFile } from "./files.ts";

export type OnShutdown = "stop" | "keep";
export type CgroupMode = "auto" | "required" | "off";

/** What `lpr agent serve` was told, before any of it has been checked. */
export interface AgentSettings {
  /** `HOST:PORT`; port 0 takes a free one. @default "0.0.0.0:50051" */
  readonly listen?: string | undefined;
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly keyPassphraseFile?: string | undefined;
  readonly crl?: string | undefined;
  readonly stateDir?: string | undefined;
  /** @default "auto" */
  readonly cgroups?: CgroupMode | undefined;
  readonly cgroupRoot?: string | undefined;
  /** What becomes of jobs when the agent ends. @default "stop" */
  readonly onShutdown?: OnShutdown | undefined;
  readonly limits?: LimitPolicy | undefined;
  readonly retention?: Retention | undefined;
  /** uids given to tenants of role `user`, both ends included. @default 70000 to 79999 */
  readonly tenantUids?: UidRange | undefined;
  /** Time after which any job is stopped, in milliseconds. @default none */
  readonly globalTimeoutMs?: number | undefined;
  /** Accept role `user` although all jobs share the account of the agent. @default false */
  readonly sharedAccount?: boolean | undefined;
}

/** Where an agent runs: replaced in tests. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** Asks a person for the passphrase of the key; absent where nobody can be asked. */
  readonly askPassphrase?: ((file: string) => Promise<string>) | undefined;
}

export interface AgentConfig {
  readonly listen: ListenAddress;
  readonly pem: AgentPem;
  readonly certificateExpiresAt: Date;
  readonly stateDir: string;
  readonly cgroup: { readonly mode: CgroupMode; readonly root?: string };
  readonly onShutdown: OnShutdown;
  readonly limits?: LimitPolicy | undefined;
  readonly retention?: Retention | undefined;
  readonly tenantUids?: UidRange | undefined;
  readonly globalTimeoutMs?: number | undefined;
  readonly isRoot: boolean;
  readonly sharedAccount: boolean;
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
  const listen = parseListen(settings.listen ?? "0.0.0.0:50051", issues);
  const dir = configDir(around);
  const defaults = { ca: join(dir, "ca.pem"), cert: join(dir, "agent.pem"), key: join(dir, "agent-key.pem") };
  const files = {
    ca: settings.ca ?? defaults.ca,
    cert: settings.cert ?? defaults.cert,
    key: settings.key ?? defaults.key,
  };
  const problems: FileProblem[] = [];
  const ca = readPublicFile("--ca", files.ca, problems);
  const cert = readPublicFile("--cert", files.cert, problems);
  const key = readSecretFile("--key", files.key, problems);
  const crl = settings.crl === undefined ? undefined : readPublicFile("--crl", settings.crl, problems);
  const passphraseFile = settings.keyPassphraseFile ?? around.env["LPR_KEY_PASSPHRASE_FILE"];
  const passphrase =
    passphraseFile === undefined
      ? undefined
      : readSecretFile("--key-passphrase-file", passphraseFile, problems)?.split(/\r?\n/, 1)[0];
  issues.push(...problems.map((problem) => problem.message));

  if (ca !== undefined) readCertificate(ca, `CA certificate ${files.ca}`, issues);
  if (crl !== undefined && !crl.includes("-----BEGIN X509 CRL-----")) {
    issues.push(`--crl ${settings.crl} is not a PEM text with a BEGIN X509 CRL line`);
  }
  const own = await readOwn(cert, key, passphrase, files.key, around, issues);
  if (!listen || !own || ca === undefined || cert === undefined || issues.length > 0) {
    const missing = problems.some((problem) => problem.missing);
    throw invalidInput(issues, missing ? missingFilesHint : undefined);
  }
  return {
    listen,
    pem: { ca, cert, key: own.key, crl },
    certificateExpiresAt: own.certificate.validToDate,
    stateDir: resolve(settings.stateDir ?? defaultStateDir(around)),
    cgroup: {
      mode: settings.cgroups ?? "auto",
      ...(settings.cgroupRoot === undefined ? {} : { root: settings.cgroupRoot }),
    },
    onShutdown: settings.onShutdown ?? "stop",
    limits: settings.limits,
    retention: settings.retention,
    tenantUids: settings.tenantUids,
    globalTimeoutMs: settings.globalTimeoutMs,
    isRoot: around.isRoot,
    sharedAccount: settings.sharedAccount ?? false,
  };
}

async function readOwn(
  cert: string | undefined,
  key: string | undefined,
  given: string | undefined,
  keyFile: string,
  { askPassphrase }: Surroundings,
  issues: string[],
): Promise<Credentials | undefined> {
  if (cert === undefined || key === undefined) return undefined;
  let passphrase = given;
  if (isEncrypted(key) && passphrase === undefined) {
    if (!askPassphrase) {
      issues.push(`the key ${keyFile} is encrypted: give --key-passphrase-file or LPR_KEY_PASSPHRASE_FILE`);
      return undefined;
    }
    passphrase = await askPassphrase(keyFile);
  }
  return readCredentials({ cert, key, passphrase }, "serverAuth", issues);
}

function parseListen(text: string, issues: string[]): ListenAddress | undefined {
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[^[\]:]+):(\d{1,5})$/i.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535) {
    issues.push(`--listen must be HOST:PORT with a port of 0 to 65535, got ${JSON.stringify(text)}`);
    return undefined;
  }
  return { host, port: Number(port) };
}

function configDir({ env, isRoot }: Surroundings): string {
  return isRoot ? "/etc/lpr" : join(env["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "lpr/agent");
}

export function defaultStateDir({ env, isRoot }: Pick<Surroundings, "env" | "isRoot">): string {
  return isRoot ? "/var/lib/lpr" : join(env["XDG_STATE_HOME"] || join(homedir(), ".local/state"), "lpr");
}

const missingFilesHint =
  "make them with `lpr certs init` and `lpr certs issue-agent HOST`, or name your own with --ca, --cert and --key";
