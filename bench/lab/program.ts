export interface ProgramRun {
  /** From before the process is made to its end, in milliseconds. */
  readonly ms: number;
  /** Of the process and of its children, user and system, in seconds. */
  readonly cpu: number;
}

/** A program as a user calls it. */
export interface Program {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a program to its end; its output goes nowhere. @throws Error when it fails, with what it said */
export async function runProgram(
  { command, env }: Program,
  args: readonly string[],
  signal: AbortSignal,
): Promise<ProgramRun> {
  const start = performance.now();
  const child = Bun.spawn([...command, ...args], {
    ...{ env, signal },
    cwd: "/",
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  const exitCode = await child.exited;
  const ms = performance.now() - start;
  signal.throwIfAborted();
  if (exitCode !== 0) {
    const said = (await child.stderr.text()).trim();
    throw new Error(`${[...command, ...args].join(" ")} ended with ${exitCode}: ${said}`);
  }
  // Nobody reads what a program says that went well.
  await child.stderr.cancel();
  return { ms, cpu: Number(child.resourceUsage()?.cpuTime.total ?? 0) / 1e6 };
}
