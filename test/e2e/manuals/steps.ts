/** What stands in a manual to be typed or written to a file, in its order. */
export type Step =
  | {
      readonly kind: "command";
      /** Where it stands: `docs/cli.md:33`. */
      readonly at: string;
      readonly text: string;
      /** What the manual shows it to print, standard error included; undefined where it shows nothing. */
      readonly prints: string | undefined;
    }
  | { readonly kind: "file"; readonly at: string; readonly path: string; readonly text: string };

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

/**
 * Blocks of `sh` are statements, of `console` commands after a prompt (`$` or `#`) with what they print, of `yaml` files:
 * the one that their first line names (`# /etc/lpr/agent.yaml`), or job.yaml. Those of no language are neither.
 */
export async function stepsOf(path: string, markdown: string): Promise<Step[]> {
  const blocks = [...markdown.matchAll(FENCE)].map(async ({ index, 1: language = "", 2: body = "" }) => {
    const line = markdown.slice(0, index).split("\n").length + 1;
    const at = (offset: number) => `${path}:${line + offset}`;
    switch (language) {
      case "sh":
        return (await statementsOf(body)).map(({ text, line }) => command(at(line), text, undefined));
      case "console":
        return consoleSteps(body, at);
      case "yaml":
        return [{ kind: "file" as const, at: at(0), path: fileOf(body), text: body }];
      case "":
        if (/^(\$ |lpr [a-z])/m.test(body))
          throw new Error(`${at(0)}: commands stand in a block of sh or console`);
        return [];
      default:
        throw new Error(`${at(0)}: nobody knows how to try a block of ${language}`);
    }
  });
  return (await Promise.all(blocks)).flat();
}

function command(at: string, text: string, prints: string | undefined): Step {
  return { kind: "command", at, text, prints };
}

function consoleSteps(body: string, at: (line: number) => string): Step[] {
  const lines = body.trimEnd().split("\n");
  const prompts = lines.flatMap((line, index) => (/^[$#] /.test(line) ? [index] : []));
  if (prompts[0] !== 0) throw new Error(`${at(0)}: a console block begins with a prompt, $ or #`);
  return prompts.map((from, index) => {
    const printed = lines.slice(from + 1, prompts[index + 1]);
    return command(
      at(from),
      lines[from]?.slice(2) ?? "",
      printed.length > 0 ? printed.join("\n") : undefined,
    );
  });
}

function fileOf(yaml: string): string {
  return /^# (\S+\.yaml)\b/.exec(yaml)?.[1] ?? "job.yaml";
}

/** Statements of a shell, each with the number of its first line, comments and empty lines left out. */
export async function statementsOf(text: string): Promise<{ text: string; line: number }[]> {
  const found: { text: string; line: number }[] = [];
  let begun: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (begun.length === 0 && /^\s*(#|$)/.test(line)) continue;
    begun.push(line);
    if (!(await isComplete(begun.join("\n")))) continue;
    found.push({ text: begun.join("\n"), line: index + 1 - begun.length });
    begun = [];
  }
  if (begun.length > 0) throw new Error(`this statement of a shell has no end:\n${begun.join("\n")}`);
  return found;
}

/** bash takes a here-document without its end for a whole one, with a warning. */
async function isComplete(text: string): Promise<boolean> {
  if (text.endsWith("\\")) return false;
  const child = Bun.spawn(["bash", "-n"], { stdin: Buffer.from(text), stdout: "ignore", stderr: "pipe" });
  const complaints = await child.stderr.text();
  return (await child.exited) === 0 && complaints === "";
}
