import { connect } from "node:net";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect as connectNats, type NatsConnection } from "@nats-io/transport-node";
import { freePort } from "./free-port.ts";
import { tempDir } from "./temp-dir.ts";
import { until } from "./until.ts";

/** nats-server(8) of the distribution; tests that need it say so where it is missing. */
export const natsServer = Bun.which("nats-server") ?? undefined;

/** A server that can be killed and started again, with what it has kept. */
export interface NatsServer {
  readonly name: string;
  /** `nats://127.0.0.1:PORT` */
  readonly url: string;
  /** @throws Error when it does not run */
  readonly pid: number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it takes connections. */
  start(): Promise<void>;
}

export interface NatsCluster extends AsyncDisposable {
  readonly servers: readonly NatsServer[];
  readonly urls: readonly string[];
  /** Name of the server that leads a stream at the moment. */
  leaderOf(stream: string): Promise<string | undefined>;
  /** Whether every server runs and has all that the others have, so that one of them may be lost. */
  inStep(): Promise<boolean>;
  /** What the servers have said, for whoever looks into a failure. */
  log(): Promise<string>;
}

/** Who may ask a server for what it has, where it does not let anybody in. */
export interface NatsLogin {
  readonly user: string;
  readonly pass: string;
}

/** @param config of each server, beside what makes it one of these */
export async function startNats(
  size: 1 | 3 = 1,
  config = "",
  login: Partial<NatsLogin> = {},
): Promise<NatsCluster> {
  if (natsServer === undefined) throw new Error("nats-server is missing");
  const dir = tempDir();
  const members = await Promise.all(
    Array.from({ length: size }, async (_, index) => ({
      name: `n${index + 1}`,
      port: await freePort(),
      clusterPort: await freePort(),
    })),
  );
  const routes = members.map(({ clusterPort }) => `nats://127.0.0.1:${clusterPort}`).join(", ");
  const servers = await Promise.all(
    members.map(async ({ name, port, clusterPort }) => {
      const file = dir.join(`${name}.conf`);
      // Not advertised: who is cut off would learn of a way round from them.
      const cluster =
        size === 1
          ? ""
          : `cluster { name: lpr, listen: "127.0.0.1:${clusterPort}", routes: [${routes}], no_advertise: true }`;
      const store = `jetstream { store_dir: "${dir.join(name)}" }`;
      await Bun.write(
        file,
        `server_name: ${name}\nlisten: "127.0.0.1:${port}"\n${store}\n${cluster}\n${config}\n`,
      );
      return new Server(name, port, file, dir.join("nats.log"));
    }),
  );
  const urls = servers.map(({ url }) => url);
  const cluster: NatsCluster = {
    servers,
    urls,
    leaderOf: (stream) =>
      asking(urls, login, async (connection) => {
        const manager = await jetstreamManager(connection);
        return (await manager.streams.info(stream)).cluster?.leader;
      }),
    inStep: () =>
      asking(urls, login, async (connection) => {
        const manager = await jetstreamManager(connection);
        const streams = await manager.streams.list().next();
        return streams.every(({ cluster }) =>
          cluster?.replicas?.every(({ current, offline, lag }) => current && !offline && !lag),
        );
      }),
    log: () => Bun.file(dir.join("nats.log")).text(),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map((server) => server.kill()));
      dir[Symbol.dispose]();
    },
  };
  await Promise.all(servers.map((server) => server.start()));
  // A cluster has no JetStream before it has elected a leader.
  await until(() => hasJetStream(urls, login), "JetStream answers");
  return cluster;
}

class Server implements NatsServer {
  readonly name: string;
  readonly url: string;
  readonly #port: number;
  readonly #config: string;
  readonly #log: string;
  #process: Bun.Subprocess | undefined;

  constructor(name: string, port: number, config: string, log: string) {
    this.name = name;
    this.url = `nats://127.0.0.1:${port}`;
    this.#port = port;
    this.#config = config;
    this.#log = log;
  }

  get pid(): number {
    if (this.#process === undefined) throw new Error(`${this.name} does not run`);
    return this.#process.pid;
  }

  async start(): Promise<void> {
    this.#process ??= Bun.spawn({
      cmd: [natsServer ?? "nats-server", "--config", this.#config, "--log", this.#log],
      stdio: ["ignore", "ignore", "ignore"],
    });
    await until(() => takesConnections(this.#port), `${this.name} takes connections`);
  }

  async kill(): Promise<void> {
    this.#process?.kill("SIGKILL");
    await this.#process?.exited;
    this.#process = undefined;
  }
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const tell = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => tell(true));
    socket.once("error", () => tell(false));
  });
}

async function hasJetStream(urls: readonly string[], login: Partial<NatsLogin>): Promise<boolean> {
  try {
    await asking(urls, login, async (connection) => (await jetstreamManager(connection)).getAccountInfo());
    return true;
  } catch {
    return false;
  }
}

async function asking<T>(
  urls: readonly string[],
  login: Partial<NatsLogin>,
  ask: (connection: NatsConnection) => Promise<T>,
): Promise<T> {
  const connection = await connectNats({ servers: [...urls], ...login });
  try {
    return await ask(connection);
  } finally {
    await connection.close();
  }
}
