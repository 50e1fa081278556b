import { readFile } from "node:fs/promises";
import type { BunPlugin } from "bun";

/**
 * grpc-js adds milliseconds to a date in local time whenever it connects. The first question about local time has
 * ICU load its time zones: 5 to 15 ms of each command, for a sum that is the same in UTC.
 */
export const utcBackoff: BunPlugin = {
  name: "utc-backoff",
  setup(build) {
    build.onLoad({ filter: /grpc-js\/build\/src\/backoff-timeout\.js$/ }, async ({ path }) => ({
      contents: inUtc(await readFile(path, "utf8"), path),
      loader: "js",
    }));
  },
};

export function inUtc(source: string, path: string): string {
  const changed = source.replace(/\b([gs]et)(Milliseconds)\(/g, "$1UTC$2(");
  if (changed === source) throw new Error(`${path} has no local time any more: remove ${import.meta.file}`);
  return changed;
}
