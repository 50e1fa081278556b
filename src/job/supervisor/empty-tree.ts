import type { ProcessTree } from "./tree.ts";

/** Pause between two looks at processes that were killed and are not gone yet, in milliseconds: first, and longest. */
const FIRST_LOOK_MS = 1;
const LAST_LOOK_MS = 500;
/** After this time, in milliseconds, somebody should hear of processes that SIGKILL does not end. */
const STUCK_AFTER_MS = 10_000;

export interface EmptyTreeOptions {
  /** Hears once of what stands in the way; the attempts go on. */
  readonly report: (what: string, cause?: unknown) => void;
  /** Called when the tree is empty, before it gives back what it holds. */
  readonly beforeRelease?: () => void;
}

/** Kills what is left of a tree, and resolves when nothing is, its cgroup included. */
export async function emptyTree(
  tree: ProcessTree,
  { report, beforeRelease }: EmptyTreeOptions,
): Promise<void> {
  const stuckAt = performance.now() + STUCK_AFTER_MS;
  let told = false;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(2 * pause, LAST_LOOK_MS)) {
    try {
      if (tree.isEmpty()) {
        beforeRelease?.();
        if (tree.release()) return;
      }
      tree.kill();
    } catch (cause) {
      if (!told) report("its processes cannot be ended", cause);
      told = true;
    }
    if (!told && performance.now() > stuckAt) {
      report("its processes do not end on SIGKILL");
      told = true;
    }
    await Bun.sleep(pause);
  }
}
