import { connect } from "node:tls";
import type { Address } from "./address.ts";
import type { AgentTls } from "./target.ts";

/** Where to look, and what TLS needs; without one's own certificate an agent says no more than its own. */
export interface ProbeTarget {
  readonly address: Address;
  readonly tls: AgentTls;
}

/** How far a bare connection to the agent gets. */
export type Outcome =
  /** The agent speaks HTTP/2 with us: whatever failed before has gone. */
  | { readonly stage: "accepted" }
  /** TLS is up on our side, and the agent hangs up: in TLS 1.3 that is how it refuses our certificate. */
  | { readonly stage: "refused"; readonly code?: string }
  /** TLS is up with something that does not speak HTTP/2. */
  | { readonly stage: "no-http2" }
  /** The handshake failed, or there was no connection at all. */
  | { readonly stage: "failed"; readonly code: string; readonly message: string }
  | { readonly stage: "timeout"; readonly connected: boolean };

/** What a client of HTTP/2 says first: the preface and empty settings. */
const http2Hello = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);

/** Connects to the agent as the client would, and tells what happens. */
export function probe({ address, tls }: ProbeTarget, timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let connected = false;
    let secure = false;
    const { host, port } = address;
    // Said outright, or NODE_TLS_REJECT_UNAUTHORIZED would decide; gRPC is not moved by it.
    const socket = connect({ ...tls, host, port, ALPNProtocols: ["h2"], rejectUnauthorized: true });
    const timer = setTimeout(() => done({ stage: "timeout", connected }), timeoutMs);
    const done = (outcome: Outcome) => {
      clearTimeout(timer);
      resolve(outcome);
      socket.destroy();
    };
    socket.on("connect", () => {
      connected = true;
    });
    socket.on("secureConnect", () => {
      secure = true;
      if (socket.alpnProtocol !== "h2") return done({ stage: "no-http2" });
      socket.write(http2Hello);
    });
    socket.on("data", () => done({ stage: "accepted" }));
    // Stays for errors after the outcome, which nobody has to hear of.
    socket.on("error", (error: NodeJS.ErrnoException) => {
      const code = error.code ?? "";
      done(secure ? { stage: "refused", code } : { stage: "failed", code, message: error.message });
    });
    const onEnd = () =>
      done(secure ? { stage: "refused" } : { stage: "failed", code: "ECONNRESET", message: "hung up" });
    socket.on("end", onEnd);
    socket.on("close", onEnd);
  });
}
