import { JobError } from "../job/errors.ts";
import type { AgentConfig, AgentPolicy } from "./config.ts";
import type { AgentLog, LeveledLog } from "./log.ts";
import { notifyReady } from "./ready.ts";
import { type Agent, serve } from "./serve.ts";

export interface DaemonOptions {
  readonly log: LeveledLog;
  /** Reads the settings again, as the agent was told them. @throws JobError INVALID_INPUT when they make no sense */
  readonly readPolicy: () => Promise<AgentPolicy>;
}

/**
 * Serves until SIGTERM or SIGINT has shut the agent down; a second one hurries. SIGHUP reads the settings again.
 * @throws whatever keeps the agent from starting or from ending well
 */
export async function runDaemon(config: AgentConfig, { log, readPolicy }: DaemonOptions): Promise<void> {
  surviveSocketErrors(log);
  const starting = serve(config, { log });
  let policy: AgentPolicy = config;
  process.on("SIGHUP", () => {
    starting.then(
      async (agent) => {
        policy = await reloadFrom(agent, policy, readPolicy, log);
        log.level = policy.logLevel;
      },
      // Thrown below.
      () => undefined,
    );
  });
  let signals = 0;
  // Heard from the first moment on: one that comes before all jobs are adopted has the same effect as later.
  const ended = new Promise<void>((resolve, reject) => {
    const onSignal = (signal: string) => {
      log.info(signals++ === 0 ? `${signal}: shutting down` : `${signal} again: hurrying`);
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

/** What the agent goes by afterwards: as before, when the new settings make no sense. */
async function reloadFrom(
  agent: Agent,
  now: AgentPolicy,
  readPolicy: () => Promise<AgentPolicy>,
  log: AgentLog,
): Promise<AgentPolicy> {
  try {
    const { policy, changed, needRestart } = await agent.reload(await readPolicy());
    log.info(`SIGHUP: certificates and settings read again, changed: ${changed.join(", ") || "none"}`);
    if (needRestart.length > 0) log.warn(`takes effect after a restart: ${needRestart.join(", ")}`);
    return policy;
  } catch (error) {
    // Somebody's mistake, which its own words tell best.
    if (error instanceof JobError && error.code === "INVALID_INPUT")
      log.error(`SIGHUP: the settings stay as they were: ${error.message}`);
    else log.error("SIGHUP: the settings stay as they were", error);
    // What is wrong with them is no reason to go on with old certificates.
    await agent.reload();
    return now;
  }
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
