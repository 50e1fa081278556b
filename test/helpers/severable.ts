import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** To the server, or back from it. */
export type Way = (typeof WAYS)[number];
const WAYS = ["there", "back"] as const;

/** A way to a server on this machine that can be cut: nothing comes through any more, and nobody is told. */
export interface Severable extends Disposable {
  readonly port: number;
  /** As when a cable is pulled: connections stay, and are silent. @param ways that nothing goes any more. @default both */
  cut(ways?: readonly Way[]): void;
  /** What was under way is lost; new connections come through. */
  heal(): void;
}

export async function severable(targetPort: number): Promise<Severable> {
  /** Each by the way of what it is read from. */
  const sockets = new Map<Socket, Way>();
  let cutWays: readonly Way[] = [];
  const server = createServer((inner) => {
    const outer = connect(targetPort, "127.0.0.1");
    for (const [way, one, other] of [
      ["there", inner, outer],
      ["back", outer, inner],
    ] as const) {
      sockets.set(one, way);
      if (cutWays.includes(way)) one.pause();
      one.on("data", (bytes) => {
        if (!other.write(bytes)) one.pause();
      });
      one.on("drain", () => {
        const from = sockets.get(other);
        if (from && !cutWays.includes(from)) other.resume();
      });
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut: (ways = WAYS) => {
      cutWays = ways;
      for (const [socket, way] of sockets) if (ways.includes(way)) socket.pause();
    },
    heal: () => {
      cutWays = [];
      for (const socket of sockets.keys()) socket.destroy();
    },
    [Symbol.dispose]: () => {
      server.close();
      for (const socket of sockets.keys()) socket.destroy();
    },
  };
}
