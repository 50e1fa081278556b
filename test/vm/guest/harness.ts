import { readFileSync } from "node:fs";

/** Only turns a hang into a failure. */
const TEST_TIMEOUT_MS = 180_000;

interface Test {
  readonly name: string;
  readonly run: () => Promise<void>;
}

const tests: Test[] = [];

/** As in `bun:test`, which a compiled program cannot import. */
export function test(name: string, run: () => Promise<void>): void {
  tests.push({ name, run });
}

/** Runs them one by one, a line each, and tells whether all passed. */
export async function runTests(only: string): Promise<boolean> {
  const chosen = tests.filter(({ name }) => name.includes(only));
  let failed = 0;
  for (const { name, run } of chosen) {
    const started = performance.now();
    try {
      await inTime(run());
      console.log(`ok ${name} [${Math.round(performance.now() - started)} ms]`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  return failed === 0;
}

async function inTime(run: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`not done after ${TEST_TIMEOUT_MS} ms`)), TEST_TIMEOUT_MS);
  try {
    await Promise.race([run, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** An argument `lpr.NAME=value` of the guest's kernel. */
export function kernelArgument(name: string): string {
  const found = readFileSync("/proc/cmdline", "utf8")
    .trim()
    .split(" ")
    .find((each) => each.startsWith(`lpr.${name}=`));
  return decodeURIComponent(found?.slice(`lpr.${name}=`.length) ?? "");
}
