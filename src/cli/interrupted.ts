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

const listeners = new Set<() => void>();
const tellAll = () => {
  for (const listener of [...listeners]) listener();
};

/** Calls back at each Ctrl-C, until the function it returns is called; with no listener left Ctrl-C kills. */
export function onInterrupt(listener: () => void): () => void {
  // One handler for all of them: every job of many agents may have its own listener.
  if (listeners.size === 0) process.on("SIGINT", tellAll);
  listeners.add(listener);
  return () => {
    if (listeners.delete(listener) && listeners.size === 0) process.off("SIGINT", tellAll);
  };
}

/** Runs `action` until Ctrl-C aborts its signal; a second Ctrl-C kills at once. */
export async function untilInterrupted<T>(
  remark: () => string | undefined,
  action: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stopListening = onInterrupt(() => {
    stopListening();
    controller.abort();
  });
  try {
    const result = await action(controller.signal);
    if (!controller.signal.aborted) return result;
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    stopListening();
  }
  throw new Interrupted(remark());
}
