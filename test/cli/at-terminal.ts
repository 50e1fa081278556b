import { join } from "node:path";
import { until } from "../helpers/until.ts";

const MAIN = join(import.meta.dir, "../../src/main.ts");

/** A command at a terminal, with somebody who reads and types. */
export function atTerminal(configHome: string, ...argv: string[]) {
  return atTerminalOf("xterm", configHome, ...argv);
}

/** The same at a terminal of another kind. */
export function atTerminalOf(kind: string, configHome: string, ...argv: string[]) {
  let screen = "";
  let read = 0;
  const child = Bun.spawn([process.execPath, MAIN, ...argv], {
    env: { ...process.env, XDG_CONFIG_HOME: configHome, TERM: kind, NO_COLOR: "1" },
    terminal: {
      cols: 200,
      rows: 40,
      data: (_terminal, data) => {
        screen += Buffer.from(data).toString();
      },
    },
  });
  return {
    screen: () => screen,
    /** Whether the terminal shows what is typed (ECHO of termios(3)). */
    echoes: () => ((child.terminal?.localFlags ?? 0) & 0o10) !== 0,
    /** Waits for a question, then types the answer. */
    async answer(question: string, typed: string) {
      await until(
        () => screen.indexOf(question, read) >= 0,
        `the screen shows ${question}; it shows ${screen}`,
      );
      read = screen.indexOf(question, read) + question.length;
      child.terminal?.write(typed);
    },
    async exitCode() {
      const code = await child.exited;
      child.terminal?.close();
      return code;
    },
  };
}
