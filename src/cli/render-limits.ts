import type { Limits } from "../job/types.ts";
import { printable } from "./quote.ts";
import { formatSize } from "./size.ts";

const cores = (value: number) => `${value} ${value === 1 ? "core" : "cores"}`;
const perSecond = (value: number) => `${formatSize(value)}/s`;
const requests = (value: number) => `${value} requests/s`;

/** What a limit is called, and how its value is shown. */
const SHOWN: { readonly [Name in keyof Limits]-?: readonly [string, (value: never) => string] } = {
  cpuCores: ["cpu", cores],
  memoryBytes: ["memory", formatSize],
  pids: ["pids", String],
  ioReadBytesPerSecond: ["io-read", perSecond],
  ioWriteBytesPerSecond: ["io-write", perSecond],
  ioReadOpsPerSecond: ["io-read-ops", requests],
  ioWriteOpsPerSecond: ["io-write-ops", requests],
  ioDevice: ["io-device", printable],
  openFiles: ["open-files", String],
};
const NAMES = Object.keys(SHOWN) as (keyof Limits)[];

/** A row for each limit, named as its option is. */
export function limitRows(limits: Limits): [name: string, value: string][] {
  return NAMES.flatMap((name) => {
    const value = limits[name];
    if (value === undefined) return [];
    const [label, show] = SHOWN[name];
    return [[label, (show as (it: unknown) => string)(value)]];
  });
}

/** As documents print them: every key is there, null where there is no limit. */
export function limitsDocument(limits: Limits): Record<keyof Limits, number | string | null> {
  return Object.fromEntries(NAMES.map((name) => [name, limits[name] ?? null])) as Record<
    keyof Limits,
    number | string | null
  >;
}
