import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../../helpers/until.ts";

/** What is typed when the end of the screen looks like that. */
export interface Answer {
  readonly question: RegExp;
  readonly typed: string;
}

export interface Ended {
  readonly exitCode: number;
  /** What was seen on the screen. */
  readonly output: string;
}

/** Somebody's shell at a terminal. */
export interface Window {
  /** Runs a statement to its end, in the shell itself: directory and variables stay. */
  run(statement: string): Promise<Ended>;
  /** Begins a statement that goes on until the window is closed, and waits for this text. */
  begin(statement: string, sign: string): Promise<void>;
  close(): void;
}

/** Only turns a hang into a failure: keys of RSA 4096 take seconds each on a busy machine. */
const PATIENCE_MS = 240_000;
/** What window.sh puts around what it says itself. */
const MARK = String.fromCharCode(0x1e);
const ENDED = new RegExp(`${MARK}(\\d+)${MARK}`);

export function openWindow({
  command,
  env,
  answers,
  typed,
}: {
  readonly command: readonly string[];
  readonly env: Record<string, string>;
  readonly answers: readonly Answer[];
  /** An empty directory that the shell sees under the same path. */
  readonly typed: string;
}): Window {
  let screen = "";
  let answered = 0;
  const decoder = new TextDecoder();
  const child = Bun.spawn([...command], {
    env,
    terminal: {
      cols: 200,
      rows: 50,
      data: (terminal, data) => {
        screen += decoder.decode(data, { stream: true });
        const fresh = screen.slice(answered);
        const answer = answers.find(({ question }) => question.test(fresh));
        if (answer === undefined) return;
        answered = screen.length;
        terminal.write(`${answer.typed}\n`);
      },
    },
  });

  const screenUntil = (what: string, seen: () => boolean) =>
    until(
      () => {
        if (child.exitCode !== null) throw new Error(`the window has closed:\n${screen}`);
        return seen();
      },
      what,
      PATIENCE_MS,
    ).catch((cause: Error) => {
      throw new Error(`${cause.message}; the screen shows:\n${screen}`);
    });

  let count = 0;
  const type = async (statement: string) => {
    await screenUntil("the shell waits", () => screen.includes(`${MARK}waits${MARK}`));
    screen = "";
    answered = 0;
    const file = join(typed, `${child.pid}-${count++}.sh`);
    writeFileSync(file, `${statement}\n`);
    child.terminal?.write(`${file}\n`);
  };
  return {
    async run(statement) {
      await type(statement);
      await screenUntil(`this has ended: ${statement}`, () => ENDED.test(screen));
      const [output = "", code] = screen.split(ENDED);
      return { exitCode: Number(code), output: Bun.stripANSI(output).replaceAll("\r", "") };
    },
    async begin(statement, sign) {
      await type(statement);
      await screenUntil(`${statement} says ${sign}`, () => screen.includes(sign) || ENDED.test(screen));
      if (!screen.includes(sign)) throw new Error(`${statement} has ended:\n${screen}`);
    },
    close() {
      child.kill("SIGKILL");
      child.terminal?.close();
    },
  };
}
