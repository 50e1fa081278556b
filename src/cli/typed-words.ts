import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { UsageError } from "./usage-error.ts";

/** What bytes become that are not UTF-8. */
const REPLACEMENT = "\ufffd";

/**
 * Refuses words that have lost bytes on their way from the shell: a job would get others than were typed.
 * @throws UsageError
 */
export function requireWordsAsTyped(argv: readonly string[]): void {
  const suspects = argv.filter((word) => word.includes(REPLACEMENT));
  if (suspects.length === 0 || typedAsUtf8()) return;
  throw new UsageError(
    suspects.map((word) => `${JSON.stringify(word)} is not UTF-8 as it was typed`),
    `a shell can make such bytes where the job runs: /bin/sh -c 'ls "$(printf "\\377")"'`,
  );
}

/** Whether somebody has typed that very character. Nobody can tell where there is no /proc, as on macOS. */
function typedAsUtf8(): boolean {
  try {
    return isUtf8(readFileSync("/proc/self/cmdline"));
  } catch {
    return false;
  }
}
