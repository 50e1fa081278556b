import { JobError } from "../job/errors.ts";
import type { AgentConfig } from "./config.ts";
import type { AgentLog } from "./log.ts";
import { notifyReady } from "./ready.ts";
import { serve } from "./serve.ts";

/**
 * Serves until SIGTERM or SIGINT has shut the agent down; a second one hurries.
 * @throws whatever keeps the agent from starting or from ending well
 */
export async function runDaemon(config: AgentConfig, log: AgentLog): Promise<void> {
  surviveSocketErrors(log);
  const starting = serve(config, { log });
  process.on("SIGHUP", () => {
    log.info("SIGHUP: reading the certificate files again");
    starting.then(
      (agent) => agent.reload(),
      // Thrown below.
      () => undefined,
    );
  });
  let signals = 0;
  // Heard from the first moment on: one that comes before all jobs are adopted has the same effect as later.
  const ended = new Promise<void>((resolve, reject) => {
    const onSignal = (signal: string) => {
      log.info(
        signals++ === 0
          ? `${signal}: ${config.onShutdown === "keep" ? "leaving jobs to the next agent" : "stopping jobs; once more to kill them"}`
          : `${signal} again: hurrying`,
      );
      starting.then((agent) => agent.shutdown()).then(resolve, reject);
    };
    process.on("SIGTERM", onSignal);
    process.on("SIGINT", onSignal);
  });
  const started = starting.then(async () => {
    if (await notifyReady(process.env)) return;
    log.warn("systemd could not be told that the agent serves: systemd-notify is missing, or failed");
  });
  await Promise.all([started, ended]);
}

/** Errors of a connection, which a client can cause: never a reason to take the others down. */
const socketErrors =
  /^(E(PIPE|CONNRESET|CONNABORTED|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTCONN)|ERR_(HTTP2|SSL|TLS|STREAM)_\w+)$/;

/**
 * Bun's HTTP/2 reports some errors of sockets on objects that nobody could listen to. Those are logged and
 * survived. Anything else is a defect that has left the state of the agent unknown: it ends, and jobs and their
 * supervisors go on without it.
 */
function surviveSocketErrors(log: AgentLog): void {
  const onError = (error: unknown) => {
    const code = (error as { code?: unknown } | null)?.code;
    if (typeof code === "string" && !(error instanceof JobError) && socketErrors.test(code)) {
      return log.warn(`a connection failed: ${code}`);
    }
    log.error("defect in the agent, which has to end", error);
    process.exit(1);
  };
  process.on("uncaughtException", onError);
  process.on("unhandledRejection", onError);
}
