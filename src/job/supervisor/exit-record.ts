import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Five bytes, as long as every record: the shim overwrites them in place, so a full disk cannot lose it. */
const NOT_YET = "\n\n\n\n\n";

export function allocateExitRecord(jobDir: string): void {
  writeFileSync(join(jobDir, "exit"), NOT_YET, { flag: "wx", mode: 0o600 });
}

/** The exit code that the supervisor recorded, 128+n for a death by signal n; undefined: not yet. */
export function readExitRecord(jobDir: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(join(jobDir, "exit"), "latin1");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return parseExitRecord(text);
}

/** Only a complete record counts: an empty or half-written file is "not yet", never a success. */
export function parseExitRecord(text: string): number | undefined {
  if (!/^ *\d{1,3}\n$/.test(text)) return undefined;
  const code = Number(text);
  return code <= 255 ? code : undefined;
}
