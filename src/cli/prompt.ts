// consola's prompts are not used: on Bun 1.4 its text prompt yields nothing and its lists leave lines behind,
// because both write through a `new tty.WriteStream(0)` whose `_write` they replace, which Bun does not call.
import { Interrupted } from "./interrupted.ts";
import { complain } from "./output.ts";

/** What may come next at a Tab: the words, and the part of the answer that they begin with. */
export type Completer = (typed: string) => [words: string[], begun: string];

/** Whether somebody is there to answer. Questions go to standard error, so that output may be redirected. */
export function canAsk(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY);
}

/** Asks for a line of text. */
export async function ask(question: string, completer?: Completer): Promise<string> {
  return (await askLine(`${question}: `, process.stderr, completer)).trim();
}

/** Asks for a secret, showing nothing of it. */
export async function askHidden(question: string): Promise<string> {
  const { Writable } = await import("node:stream");
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return await askLine(question, nowhere);
  } finally {
    process.stderr.write("\n");
  }
}

async function askLine(
  question: string,
  output: NodeJS.WritableStream,
  // Without one a Tab would be part of the answer.
  completer: Completer = (typed) => [[], typed],
): Promise<string> {
  const { createInterface } = await import("node:readline");
  const terminal = createInterface({
    input: process.stdin,
    output,
    completer,
    terminal: true,
    historySize: 0,
  });
  try {
    return await new Promise<string>((resolve, reject) => {
      // Ctrl-C and Ctrl-D.
      terminal.once("SIGINT", () => terminal.close());
      terminal.once("close", () => reject(new Interrupted("nothing was changed")));
      // Only now that the terminal has stopped its own echo: a fast typist must not see the secret.
      if (output !== process.stderr) process.stderr.write(question);
      terminal.question(question, resolve);
    });
  } finally {
    terminal.close();
  }
}

export async function askYesNo(question: string): Promise<boolean> {
  for (;;) {
    const answer = (await ask(`${question} [Y/n]`)).toLowerCase();
    if (["", "y", "yes"].includes(answer)) return true;
    if (["n", "no"].includes(answer)) return false;
    complain("  answer y or n");
  }
}

/** Lets somebody choose by number or value. */
export async function askChoice(
  question: string,
  choices: readonly { value: string; label: string }[],
): Promise<string> {
  process.stderr.write(
    `${question}\n${choices.map(({ label }, index) => `  ${index + 1}) ${label}\n`).join("")}`,
  );
  for (;;) {
    const answer = await ask("Number or name");
    const choice = choices.find(({ value }, index) => answer === value || answer === String(index + 1));
    if (choice) return choice.value;
    complain(`  answer 1 to ${choices.length}, or one of the names`);
  }
}
