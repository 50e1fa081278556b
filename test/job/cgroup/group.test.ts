import { describe, expect, test } from "bun:test";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { detectCgroups } from "../../../src/job/cgroup/detect.ts";
import {
  createGroup,
  isPopulated,
  killGroup,
  processesIn,
  removeGroup,
} from "../../../src/job/cgroup/group.ts";
import { hasCgroups } from "../../helpers/job-service.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { until } from "../../helpers/until.ts";

test("on a kernel without cgroup.kill the group is frozen and its processes are killed one by one", async () => {
  using dir = tempDir();
  const sleepers = [1, 2].map(() => Bun.spawn(["sleep", "1234"]));
  writeFileSync(dir.join("cgroup.procs"), `${sleepers.map(({ pid }) => pid).join("\n")}\n`);
  killGroup(dir.path);
  expect(await Promise.all(sleepers.map(({ exited }) => exited))).toEqual([137, 137]);
  expect(readFileSync(dir.join("cgroup.freeze"), "utf8")).toBe("1");
});

test("a group that is gone is empty, has no processes, and is removed already", () => {
  using dir = tempDir();
  const gone = dir.join("gone");
  expect(isPopulated(gone)).toBe(false);
  expect(processesIn(gone)).toEqual([]);
  expect(removeGroup(gone)).toBe(true);
});

describe.skipIf(!hasCgroups)("on a cgroup2 mount", () => {
  test("below a job's group there is room for some groups, not for any number or depth", () => {
    using group = ownGroup();
    createGroup(group.dir);
    let deepest = group.dir;
    let depth = 0;
    const fails = { code: "EAGAIN" };
    const deeper = () => {
      for (; depth < 100; depth++) {
        mkdirSync(join(deepest, "d"));
        deepest = join(deepest, "d");
      }
    };
    expect(deeper).toThrow(expect.objectContaining(fails));
    expect(depth).toBe(32);
    let groups = depth;
    const more = () => {
      for (; groups < 2_000; groups++) mkdirSync(join(group.dir, `g${groups}`));
    };
    expect(more).toThrow(expect.objectContaining(fails));
    expect(groups).toBe(1000);
    expect(removeGroup(group.dir)).toBe(true);
  });

  test("a group with processes is neither removed nor used again, until they are killed", async () => {
    using group = ownGroup();
    createGroup(group.dir);
    await using sleeper = await sleeperIn(group.dir);
    expect(isPopulated(group.dir)).toBe(true);
    expect(processesIn(group.dir)).toEqual([sleeper.pid]);
    expect(removeGroup(group.dir)).toBe(false);
    expect(() => createGroup(group.dir)).toThrow(
      "processes of an earlier job of this name are still in its cgroup",
    );
    killGroup(group.dir);
    await until(() => !isPopulated(group.dir), "the group is empty");
    expect(await sleeper.exited).toBe(137);
    expect(removeGroup(group.dir)).toBe(true);
    expect(existsSync(group.dir)).toBe(false);
  });

  test("an empty group that was left over is made anew, without the groups below it", () => {
    using group = ownGroup();
    mkdirSync(join(group.dir, "inner/most"), { recursive: true });
    createGroup(group.dir);
    expect(existsSync(group.dir)).toBe(true);
    expect(existsSync(join(group.dir, "inner"))).toBe(false);
  });

  test("processes in a group below count and are killed, too", async () => {
    using group = ownGroup();
    mkdirSync(join(group.dir, "inner"), { recursive: true });
    await using sleeper = await sleeperIn(join(group.dir, "inner"));
    expect(isPopulated(group.dir)).toBe(true);
    killGroup(group.dir);
    expect(await sleeper.exited).toBe(137);
    await until(() => removeGroup(group.dir), "the group is removed");
  });
});

function ownGroup(): Disposable & { readonly dir: string } {
  const { root = "" } = detectCgroups({ mode: "auto" });
  const dir = join(root, `group-${randomUUID().slice(0, 8)}`);
  return { dir, [Symbol.dispose]: () => void removeGroup(dir) };
}

async function sleeperIn(dir: string) {
  const child = Bun.spawn(["/bin/sh", "-c", `echo 0 >${dir}/cgroup.procs && echo in && exec sleep 1234`]);
  await child.stdout.getReader().read();
  return {
    pid: child.pid,
    exited: child.exited,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}
