import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, connect } from "../../src/client/index.ts";
import { isPopulated, removeGroup } from "../../src/job/cgroup/group.ts";
import { ownCgroup } from "./agent.ts";
import { testCerts } from "./certs.ts";
import { tempDir } from "./temp-dir.ts";
import { until } from "./until.ts";

export interface FleetAgentOptions {
  /** Its name in the fleet. */
  readonly name: string;
  readonly servers: readonly string[];
  /** As in agent.yaml, beside the servers and the name. */
  readonly fleet?: Record<string, unknown>;
  /** @default "keep" */
  readonly onShutdown?: "stop" | "keep";
  /** What to run. @default the source, by this Bun */
  readonly program?: readonly string[];
}

export interface FleetAgent extends AsyncDisposable {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  readonly cgroupRoot: string | undefined;
  /** What it has written to standard error. */
  log(): string;
  /** Resolves when it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** The next one, on the same port and with the same state; resolves when it serves. */
  startAgain(): Promise<void>;
  client(tenant?: string, role?: string): Promise<Client & Disposable>;
}

const SOURCE = [process.execPath, join(import.meta.dir, "../../src/main.ts")];

/** `lpr agent serve` in a process of its own, with a section `fleet` in its agent.yaml. */
export async function spawnFleetAgent(options: FleetAgentOptions): Promise<FleetAgent> {
  const { name, servers, fleet = {}, onShutdown = "keep", program = SOURCE } = options;
  const certs = await testCerts();
  const certificate = await certs.agentNamed(name);
  const dir = tempDir();
  const cgroup = ownCgroup();
  const log = () => (existsSync(dir.join("stderr")) ? readFileSync(dir.join("stderr"), "utf8") : "");

  const start = async (port: number, jobs: "stop" | "keep") => {
    const settings = {
      listen: `127.0.0.1:${port}`,
      ...{ ca: certs.ca.certPath, cert: certificate.certPath, key: certificate.keyPath },
      ...{ "state-dir": dir.join("state"), "shared-account": true, "on-shutdown": jobs },
      cgroups: cgroup.mode,
      ...(cgroup.root === undefined ? {} : { "cgroup-root": cgroup.root }),
      fleet: { servers, name, ...fleet },
    };
    // YAML has all of JSON.
    writeFileSync(dir.join("agent.yaml"), JSON.stringify(settings));
    const stderr = openSync(dir.join("stderr"), "a");
    const logged = log().length;
    const child = Bun.spawn([...program, "agent", "serve", "--config", dir.join("agent.yaml")], {
      cwd: "/",
      ...{ stdin: "ignore", stdout: "ignore", stderr },
    });
    closeSync(stderr);
    const portOnceServing = () => {
      const own = log().slice(logged);
      if (child.exitCode !== null) throw new Error(`the agent ended at once:\n${own}`);
      return /serves on 127\.0\.0\.1:(\d+)/.exec(own)?.[1];
    };
    return { child, port: Number(await until(portOnceServing, `${name} serves`)) };
  };

  let { child, port } = await start(0, onShutdown);
  const kill = async (signal: NodeJS.Signals = "SIGKILL") => {
    child.kill(signal);
    await child.exited;
  };
  return {
    ...{ name, log, kill, cgroupRoot: cgroup.root },
    get port() {
      return port;
    },
    get pid() {
      return child.pid;
    },
    startAgain: async () => {
      ({ child, port } = await start(port, onShutdown));
    },
    async client(tenant = "root", role = "admin") {
      const { cert, key } = await certs.client({ tenant, role });
      const client = connect({ address: `localhost:${port}`, ca: certs.ca.cert, cert, key });
      return { ...client, [Symbol.dispose]: () => client.close() };
    },
    async [Symbol.asyncDispose]() {
      await kill();
      // Its jobs are stopped by one that may do so.
      ({ child } = await start(port, "stop"));
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
