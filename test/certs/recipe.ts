import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const recipePath = join(import.meta.dir, "../../certs/lpr-certs.sh");

/** The shells the recipe is written for; tests of one that is missing are skipped, visibly. */
export const shells = [
  { name: "dash", command: ["dash"], installed: Bun.which("dash") !== null },
  { name: "bash", command: ["bash", "--posix"], installed: Bun.which("bash") !== null },
  { name: "busybox sh", command: ["busybox", "sh"], installed: Bun.which("busybox") !== null },
] as const;

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RecipeOptions {
  /** @default /bin/sh */
  readonly shell?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Comes first in PATH. */
  readonly bin?: string;
  readonly cwd?: string;
}

/** Starts the recipe without a terminal, and with nothing of this process's LPR_ variables. */
export function startRecipe(words: readonly string[], options: RecipeOptions = {}) {
  const { shell = ["/bin/sh"], env = {}, bin, cwd } = options;
  const path = process.env["PATH"] ?? "";
  return Bun.spawn([...shell, recipePath, ...words], {
    env: { PATH: bin === undefined ? path : `${bin}:${path}`, HOME: "/nonexistent", ...env },
    ...(cwd !== undefined && { cwd }),
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
}

export async function recipe(words: readonly string[], options: RecipeOptions = {}): Promise<Outcome> {
  const child = startRecipe(words, options);
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { exitCode: await child.exited, stdout, stderr };
}

/** The output of a recipe that must succeed. */
export async function recipeOutput(words: readonly string[], options: RecipeOptions = {}): Promise<string> {
  const outcome = await recipe(words, options);
  if (outcome.exitCode !== 0) throw new Error(`${words.join(" ")} failed:\n${outcome.stderr}`);
  return outcome.stdout;
}

/** Makes a command of this name, to stand before the real one in PATH. */
export function fakeCommand(bin: string, name: string, script: string): void {
  const path = join(bin, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

/**
 * The real openssl with quick keys in place of RSA 4096, for tests of everything but the key.
 * `before` is a line of shell that sees the command's words, and can fail in its place.
 */
export function quickOpenssl(bin: string, before = ""): void {
  const real = Bun.which("openssl") ?? "openssl";
  fakeCommand(
    bin,
    "openssl",
    `${before}
case $1 in
  genpkey) shift 5; exec ${real} genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 "$@" ;;
  *) exec ${real} "$@" ;;
esac`,
  );
}

/** Standard output of openssl, which must succeed. */
export async function openssl(...words: string[]): Promise<string> {
  const child = Bun.spawn(["openssl", ...words], { stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  if ((await child.exited) !== 0) throw new Error(`openssl ${words[0]} failed:\n${stderr}`);
  return stdout;
}
