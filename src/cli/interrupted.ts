/** The user pressed Ctrl-C; `remark` says what goes on all the same. Exit code 130. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly remark: string | undefined;

  constructor(remark?: string) {
    super("interrupted");
    this.remark = remark;
  }
}

/** To begin what is told after Ctrl-C with: the terminal has just written ^C. */
export function afterCtrlC(): string {
  return process.stderr.isTTY ? "\n" : "";
}

/** Runs `action` until Ctrl-C aborts its signal; a second Ctrl-C kills at once. */
export async function untilInterrupted<T>(
  remark: () => string | undefined,
  action: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.once("SIGINT", abort);
  try {
    const result = await action(controller.signal);
    if (!controller.signal.aborted) return result;
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    process.off("SIGINT", abort);
  }
  throw new Interrupted(remark());
}
