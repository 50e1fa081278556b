import { expect, test } from "bun:test";
import { openFilesIn, openFilesInEffect, openFilesOf } from "../../../src/job/cgroup/open-files.ts";

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max open files            1024                 524288               files     
Max locked memory         8388608              8388608              bytes     
`;

test("soft and hard limit are read from the kernel's table", () => {
  expect(openFilesIn(LIMITS)).toEqual({ soft: 1024, hard: 524_288 });
  expect(openFilesIn(LIMITS.replace("524288   ", "unlimited"))).toEqual({
    soft: 1024,
    hard: Number.POSITIVE_INFINITY,
  });
  expect(openFilesIn("")).toBeUndefined();
});

test("a running process tells what it has in effect, one that is gone nothing", async () => {
  const child = Bun.spawn(["/bin/sh", "-c", "ulimit -n 77; echo set; read -r _"], { stdin: "pipe" });
  await child.stdout.getReader().read();
  expect(openFilesOf(child.pid)).toEqual({ soft: 77, hard: 77 });
  // What the kernel has, not what was asked for; more than that is no limit.
  expect(openFilesInEffect(child.pid, 100)).toBe(77);
  expect(() => openFilesInEffect(child.pid, 76)).toThrow(
    "openFiles of 76 is not enforced: the kernel has 77",
  );
  child.stdin.end();
  await child.exited;
  expect(openFilesOf(child.pid)).toBeUndefined();
  expect(openFilesInEffect(child.pid, 76)).toBe(76);
});
