import { connect, createServer, type Socket } from "node:net";

/** A way to an agent that can be deaf, cut and closed. */
export interface Proxy extends AsyncDisposable {
  readonly address: string;
  /** Of a client that has sent so many bytes nothing is let through any more that the agent says. */
  deafAfterBytes: number;
  /** A client that has sent so many bytes is cut off. */
  hangUpAfterBytes: number;
  /** Whether new connections get through. */
  isOpen: boolean;
  /** Ends all connections. */
  cut(): void;
}

export async function openProxy(agentPort: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // Whoever is cut off hears of it from the other side.
    socket.on("error", () => socket.destroy());
  };
  const server = createServer((client) => {
    keep(client);
    if (!proxy.isOpen) {
      client.destroy();
      return;
    }
    const agent = connect(agentPort, "127.0.0.1");
    keep(agent);
    let sent = 0;
    client.on("data", (data: Buffer) => {
      sent += data.length;
      if (sent >= proxy.hangUpAfterBytes) client.destroy();
      agent.write(data);
    });
    agent.on("data", (data: Buffer) => {
      if (sent < proxy.deafAfterBytes) client.write(data);
    });
    agent.on("close", () => client.destroy());
    client.on("close", () => agent.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const proxy: Proxy = {
    address: `localhost:${address.port}`,
    deafAfterBytes: Number.POSITIVE_INFINITY,
    hangUpAfterBytes: Number.POSITIVE_INFINITY,
    isOpen: true,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      proxy.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
