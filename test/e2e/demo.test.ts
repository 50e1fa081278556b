import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cgroup2Mount } from "../../src/job/cgroup/detect.ts";
import "../helpers/binary.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const demo = join(import.meta.dir, "../../demo/main.ts");
/** Three keys of RSA 4096 on a busy machine. */
const PATIENCE_MS = 180_000;

/** The demo in a temporary directory that nothing else uses; `onOutput` hears of everything it has said so far. */
async function runDemo(onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void) {
  const dir = tempDir();
  const before = cgroups();
  const child = Bun.spawn([process.execPath, demo], {
    cwd: dir.path,
    env: { PATH: process.env["PATH"] ?? "", TMPDIR: dir.path },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const stderr = child.stderr.text();
  let stdout = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    stdout += decoder.decode(chunk, { stream: true });
    onOutput?.(stdout, (signal) => child.kill(signal));
  }
  const exitCode = await child.exited;
  return {
    ...{ exitCode, stdout, stderr: await stderr },
    left: {
      files: readdirSync(dir.path),
      processes: processesIn(dir.path),
      cgroups: cgroups().filter((name) => !before.includes(name)),
    },
    [Symbol.dispose]: () => dir[Symbol.dispose](),
  };
}

const NOTHING = { files: [], processes: [], cgroups: [] };

/** Of demos: other tests make groups as well. */
function cgroups(): string[] {
  const mount = cgroup2Mount(readFileSync("/proc/self/mountinfo", "utf8"));
  return mount === undefined ? [] : readdirSync(mount).filter((name) => name.startsWith("LPR-demo"));
}

/** Command lines of processes that name the directory, or that have their files in it. */
function processesIn(dir: string): string[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const path = `/proc/${pid}/cmdline`;
    const words = existsSync(path) ? readFileSync(path, "utf8").split("\0").join(" ") : "";
    return words.includes(dir) ? [words] : [];
  });
}

test(
  "the demo shows jobs from certificates to clean-up, and leaves nothing behind",
  async () => {
    using run = await runDemo();
    expect(run.stderr).toBe("");
    expect(run.exitCode).toBe(0);
    for (const line of [
      "logged in to localhost:",
      "hello: SUCCEEDED, exit code 0",
      "broken: FAILED, exit code 3",
      "(exit code 3)",
      "line 5",
      "forever: FAILED, exit code 143",
      "(the agent is dead)",
      "8 of 8, written at ",
      "(exit code 0)",
    ]) {
      expect(run.stdout).toContain(line);
    }
    expect(run.stdout.match(/^ {3}\d of 8, written at/gm), "the kept output is complete").toHaveLength(8);
    expect(run.left).toEqual(NOTHING);
  },
  PATIENCE_MS,
);

for (const { when, line } of [
  { when: "while it makes certificates", line: "$ lpr certs issue-agent" },
  { when: "while its agent is dead and a job runs", line: "(the agent is dead)" },
]) {
  test(
    `the demo cleans up when it is interrupted ${when}`,
    async () => {
      let sent = false;
      using run = await runDemo((text, kill) => {
        if (!sent && text.includes(line)) {
          sent = true;
          kill("SIGINT");
        }
      });
      expect(run.stderr).toContain("Interrupted");
      expect(run.exitCode).toBe(130);
      expect(run.left).toEqual(NOTHING);
    },
    PATIENCE_MS,
  );
}

test("without openssl the demo names the package before it does anything", async () => {
  using dir = tempDir();
  const child = Bun.spawn([process.execPath, demo], {
    ...{ env: { PATH: dir.path, TMPDIR: dir.path }, stdin: "ignore", stdout: "pipe", stderr: "pipe" },
  });
  expect(await child.stderr.text()).toContain("apt-get install openssl");
  expect(await child.exited).toBe(1);
  expect(readdirSync(dir.path)).toEqual([]);
});
