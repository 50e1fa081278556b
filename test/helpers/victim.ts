import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type Client, connect } from "../../src/client/index.ts";
import { LPR } from "./binary.ts";
import { testCerts } from "./certs.ts";
import { openRaw, type RawConnection } from "./raw-http2.ts";
import { tempDir } from "./temp-dir.ts";
import { until } from "./until.ts";

export interface Victim extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
  log(): string;
  /** Memory of the agent now, in MiB. */
  memory(): number;
  /** A tenant that misbehaves. */
  attack(options?: { readonly polite?: boolean; readonly tenant?: string }): Promise<RawConnection>;
  client(tenant?: string): Promise<Client & Disposable>;
  /** Fails unless the agent lives, has found no defect, and serves a new client. */
  mustServe(): Promise<void>;
}

/** The binary, serving in a process of its own; `settings` are lines of agent.yaml. */
export async function startVictim(settings = ""): Promise<Victim> {
  const certs = await testCerts();
  chmodSync(certs.agent.keyPath, 0o600);
  const dir = tempDir();
  mkdirSync(dir.join("state"), { mode: 0o700 });
  const { certPath, keyPath } = certs.agent;
  const files = `ca: ${certs.ca.certPath}\ncert: ${certPath}\nkey: ${keyPath}\n`;
  const place = `listen: 127.0.0.1:0\nstate-dir: ${dir.join("state")}\ncgroups: "off"\nshared-account: true\n`;
  writeFileSync(dir.join("agent.yaml"), files + place + settings);
  const child = Bun.spawn([LPR, "agent", "serve", "--config", dir.join("agent.yaml")], {
    ...{ cwd: "/", env: { PATH: process.env["PATH"] ?? "" } },
    ...{ stdin: "ignore", stdout: "ignore", stderr: Bun.file(dir.join("log")) },
  });
  const log = () => (existsSync(dir.join("log")) ? readFileSync(dir.join("log"), "utf8") : "");
  const port = await until(() => {
    if (child.exitCode !== null) throw new Error(`the agent ended at once:\n${log()}`);
    return Number(/serves on 127\.0\.0\.1:(\d+)/.exec(log())?.[1]);
  }, "the agent serves");

  const client = async (tenant = "root") => {
    const { cert, key } = await certs.client({ tenant, role: "admin" });
    const opened = connect({ address: `localhost:${port}`, ca: certs.ca.cert, cert, key });
    return { ...opened, [Symbol.dispose]: () => opened.close() };
  };
  return {
    ...{ port, pid: child.pid, log, client },
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
    },
    async attack({ polite = true, tenant = "mallory" } = {}) {
      const owner = await certs.client({ tenant, role: "admin" });
      return openRaw({ port, ca: certs.ca.cert, owner, polite });
    },
    async mustServe() {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the agent has ended:\n${log()}`);
      using other = await client();
      const { tenant } = await other.info();
      if (tenant !== "root") throw new Error(`the agent took root for ${tenant}`);
      if (/defect|"level":"error"/.test(log())) throw new Error(`the agent complains of itself:\n${log()}`);
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      child.kill("SIGTERM");
      await child.exited;
      dir[Symbol.dispose]();
    },
  };
}
