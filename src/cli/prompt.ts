import { Interrupted } from "./interrupted.ts";

/** Whether questions can be asked: they are written to standard output. */
export function canAsk(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY);
}

/** Whether a secret can be asked for: that is written to standard error, so output may be redirected. */
export function canAskHidden(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY);
}

/** Asks for a line of text; the default is taken for an empty one. */
export async function ask(question: string, defaultValue?: string): Promise<string> {
  const { consola } = await import("consola");
  const options = defaultValue === undefined ? {} : { default: defaultValue, placeholder: defaultValue };
  const answer = await consola.prompt(question, { type: "text", cancel: "undefined", ...options });
  if (answer === undefined) throw new Interrupted();
  return answer.trim();
}

export async function askYesNo(question: string, initial: boolean): Promise<boolean> {
  const { consola } = await import("consola");
  const answer = await consola.prompt(question, { type: "confirm", cancel: "undefined", initial });
  if (answer === undefined) throw new Interrupted();
  return answer;
}

export async function askChoice(
  question: string,
  choices: readonly { value: string; label: string }[],
): Promise<string> {
  const { consola } = await import("consola");
  const answer = await consola.prompt(question, {
    type: "select",
    cancel: "undefined",
    options: [...choices],
  });
  if (answer === undefined) throw new Interrupted();
  // consola's types say the whole option, at run time it is the value.
  return answer as unknown as string;
}

/** Asks for a secret, showing nothing of it. */
export async function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  let answer = "";
  try {
    for await (const chunk of stdin.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
      for (const character of chunk) {
        if (character === "\r" || character === "\n") return answer;
        if (character === "\u0003" || (character === "\u0004" && answer === "")) throw new Interrupted();
        if (character === "\u007f" || character === "\b") answer = [...answer].slice(0, -1).join("");
        else if (character === "\u0015") answer = "";
        else if (character >= " ") answer += character;
      }
    }
    throw new Interrupted();
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write("\n");
  }
}
