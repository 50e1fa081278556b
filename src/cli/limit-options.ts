import type { Limits } from "../job/types.ts";
import { runOptions } from "./run-options.ts";
import { didYouMean } from "./suggest.ts";

/** The options of `job run` that set a limit, and what they set. */
export const LIMIT_FIELDS = {
  cpu: "cpuCores",
  memory: "memoryBytes",
  pids: "pids",
  "io-read": "ioReadBytesPerSecond",
  "io-write": "ioWriteBytesPerSecond",
  "io-read-ops": "ioReadOpsPerSecond",
  "io-write-ops": "ioWriteOpsPerSecond",
  "io-device": "ioDevice",
  "open-files": "openFiles",
} as const satisfies Partial<Record<keyof typeof runOptions, keyof Limits>>;

export type LimitOption = keyof typeof LIMIT_FIELDS;
export const LIMIT_OPTIONS = Object.keys(LIMIT_FIELDS) as readonly LimitOption[];

/** The limits among the options of a run; undefined when there are none. */
export function limitsOf(options: { readonly [Name in LimitOption]?: unknown }): Limits | undefined {
  const given = LIMIT_OPTIONS.filter((name) => options[name] !== undefined);
  if (given.length === 0) return undefined;
  return Object.fromEntries(given.map((name) => [LIMIT_FIELDS[name], options[name]])) as Limits;
}

/** Value of `agent serve --limit-default` and `--limit-cap`: `memory=512M`, by the names of the options of `job run`. */
export function parseLimit(text: string): readonly [LimitOption, unknown] {
  const [, name = "", value = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const option = LIMIT_OPTIONS.find((known) => known === name);
  if (option === undefined) {
    const suggestion = didYouMean(name, LIMIT_OPTIONS) || `; limits are ${LIMIT_OPTIONS.join(", ")}`;
    throw new Error(`must be NAME=VALUE such as memory=512M, got ${JSON.stringify(text)}${suggestion}`);
  }
  const flag = runOptions[option];
  return [option, "parse" in flag ? flag.parse(value) : value];
}
