/**
 * The commit of the sources, 12 digits, with `-dirty` where a tracked file differs; `unknown` outside of a repository,
 * and where git refuses to read one that belongs to somebody else.
 */
export function commitOf(root: string): string {
  return git(root, "describe", "--always", "--dirty", "--exclude=*", "--abbrev=12") ?? "unknown";
}

/** When that commit was made, in seconds: the time of everything that is packed. 0 where there is none. */
export function commitTimeOf(root: string): number {
  return Number(git(root, "log", "-1", "--format=%ct") ?? 0);
}

function git(root: string, ...args: string[]): string | undefined {
  if (Bun.which("git") === null) return undefined;
  const { exitCode, stdout } = Bun.spawnSync(["git", "-C", root, ...args], { stderr: "ignore" });
  return exitCode === 0 ? stdout.toString().trim() : undefined;
}
