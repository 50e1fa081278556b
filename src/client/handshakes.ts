import type { Socket } from "node:net";
import type { ChannelCredentials } from "@grpc/grpc-js";

/**
 * The connections of a channel on which TLS is being set up. grpc-js never gives one up, not even when the channel is
 * closed: something that accepts connections and says nothing would keep the program alive.
 */
export class Handshakes {
  readonly #sockets = new Set<Socket>();

  /** The same credentials; what they connect is known here until it is secure. */
  watch(credentials: ChannelCredentials): ChannelCredentials {
    const create = credentials._createSecureConnector.bind(credentials);
    credentials._createSecureConnector = (...args) => {
      const connector = create(...args);
      const connect = connector.connect.bind(connector);
      connector.connect = async (socket) => {
        this.#sockets.add(socket);
        try {
          return await connect(socket);
        } finally {
          this.#sockets.delete(socket);
        }
      };
      return connector;
    };
    return credentials;
  }

  abandon(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
