import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Subprocess } from "bun";
import { Agent } from "./agent.ts";
import { removeCgroupRoot } from "./host.ts";
import { prompt, remark, showLines } from "./screen.ts";

/** Time the kernel gets to remove the last cgroup, in milliseconds. */
const CLEANUP_MS = 10_000;

/** Ctrl-C, or a request to end. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

export interface SessionOptions {
  /** Where `lpr` is. */
  readonly binaries: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cgroupRoot: string | undefined;
  readonly interrupted: AbortSignal;
}

export interface TypeOptions {
  /** @default 0 */
  readonly exitCode?: number;
  /** Whether to print when each line came. @default false */
  readonly timed?: boolean;
  /** Whether to show the first paragraph alone. @default false */
  readonly brief?: boolean;
  readonly onLine?: (line: string) => void;
}

/** A directory and a home of their own, and what has been started in them: nothing of it stays behind. */
export class Session implements AsyncDisposable {
  readonly dir = mkdtempSync(join(tmpdir(), "lpr-demo-"));
  readonly #options: SessionOptions;
  readonly #env: Readonly<Record<string, string>>;
  readonly #typed = new Set<Subprocess>();
  #serveArgs: readonly string[] = [];
  #agent: Agent | undefined;
  /** Whether an agent has left without stopping its jobs. */
  #jobsLeft = false;

  constructor(options: SessionOptions) {
    const path = [options.binaries, process.env["PATH"] ?? "/usr/bin:/bin"].join(delimiter);
    this.#env = { PATH: path, HOME: this.dir, ...options.env };
    this.#options = options;
  }

  /**
   * Runs a command line in a shell, as somebody would who typed it; resolves with the lines that it printed.
   * @throws Error when it ends otherwise than expected
   */
  async type(line: string, options: TypeOptions = {}): Promise<string[]> {
    const { exitCode = 0, timed = false, brief = false, onLine } = options;
    prompt(line);
    const start = performance.now();
    const lines: string[] = [];
    const child = Bun.spawn(["/bin/sh", "-c", `exec 2>&1\n${line}`], {
      // A session of its own: Ctrl-C is for the demo, which then ends everything in order.
      ...{ cwd: this.dir, env: this.#env, detached: true },
      ...{ stdin: "ignore", stdout: "pipe", stderr: "inherit" },
    });
    this.#typed.add(child);
    const shown = showLines(child.stdout, {
      brief,
      prefix: () => (timed ? `${((performance.now() - start) / 1000).toFixed(1)} s | ` : ""),
      onLine: (text) => {
        lines.push(text);
        onLine?.(text);
      },
    });
    await this.unlessInterrupted(Promise.all([shown, child.exited]));
    this.#typed.delete(child);
    if (child.exitCode !== 0) remark(`(exit code ${child.exitCode})`);
    if (child.exitCode !== exitCode) throw new Error(`expected exit code ${exitCode} of: ${line}`);
    return lines;
  }

  async startAgent(args: readonly string[]): Promise<void> {
    this.#serveArgs = args;
    await this.unlessInterrupted(this.#launchAgent().serving);
  }

  /** `kill -9`: its jobs run on. */
  async killAgent(): Promise<void> {
    this.#jobsLeft = true;
    await this.#agent?.kill();
    this.#agent = undefined;
  }

  /** Starts another agent in the place of the one that was killed. */
  async restartAgent(): Promise<void> {
    await this.startAgent(this.#serveArgs);
  }

  /** Asks the agent to end, which stops its jobs first. */
  async stopAgent(): Promise<void> {
    const agent = this.#agent;
    if (agent === undefined) return;
    prompt(`kill ${agent.pid}`);
    const exitCode = await this.unlessInterrupted(agent.stop());
    this.#agent = undefined;
    remark(`(exit code ${exitCode})`);
    if (exitCode !== 0) throw new Error("expected exit code 0 of the agent");
  }

  async unlessInterrupted<T>(work: Promise<T>): Promise<T> {
    const { interrupted } = this.#options;
    interrupted.throwIfAborted();
    const { promise, reject } = Promise.withResolvers<never>();
    const interrupt = () => reject(interrupted.reason);
    interrupted.addEventListener("abort", interrupt);
    try {
      return await Promise.race([work, promise]);
    } finally {
      interrupted.removeEventListener("abort", interrupt);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#typed) endGroup(child);
    try {
      // Jobs that outlived their agent: the next one finds them, and once it serves it stops them when it ends.
      if (this.#jobsLeft) await (this.#agent ?? this.#launchAgent()).serving;
      await this.#agent?.stop({ hurry: true });
    } finally {
      const { cgroupRoot } = this.#options;
      if (cgroupRoot !== undefined) await removeCgroupRoot(cgroupRoot, CLEANUP_MS);
      rmSync(this.dir, { recursive: true, force: true });
    }
  }

  #launchAgent(): Agent {
    const agent = new Agent({ args: this.#serveArgs, dir: this.dir, env: this.#env });
    this.#agent = agent;
    agent.serving.then(
      () => {
        this.#jobsLeft = false;
      },
      () => undefined,
    );
    return agent;
  }
}

function endGroup({ pid }: Subprocess): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
