import type { ConsolaInstance } from "consola";

/** The agent's own log, on standard error. Output of jobs never gets here. */
export interface AgentLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}

export async function openLog(): Promise<AgentLog> {
  const { createConsola } = await import("consola/basic");
  // info would go to standard output, which belongs to results.
  const consola: ConsolaInstance = createConsola({
    stdout: process.stderr,
    stderr: process.stderr,
  });
  // The basic reporter knows no time, and not every log goes to journald.
  const timed = (message: string) => `${new Date().toISOString()} ${message}`;
  return {
    info: (message) => consola.info(timed(message)),
    warn: (message) => consola.warn(timed(message)),
    error: (message, cause) =>
      cause === undefined ? consola.error(timed(message)) : consola.error(timed(message), cause),
  };
}
