import { chmodSync, closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, connect } from "../../src/client/index.ts";
import { isPopulated, removeGroup } from "../../src/job/cgroup/group.ts";
import { ownCgroup } from "./agent.ts";
import { testCerts } from "./certs.ts";
import { tempDir } from "./temp-dir.ts";
import { until } from "./until.ts";

export interface AgentProcess extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
  /** Where records and logs of its jobs are. */
  readonly stateDir: string;
  readonly exited: Promise<number>;
  /** What it has written to standard error. */
  log(): string;
  kill(signal: NodeJS.Signals): void;
  /** Once it has ended: the next one, on the same port and with the same state. */
  startAgain(): Promise<void>;
  client(tenant?: string, role?: string): Promise<Client & Disposable>;
}

export interface SpawnOptions {
  /** DNS name that its certificate has as well. */
  readonly name?: string;
  /** Its agent.yaml, beside what the test needs. */
  readonly config?: string;
}

/** `lpr agent serve` in a process of its own. */
export async function spawnAgent(
  onShutdown: "stop" | "keep" = "stop",
  { name, config = "" }: SpawnOptions = {},
): Promise<AgentProcess> {
  const certs = await testCerts();
  const certificate = name === undefined ? certs.agent : await certs.agentNamed(name);
  const dir = tempDir();
  const stateDir = dir.join("state");
  const cgroup = ownCgroup();
  chmodSync(certificate.keyPath, 0o600);
  writeFileSync(dir.join("agent.yaml"), config);
  const log = () => readFileSync(dir.join("stderr"), "utf8");

  const start = async (wantedPort: number, jobs: typeof onShutdown) => {
    const stderr = openSync(dir.join("stderr"), "a");
    const logged = log().length;
    const child = Bun.spawn(
      [
        ...[process.execPath, join(import.meta.dir, "../../src/main.ts"), "agent", "serve"],
        ...["--listen", `127.0.0.1:${wantedPort}`, "--state-dir", stateDir, "--shared-account"],
        ...["--on-shutdown", jobs, "--config", dir.join("agent.yaml")],
        ...["--ca", certs.ca.certPath, "--cert", certificate.certPath, "--key", certificate.keyPath],
        ...["--cgroups", cgroup.mode, ...(cgroup.root === undefined ? [] : ["--cgroup-root", cgroup.root])],
      ],
      { cwd: "/", stdin: "ignore", stdout: "ignore", stderr },
    );
    closeSync(stderr);
    const portOnceServing = () => {
      const own = log().slice(logged);
      if (child.exitCode !== null) throw new Error(`the agent ended at once:\n${own}`);
      return /serves on 127\.0\.0\.1:(\d+)/.exec(own)?.[1];
    };
    return { child, port: Number(await until(portOnceServing, "the agent serves")) };
  };

  let { child, port } = await start(0, onShutdown);
  const startAgain = async (jobs = onShutdown) => {
    ({ child, port } = await start(port, jobs));
  };
  return {
    ...{ port, stateDir, log, startAgain: () => startAgain() },
    get pid() {
      return child.pid;
    },
    get exited() {
      return child.exited;
    },
    kill: (signal) => child.kill(signal),
    async client(tenant = "root", role = "admin") {
      const { cert, key } = await certs.client({ tenant, role });
      const client = connect({ address: `localhost:${port}`, ca: certs.ca.cert, cert, key });
      return { ...client, [Symbol.dispose]: () => client.close() };
    },
    async [Symbol.asyncDispose]() {
      if (onShutdown === "keep") child.kill("SIGKILL");
      if (onShutdown === "keep") await child.exited;
      // One that was killed has left its jobs to the next.
      if (child.signalCode !== null || onShutdown === "keep") await startAgain("stop");
      child.kill("SIGTERM");
      child.kill("SIGTERM");
      await child.exited;
      if (cgroup.root !== undefined && existsSync(cgroup.root)) {
        const { root } = cgroup;
        await until(() => !isPopulated(root), "the cgroups of the test are empty");
        removeGroup(root);
      }
      dir[Symbol.dispose]();
    },
  };
}
