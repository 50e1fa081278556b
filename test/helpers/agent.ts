import type { AgentConfig } from "../../src/agent/config.ts";
import type { AgentLog } from "../../src/agent/log.ts";
import { type Agent, type ServeOptions, serve } from "../../src/agent/serve.ts";
import type { ConnectOptions } from "../../src/client/connect.ts";
import { type TestCertificate, testCerts } from "./certs.ts";
import { tempDir } from "./temp-dir.ts";

export interface TestAgent extends AsyncDisposable {
  readonly port: number;
  /** `localhost:PORT`. */
  readonly address: string;
  /** What the agent has logged. */
  readonly logged: readonly string[];
  shutdown(): Promise<void>;
  /** How a tenant connects. @default tenant "alice", role "user" */
  as(tenant?: string, role?: string): Promise<ConnectOptions>;
  /** How the owner of this certificate connects. */
  with(certificate: TestCertificate): Promise<ConnectOptions>;
}

type Changes = Partial<Omit<AgentConfig, "pem">> &
  Partial<Omit<ServeOptions, "log">> & {
    /** @default the agent of `testCerts()` */
    readonly certificate?: TestCertificate;
  };

/** A real agent in this process, on a free port, with real TLS and a state directory of its own. */
export async function startAgent({
  certificate,
  stalledAfterMs,
  ...changes
}: Changes = {}): Promise<TestAgent> {
  const certs = await testCerts();
  const { cert, key } = certificate ?? certs.agent;
  const dir = tempDir();
  const logged: string[] = [];
  const agent: Agent = await serve(
    {
      listen: { host: "127.0.0.1", port: 0 },
      pem: { ca: certs.ca.cert, cert, key },
      certificateExpiresAt: new Date("2099-12-31T00:00:00Z"),
      stateDir: dir.join("state"),
      cgroup: { mode: "auto", root: undefined },
      isRoot: process.getuid?.() === 0,
      sharedAccount: true,
      ...changes,
    } as AgentConfig,
    { log: recorder(logged), stalledAfterMs },
  );
  const address = `localhost:${agent.port}`;
  const connectAs = async ({ cert, key }: TestCertificate): Promise<ConnectOptions> => ({
    ...{ address, ca: certs.ca.cert, cert, key },
  });
  return {
    ...{ address, logged, port: agent.port },
    shutdown: () => agent.shutdown(),
    as: async (tenant = "alice", role = "user") => connectAs(await certs.client({ tenant, role })),
    with: connectAs,
    async [Symbol.asyncDispose]() {
      // Twice: jobs of tests need no grace period.
      await Promise.all([agent.shutdown(), agent.shutdown()]);
      dir[Symbol.dispose]();
    },
  };
}

function recorder(lines: string[]): AgentLog {
  return {
    info: (message) => void lines.push(`info ${message}`),
    warn: (message) => void lines.push(`warn ${message}`),
    error: (message, cause) =>
      void lines.push(`error ${message} ${cause instanceof Error ? cause.message : ""}`),
  };
}
