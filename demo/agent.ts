import type { Subprocess } from "bun";
import { prompt, remark, showLines } from "./screen.ts";

/** Time an agent gets to stop its jobs and leave, in milliseconds. */
const FAREWELL_MS = 20_000;

export interface AgentSetting {
  readonly args: readonly string[];
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
}

/** An agent in the background, and what it says. */
export class Agent {
  readonly #process: Subprocess<"ignore", "ignore", "pipe">;
  readonly #log: Promise<void>;
  /** Resolves when it serves. */
  readonly serving: Promise<void>;

  constructor({ args, dir, env }: AgentSetting) {
    prompt(`lpr agent serve ${args.join(" ")} &`);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.serving = promise;
    this.#process = Bun.spawn(["lpr", "agent", "serve", ...args], {
      // A session of its own: Ctrl-C is for the demo, which then ends everything in order.
      ...{ cwd: dir, env, detached: true, stdin: "ignore", stdout: "ignore", stderr: "pipe" },
    });
    this.#log = showLines(this.#process.stderr, {
      prefix: () => "agent | ",
      onLine: (line) => line.includes("serves on") && resolve(),
    });
    this.#process.exited.then(() => reject(new Error("the agent ended before it served")));
    // It may be stopped before anybody waits for it.
    this.serving.catch(() => undefined);
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** SIGTERM, which stops its jobs gracefully; `hurry` kills them. Returns its exit code. */
  async stop({ hurry = false } = {}): Promise<number> {
    this.#process.kill("SIGTERM");
    if (hurry) this.#process.kill("SIGTERM");
    const impatience = setTimeout(() => this.#process.kill("SIGKILL"), FAREWELL_MS);
    const exitCode = await this.#end();
    clearTimeout(impatience);
    return exitCode;
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    prompt(`kill -9 ${this.pid}`);
    this.#process.kill("SIGKILL");
    await this.#end();
    remark("(the agent is dead)");
  }

  async #end(): Promise<number> {
    const exitCode = await this.#process.exited;
    await this.#log;
    return exitCode;
  }
}
