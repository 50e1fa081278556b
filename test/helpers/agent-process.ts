import { chmodSync, existsSync, readFileSync } from "node:fs";
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
  readonly exited: Promise<number>;
  /** What it has written to standard error. */
  log(): string;
  kill(signal: NodeJS.Signals): void;
  client(tenant?: string, role?: string): Promise<Client & Disposable>;
}

/** `lpr agent serve` in a process of its own. */
export async function spawnAgent(): Promise<AgentProcess> {
  const certs = await testCerts();
  const dir = tempDir();
  const cgroup = ownCgroup();
  chmodSync(certs.agent.keyPath, 0o600);
  const child = Bun.spawn(
    [
      ...[process.execPath, join(import.meta.dir, "../../src/main.ts"), "agent", "serve"],
      ...["--listen", "127.0.0.1:0", "--state-dir", dir.join("state"), "--shared-account"],
      ...["--ca", certs.ca.certPath, "--cert", certs.agent.certPath, "--key", certs.agent.keyPath],
      ...["--cgroups", cgroup.mode, ...(cgroup.root === undefined ? [] : ["--cgroup-root", cgroup.root])],
    ],
    { cwd: "/", stdin: "ignore", stdout: "ignore", stderr: Bun.file(dir.join("stderr")) },
  );
  const log = () => readFileSync(dir.join("stderr"), "utf8");
  const portOnceServing = () => {
    if (child.exitCode !== null) throw new Error(`the agent ended at once:\n${log()}`);
    return /serves on 127\.0\.0\.1:(\d+)/.exec(log())?.[1];
  };
  const port = Number(await until(portOnceServing, "the agent serves"));
  return {
    ...{ port, pid: child.pid, exited: child.exited },
    log,
    kill: (signal) => child.kill(signal),
    async client(tenant = "root", role = "admin") {
      const { cert, key } = await certs.client({ tenant, role });
      const client = connect({ address: `localhost:${port}`, ca: certs.ca.cert, cert, key });
      return { ...client, [Symbol.dispose]: () => client.close() };
    },
    async [Symbol.asyncDispose]() {
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
