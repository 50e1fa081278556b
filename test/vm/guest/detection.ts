import assert from "node:assert/strict";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { detectCgroups } from "../../../src/job/cgroup/detect.ts";
import { removeGroup } from "../../../src/job/cgroup/group.ts";
import { detectIn } from "./detect-child.ts";
import { test } from "./harness.ts";

const MOUNT = "/sys/fs/cgroup";
const ALL = ["cpu", "io", "memory", "pids"];

const enabledIn = (group: string) =>
  readFileSync(join(group, "cgroup.subtree_control"), "utf8").trim().split(" ");

test("detection enables the four controllers at the root and in LPR, and nothing else", async () => {
  assert.deepEqual(enabledIn(MOUNT), [""], "the guest starts with none");
  const detected = detectCgroups({ mode: "required" });
  assert.deepEqual(detected, { level: "limits", root: `${MOUNT}/LPR`, missing: [], remedies: [] });
  assert.deepEqual(enabledIn(MOUNT), ALL);
  assert.deepEqual(enabledIn(`${MOUNT}/LPR`), ALL);
  assert.ok(!existsSync(`${MOUNT}/LPR/lpr.probe-${process.pid}`), "the probe is removed");
});

test("detection again finds the same, and leaves what is on as it is", async () => {
  writeFileSync(`${MOUNT}/cgroup.subtree_control`, "+cpuset");
  assert.equal(detectCgroups({ mode: "auto" }).level, "limits");
  assert.deepEqual(enabledIn(MOUNT), ["cpuset", ...ALL]);
  writeFileSync(`${MOUNT}/cgroup.subtree_control`, "-cpuset");
});

test("an ordinary user gets limits below a group that was delegated to it", async () => {
  const group = `${MOUNT}/delegated`;
  mkdirSync(`${group}/agent`, { recursive: true });
  for (const dir of [group, `${group}/agent`]) {
    chownSync(dir, 1000, 1000);
    for (const file of ["cgroup.procs", "cgroup.subtree_control", "cgroup.threads"]) {
      chownSync(join(dir, file), 1000, 1000);
    }
  }
  const { detected } = detectIn(`${group}/agent`, { root: `${group}/LPR`, uid: 1000 });
  assert.deepEqual(detected, { level: "limits", root: `${group}/LPR`, missing: [], remedies: [] });
  // And none where nothing was delegated to it.
  assert.equal(detectIn(`${group}/agent`, { uid: 1000 }).detected.level, "none");
  removeGroup(group);
});

test("a controller that a group above keeps to itself is named, and the remedy enables it", async () => {
  const group = `${MOUNT}/half`;
  const root = `${group}/inner/LPR`;
  mkdirSync(`${group}/inner`, { recursive: true });
  writeFileSync(`${group}/cgroup.subtree_control`, "+memory +cpu");
  const { level, missing, remedies } = detectCgroups({ mode: "auto", root });
  assert.equal(level, "tracking");
  assert.deepEqual(missing, [
    `the io controller is not enabled in ${group}`,
    `the pids controller is not enabled in ${group}`,
  ]);
  applyRemedies(remedies);
  assert.equal(detectCgroups({ mode: "auto", root }).level, "limits");
  removeGroup(group);
});

test("a group that holds processes cannot hand controllers down, and the remedy makes room in it", async () => {
  const group = `${MOUNT}/crowded`;
  mkdirSync(group);
  const sleeper = Bun.spawn(["/bin/sh", "-c", `echo 0 >${group}/cgroup.procs && echo in && exec sleep 1000`]);
  try {
    await sleeper.stdout.getReader().read();
    const { level, missing, remedies } = detectCgroups({ mode: "auto", root: `${group}/LPR` });
    assert.equal(level, "tracking");
    assert.equal(missing.length, 4);
    assert.match(missing[0] ?? "", /cannot be enabled in .* \(EBUSY\): processes are in that group/);
    applyRemedies(remedies);
    assert.equal(detectCgroups({ mode: "auto", root: `${group}/LPR` }).level, "limits");
  } finally {
    sleeper.kill("SIGKILL");
    await sleeper.exited;
    removeGroup(group);
  }
});

test("in a delegated unit jobs go below the unit, and the agent makes room for them", async () => {
  using _ = fakeSystemd("lpr.service");
  const unit = `${MOUNT}/system.slice/lpr.service`;
  mkdirSync(unit, { recursive: true });
  writeFileSync(`${MOUNT}/system.slice/cgroup.subtree_control`, "+cpu +io +memory +pids");
  const { detected, ownGroup } = detectIn(unit);
  assert.deepEqual(detected, { level: "limits", root: `${unit}/LPR`, missing: [], remedies: [] });
  assert.equal(ownGroup, "0::/system.slice/lpr.service/lpr.agent");
  const explicit = detectIn(`${unit}/lpr.agent`, { root: `${MOUNT}/LPR-chosen` });
  assert.equal(explicit.detected.root, `${MOUNT}/LPR-chosen`, "a root that is given wins");
  removeGroup(`${MOUNT}/LPR-chosen`);
  removeGroup(`${MOUNT}/system.slice`);
});

test("in a unit that is not delegated jobs go to LPR below the mount", async () => {
  using _ = fakeSystemd("other.service");
  const unit = `${MOUNT}/system.slice/lpr.service`;
  mkdirSync(unit, { recursive: true });
  const { detected, ownGroup } = detectIn(unit);
  assert.equal(detected.root, `${MOUNT}/LPR`);
  assert.equal(detected.level, "limits");
  assert.equal(ownGroup, "0::/system.slice/lpr.service");
  removeGroup(`${MOUNT}/system.slice`);
});

function applyRemedies(remedies: readonly { readonly command: string }[]): void {
  for (const { command } of remedies) {
    const { exitCode, stderr } = Bun.spawnSync(["/bin/sh", "-c", command]);
    assert.equal(exitCode, 0, `${command}: ${stderr}`);
  }
}

/** A host booted by systemd, as far as detection looks: one unit is delegated. */
function fakeSystemd(delegated: string): Disposable {
  const systemctl = "/usr/bin/systemctl";
  mkdirSync("/run/systemd/system", { recursive: true });
  const answer = `[ "$*" = "show --property=Delegate -- ${delegated}" ] && echo Delegate=yes || echo Delegate=no`;
  writeFileSync(systemctl, `#!/bin/sh\n${answer}\n`);
  chmodSync(systemctl, 0o755);
  return {
    [Symbol.dispose]: () => {
      rmSync(systemctl);
      rmSync("/run/systemd", { recursive: true });
    },
  };
}
