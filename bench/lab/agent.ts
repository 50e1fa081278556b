import { randomUUID } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, connect } from "../../src/client/index.ts";
import { detectCgroups } from "../../src/job/cgroup/detect.ts";
import { isPopulated, removeGroup } from "../../src/job/cgroup/group.ts";
import { until } from "../../test/helpers/until.ts";
import { type BenchCerts, readPem } from "./certs.ts";
import { LPR } from "./lpr.ts";
import type { Program } from "./program.ts";

export interface BenchAgent extends AsyncDisposable {
  readonly pid: number;
  readonly stateDir: string;
  /** The command line, logged in as an admin. */
  readonly lpr: Program;
  /** From the start of the process until it serves, in milliseconds. */
  readonly startedInMs: number;
  /** One connection; the agent closes it at its end. */
  readonly client: Client;
  /** Kills it with SIGKILL, which leaves its jobs running, and starts another one in its place. */
  crashAndRestart(): Promise<void>;
}

export interface AgentInput {
  readonly certs: BenchCerts;
  /** Made by the agent, and left to whoever gave it. */
  readonly stateDir: string;
}

/** `lpr agent serve` on a free port, with state and cgroups of its own. At its end all of its jobs end. */
export async function startAgent({ certs, stateDir }: AgentInput): Promise<BenchAgent> {
  const root = detectCgroups({ mode: "auto" }).root;
  const cgroupRoot = root === undefined ? undefined : `${root}-bench-${randomUUID().slice(0, 8)}`;
  const config = `${stateDir}.yaml`;
  // The bench is one tenant, with hundreds of followers, that does nothing but call.
  const calls = "call-rate: 1000000, call-burst: 1000000, running-jobs: 1000000";
  const connections = "connections-per-tenant: 2000, handshakes-per-address: 1000, handshakes: 2000";
  writeFileSync(
    config,
    `clients: {${calls}, ${connections}}
`,
  );
  const words = [
    ...["agent", "serve", "--config", config, "--listen", "127.0.0.1:0"],
    ...["--state-dir", stateDir, "--shared-account"],
    ...["--ca", certs.agent.ca, "--cert", certs.agent.cert, "--key", certs.agent.key],
    ...(cgroupRoot === undefined ? ["--cgroups", "off"] : ["--cgroup-root", cgroupRoot]),
  ];
  let serving = await serve(words, `${stateDir}.log`);
  let client = connect({ address: `localhost:${serving.port}`, ...readPem(certs.client) });
  return {
    ...{ stateDir },
    get pid() {
      return serving.pid;
    },
    get startedInMs() {
      return serving.startedInMs;
    },
    get client() {
      return client;
    },
    get lpr() {
      return { command: [LPR], env: environment(serving.port, certs, stateDir) };
    },
    async crashAndRestart() {
      client.close();
      serving.kill("SIGKILL");
      await serving.exited;
      serving = await serve(words, `${stateDir}.log`);
      client = connect({ address: `localhost:${serving.port}`, ...readPem(certs.client) });
    },
    async [Symbol.asyncDispose]() {
      client.close();
      // Only an agent can end the jobs of one that was killed.
      if (!serving.isRunning()) serving = await serve(words, `${stateDir}.log`);
      await end(serving);
      if (cgroupRoot === undefined || !existsSync(cgroupRoot)) return;
      await until(() => !isPopulated(cgroupRoot), "the jobs of the bench are gone");
      removeGroup(cgroupRoot);
    },
  };
}

interface AgentProcess {
  readonly pid: number;
  readonly port: number;
  readonly startedInMs: number;
  readonly exited: Promise<number>;
  isRunning(): boolean;
  kill(signal: NodeJS.Signals): void;
}

async function serve(words: readonly string[], logPath: string): Promise<AgentProcess> {
  const log = openSync(logPath, "w");
  const start = performance.now();
  const child = Bun.spawn([LPR, ...words], {
    env: { PATH: process.env["PATH"] ?? "" },
    cwd: "/",
    // A session of its own: Ctrl-C is for us, and we end it.
    detached: true,
    stdio: ["ignore", "ignore", log],
  });
  closeSync(log);
  const port = await until(() => {
    const text = readFileSync(logPath, "utf8");
    if (child.exitCode !== null) throw new Error(`the agent ended at once:\n${text}`);
    return Number(/serves on 127\.0\.0\.1:(\d+)/.exec(text)?.[1]);
  }, "the agent serves");
  return {
    ...{ port, pid: child.pid, exited: child.exited },
    startedInMs: performance.now() - start,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: (signal) => child.kill(signal),
  };
}

/** The first SIGTERM gives jobs their grace period, the second one hurries; an agent that hangs is killed. */
async function end(agent: AgentProcess): Promise<void> {
  const hurry = setTimeout(() => agent.kill("SIGTERM"), 200);
  const kill = setTimeout(() => agent.kill("SIGKILL"), 20_000);
  agent.kill("SIGTERM");
  await agent.exited;
  clearTimeout(hurry);
  clearTimeout(kill);
}

function environment(port: number, { client }: BenchCerts, home: string): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: join(home, "home"),
    LPR_ADDRESS: `localhost:${port}`,
    LPR_CACERT: client.ca,
    LPR_CERT: client.cert,
    LPR_KEY: client.key,
  };
}
