import { existsSync } from "node:fs";
import { join } from "node:path";

/** The binary under test. `npm test` builds it first. */
export const LPR: string = join(import.meta.dir, "../../dist/lpr");

if (!existsSync(LPR)) throw new Error(`${LPR} is not there: npm run build`);

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, with nothing on standard input and no environment but the one given. */
export async function outcomeOf(
  command: readonly string[],
  options: { readonly cwd?: string; readonly env?: Record<string, string> } = {},
): Promise<Outcome> {
  const child = Bun.spawn([...command], {
    cwd: options.cwd ?? "/",
    env: options.env ?? {},
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, exitCode] = await Promise.all([
    child.stdout.text(),
    child.stderr.text(),
    child.exited,
  ]);
  return { exitCode, stdout, stderr };
}
