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
    formatOptions: { date: true },
  });
  return {
    info: (message) => consola.info(message),
    warn: (message) => consola.warn(message),
    error: (message, cause) => (cause === undefined ? consola.error(message) : consola.error(message, cause)),
  };
}
