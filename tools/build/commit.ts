/**
 * The commit of the sources, 12 digits, with `-dirty` where a tracked file differs; `unknown` outside of a repository,
 * and where git refuses to read one that belongs to somebody else: LPR_COMMIT tells it there.
 */
export function commitOf(root: string): string {
  return (
    process.env["LPR_COMMIT"] ??
    git(root, "describe", "--always", "--dirty", "--exclude=*", "--abbrev=12") ??
    "unknown"
  );
}

/**
 * When that commit was made, in seconds: the time of everything that is packed. 0 where nothing tells.
 * SOURCE_DATE_EPOCH is what reproducible-builds.org has agreed on.
 */
export function commitTimeOf(root: string): number {
  return Number(process.env["SOURCE_DATE_EPOCH"] ?? git(root, "log", "-1", "--format=%ct") ?? 0);
}

function git(root: string, ...args: string[]): string | undefined {
  if (Bun.which("git") === null) return undefined;
  const { exitCode, stdout } = Bun.spawnSync(["git", "-C", root, ...args], { stderr: "ignore" });
  return exitCode === 0 ? stdout.toString().trim() : undefined;
}
