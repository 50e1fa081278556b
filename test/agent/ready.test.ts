import { expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { notifyReady } from "../../src/agent/ready.ts";
import { tempDir } from "../helpers/temp-dir.ts";

/** A systemd-notify that writes down what it was asked, and exits so. */
function notifier(exitCode: number) {
  const dir = tempDir();
  const script = `#!/bin/sh\necho "$NOTIFY_SOCKET $*" >"$(dirname "$0")/told"\nexit ${exitCode}\n`;
  writeFileSync(dir.join("systemd-notify"), script, { mode: 0o755 });
  return { ...dir, told: dir.join("told"), [Symbol.dispose]: () => dir[Symbol.dispose]() };
}

test("systemd that waits for it is told that the agent serves", async () => {
  using systemd = notifier(0);
  expect(await notifyReady({ NOTIFY_SOCKET: "/run/notify" }, systemd.path)).toBe(true);
  expect(readFileSync(systemd.told, "utf8")).toBe("/run/notify --ready\n");
});

test("nobody is told where nobody waits", async () => {
  using systemd = notifier(0);
  expect(await notifyReady({}, systemd.path)).toBe(true);
  expect(existsSync(systemd.told)).toBe(false);
});

test("that systemd could not be told is said", async () => {
  using systemd = notifier(1);
  expect(await notifyReady({ NOTIFY_SOCKET: "/run/notify" }, systemd.path)).toBe(false);
  expect(await notifyReady({ NOTIFY_SOCKET: "/run/notify" }, `${systemd.path}/none`)).toBe(false);
});
