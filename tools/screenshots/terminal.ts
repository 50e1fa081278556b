import { join } from "node:path";

export interface TerminalOptions {
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns: number;
  readonly rows: number;
}

/** A shell in a terminal of its own, which is that of tmux. */
export class Terminal implements Disposable {
  readonly #tmux: readonly string[];

  constructor({ dir, env, columns, rows }: TerminalOptions) {
    this.#tmux = ["tmux", "-f", "/dev/null", "-S", join(dir, "tmux")];
    const setting = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const shell = ["env", "-i", ...setting, "TERM=xterm", "PS1=$ ", "/bin/sh"];
    this.#run("new-session", "-d", "-x", String(columns), "-y", String(rows), "-c", dir, ...shell);
    this.#run("set-option", "status", "off");
  }

  /** Types a line into a new shell, and waits until the screen shows what it is to show; what is on it then, with its colours. */
  async shows(line: string, wanted: RegExp): Promise<string> {
    this.#run("respawn-pane", "-k");
    await this.#until(/^\$ *$/);
    this.#run("send-keys", "-l", line);
    this.#run("send-keys", "Enter");
    await this.#until(wanted);
    return this.#run("capture-pane", "-p", "-e");
  }

  interrupt(): void {
    this.#run("send-keys", "C-c");
  }

  async #until(wanted: RegExp): Promise<void> {
    const deadline = performance.now() + 30_000;
    for (;;) {
      const screen = this.#run("capture-pane", "-p").trimEnd();
      if (wanted.test(screen)) return;
      if (performance.now() > deadline) throw new Error(`the screen never showed ${wanted}:\n${screen}`);
      await Bun.sleep(50);
    }
  }

  #run(...words: string[]): string {
    const { exitCode, stdout, stderr } = Bun.spawnSync([...this.#tmux, ...words]);
    if (exitCode !== 0) throw new Error(`tmux ${words[0]}: ${stderr}`);
    return stdout.toString();
  }

  [Symbol.dispose](): void {
    this.#run("kill-server");
  }
}
