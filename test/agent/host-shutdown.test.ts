import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { isHostShuttingDown } from "../../src/agent/host-shutdown.ts";
import { tempDir } from "../helpers/temp-dir.ts";

/** A host that systemd booted, with a systemctl that says this. */
function hostThatSays(script: string) {
  const dir = tempDir();
  mkdirSync(dir.join("bin"));
  writeFileSync(dir.join("bin/systemctl"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { mark: dir.path, path: dir.join("bin"), [Symbol.dispose]: () => dir[Symbol.dispose]() };
}

test.each([
  // is-system-running exits with a failure for all but "running".
  ['[ "$1" = is-system-running ] && echo stopping; exit 1', true],
  ["echo running", false],
  ["echo degraded; exit 1", false],
  ["echo starting; exit 1", false],
  ["echo 'Failed to connect to bus' >&2; exit 1", false],
])("when systemctl does %j the host goes down: %p", (script, expected) => {
  using host = hostThatSays(script);
  expect(isHostShuttingDown(host)).toBe(expected);
});

test("a host without systemd, or without systemctl, does not go down as far as one can tell", () => {
  using host = hostThatSays("echo stopping");
  expect(isHostShuttingDown({ ...host, mark: `${host.mark}/none` })).toBe(false);
  expect(isHostShuttingDown({ ...host, path: `${host.mark}/none` })).toBe(false);
});
