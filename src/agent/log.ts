import { inspect } from "node:util";
import type { ConsolaInstance } from "consola";

const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_FORMATS = ["text", "json"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** What a line is about, beside its words: for programs that read the log. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** The agent's own log, on standard error. Output of jobs never gets here. */
export interface AgentLog {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, cause?: unknown): void;
}

/** Writes an entry that is important enough. */
type Writer = (level: LogLevel, message: string, fields: LogFields, cause: unknown) => void;

export interface LeveledLog extends AgentLog {
  /** The least important level that is written. */
  level: LogLevel;
}

export async function openLog(format: LogFormat, level: LogLevel): Promise<LeveledLog> {
  // A full disk or a terminal that was closed ends a command, which nobody reads any more. It must not end the agent:
  // its jobs would go on without it.
  process.stderr.removeAllListeners("error").on("error", () => undefined);
  const write = format === "json" ? writeJson : await textWriter();
  const log = (at: LogLevel, message: string, fields: LogFields = {}, cause?: unknown) => {
    if (LOG_LEVELS.indexOf(at) >= LOG_LEVELS.indexOf(opened.level)) write(at, message, fields, cause);
  };
  const opened: LeveledLog = {
    level,
    debug: (message, fields) => log("debug", message, fields),
    info: (message, fields) => log("info", message, fields),
    warn: (message, fields) => log("warn", message, fields),
    error: (message, cause) => log("error", message, {}, cause),
  };
  return opened;
}

/** An object a line: `time`, `level`, `message`, what the line is about, and `error` where one is behind it. */
function writeJson(level: LogLevel, message: string, fields: LogFields, cause: unknown): void {
  const error = cause === undefined ? {} : { error: inspect(cause, { depth: 4, colors: false }) };
  const entry = { time: new Date().toISOString(), level, message, ...fields, ...error };
  process.stderr.write(`${JSON.stringify(entry)}\n`);
}

async function textWriter(): Promise<Writer> {
  const { createConsola } = await import("consola/basic");
  // info would go to standard output, which belongs to results.
  const consola: ConsolaInstance = createConsola({
    ...{ stdout: process.stderr, stderr: process.stderr },
    // What is written has been decided.
    level: Number.POSITIVE_INFINITY,
  });
  return (level, message, fields, cause) => {
    const about = Object.entries(fields).filter(([, value]) => value !== undefined);
    // The basic reporter knows no time, and not every log goes to journald.
    const words = [
      new Date().toISOString(),
      message,
      ...about.map(([name, value]) => `${name}=${JSON.stringify(value)}`),
    ].join(" ");
    if (cause === undefined) consola[level](words);
    else consola[level](words, cause);
  };
}
