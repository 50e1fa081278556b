import recipe from "../../../certs/lpr-certs.sh" with { type: "text" };
import { JobError } from "../../job/errors.ts";
import { note, write } from "../output.ts";
import { UsageError } from "../usage-error.ts";

/**
 * Runs the recipe of certs/ with these words and returns its exit code. It checks them itself, all at once.
 * Passphrases reach it through files, the environment or the terminal, so its command line holds none.
 *
 * @throws UsageError for words that break a rule, JobError when the recipe fails
 */
export async function runRecipe(words: readonly string[]): Promise<number> {
  // Ctrl-C reaches the recipe as well, which tidies up: leaving before it has would hide that.
  const wait = () => undefined;
  process.on("SIGINT", wait);
  try {
    const child = Bun.spawn(["/bin/sh", "-c", recipe, "lpr certs", ...words], {
      stdin: "inherit",
      stdout: "pipe",
      stderr: "pipe",
    });
    const [result, report] = await Promise.all([new Response(child.stdout).text(), follow(child.stderr)]);
    const exitCode = await child.exited;
    if (exitCode === 2) throw new UsageError(report.errors, report.hint);
    if (exitCode === 130) return exitCode;
    if (exitCode !== 0) throw failure(exitCode, report);
    await write(result);
    return 0;
  } finally {
    process.off("SIGINT", wait);
  }
}

interface Report {
  readonly errors: string[];
  hint?: string;
}

/** Passes remarks on as they come, and keeps what the error will say. */
async function follow(stderr: ReadableStream<Uint8Array>): Promise<Report> {
  const report: Report = { errors: [] };
  const take = (line: string) => {
    if (line.startsWith("error: ")) report.errors.push(line.slice("error: ".length));
    else if (line.startsWith("hint: ")) report.hint = line.slice("hint: ".length);
    else note(line);
  };
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stderr) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(take);
  }
  if (rest !== "") take(rest);
  return report;
}

function failure(exitCode: number, { errors, hint }: Report): JobError {
  const message = errors.join("; ") || `the certificate recipe ended with exit code ${exitCode}`;
  return new JobError("HOST_UNSUPPORTED", message, { hint });
}
