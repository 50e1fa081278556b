import { randomUUID } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { type ClientLimits, DEFAULT_CLIENT_LIMITS } from "../../src/agent/client-limits.ts";
import type { AgentConfig, AgentPolicy } from "../../src/agent/config.ts";
import type { AgentLog } from "../../src/agent/log.ts";
import type { Reloaded } from "../../src/agent/reload.ts";
import { type ServeOptions, serve } from "../../src/agent/serve.ts";
import type { StaleCrl } from "../../src/agent/tls/revocation.ts";
import { openOrThrow, readTexts } from "../../src/agent/tls/source.ts";
import type { Client } from "../../src/client/client.ts";
import { type ConnectOptions, connect } from "../../src/client/connect.ts";
import { detectCgroups } from "../../src/job/cgroup/detect.ts";
import { isPopulated, removeGroup } from "../../src/job/cgroup/group.ts";
import { type TestCertificate, testCerts } from "./certs.ts";
import { tempDir } from "./temp-dir.ts";
import { until } from "./until.ts";

export interface TestAgent extends AsyncDisposable {
  readonly port: number;
  /** `localhost:PORT`. */
  readonly address: string;
  readonly stateDir: string;
  /** Where its certificates come from. */
  readonly files: { readonly ca: string; readonly cert: string; readonly key: string; readonly crl: string };
  /** Reads them again, and takes over what has changed of the settings. */
  reload(changes?: Partial<AgentPolicy>): Promise<Reloaded>;
  /** What the agent has logged. */
  readonly logged: readonly string[];
  shutdown(): Promise<void>;
  /** How the owner of this certificate connects. @default tenant "root", role "admin" */
  options(certificate?: TestCertificate): Promise<ConnectOptions>;
  /** @default tenant "root", role "admin" */
  client(tenant?: string, role?: string): Promise<Client & Disposable>;
}

type Changes = Partial<Omit<AgentConfig, "tls" | "clients">> &
  Partial<Omit<ServeOptions, "log">> & {
    /** @default the agent of `testCerts()` */
    readonly certificate?: Pick<TestCertificate, "cert" | "key">;
    readonly clients?: Partial<ClientLimits>;
    /** Of the clients. @default the one of `testCerts()` */
    readonly ca?: string;
    readonly crl?: string;
    readonly staleCrl?: StaleCrl;
  };

/** A real agent in this process, on a free port, with TLS, state directory and cgroups of its own. */
export async function startAgent(changes: Changes = {}): Promise<TestAgent> {
  const { certificate, clients, ca, crl, staleCrl, stalledAfterMs, onRefused, hostGoesDown, ...config } =
    changes;
  const certs = await testCerts();
  const { cert, key } = certificate ?? certs.agent;
  const dir = tempDir();
  const files = { ca: dir.join("ca.pem"), cert: dir.join("agent.pem"), key: dir.join("agent-key.pem") };
  const source = { ...files, crl: dir.join("crl.pem"), crlIsOptional: true, staleCrl, env: {} };
  writeFileSync(files.ca, ca ?? certs.ca.cert);
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key, { mode: 0o600 });
  if (crl !== undefined) writeFileSync(source.crl, crl);
  const stateDir = dir.join("state");
  const cgroup = ownCgroup();
  const logged: string[] = [];
  const own: AgentConfig = {
    listen: [{ host: "127.0.0.1", port: 0 }],
    runAs: {},
    tls: { source, initial: await openOrThrow(readTexts(source, []), source) },
    tlsFiles: source,
    clients: { ...DEFAULT_CLIENT_LIMITS, ...clients },
    isRoot: process.getuid?.() === 0,
    sharedAccount: true,
    onShutdown: "stop",
    ...({ logLevel: "info", logFormat: "json" } as const),
    ...{ stateDir, cgroup },
    ...config,
  };
  const agent = await serve(own, { log: recorder(logged), stalledAfterMs, onRefused, hostGoesDown });
  const address = `localhost:${agent.port}`;
  const options = async (owner?: TestCertificate): Promise<ConnectOptions> => {
    const { cert, key } = owner ?? (await certs.client({ tenant: "root", role: "admin" }));
    return { address, ca: certs.ca.cert, cert, key };
  };
  return {
    ...{ address, logged, options, stateDir, port: agent.port },
    files: { ...files, crl: source.crl },
    reload: (changes = {}) => agent.reload({ ...own, ...changes }),
    shutdown: () => agent.shutdown(),
    async client(tenant = "root", role = "admin") {
      const client = connect(await options(await certs.client({ tenant, role })));
      return { ...client, [Symbol.dispose]: () => client.close() };
    },
    async [Symbol.asyncDispose]() {
      // The second call hurries: jobs of tests need no grace period.
      await Promise.all([agent.shutdown(), agent.shutdown()]);
      if (cgroup.root !== undefined && existsSync(cgroup.root)) {
        const { root } = cgroup;
        await until(() => !isPopulated(root), "the cgroups of the test are empty");
        removeGroup(root);
      }
      dir[Symbol.dispose]();
    },
  };
}

/** Of this test alone, so that names of jobs may meet. */
export function ownCgroup(): { mode: "auto" | "off"; root?: string } {
  const { root } = detectCgroups({ mode: "auto" });
  return root === undefined
    ? { mode: "off" }
    : { mode: "auto", root: `${root}-test-${randomUUID().slice(0, 8)}` };
}

function recorder(lines: string[]): AgentLog {
  return {
    debug: (message) => void lines.push(`debug ${message}`),
    info: (message) => void lines.push(`info ${message}`),
    warn: (message) => void lines.push(`warn ${message}`),
    error: (message, cause) => {
      lines.push(`error ${message}: ${cause instanceof Error ? cause.message : cause}`);
    },
  };
}
