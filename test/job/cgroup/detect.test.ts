import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { absent, pathBetween } from "../../../src/job/cgroup/controllers.ts";
import {
  delegatedGroup,
  isDelegated,
  ownGroup,
  type Unit,
  unitOf,
} from "../../../src/job/cgroup/delegation.ts";
import { cgroup2Mount, detectCgroups, requireLimits } from "../../../src/job/cgroup/detect.ts";
import { JobError } from "../../../src/job/errors.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const UNIFIED = `21 98 0:20 / /sys rw,nosuid,nodev,noexec,relatime shared:2 - sysfs sysfs rw
24 21 0:22 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:6 - cgroup2 cgroup2 rw,nsdelegate
`;
const HYBRID = `31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
`;
const SPACES = "50 21 0:50 / /mnt/my\\040groups rw - cgroup2 cgroup2 rw\n";

describe("the cgroup2 mount", () => {
  test("is found on unified and on hybrid hosts", () => {
    expect(cgroup2Mount(UNIFIED)).toBe("/sys/fs/cgroup");
    expect(cgroup2Mount(HYBRID)).toBe("/sys/fs/cgroup/unified");
    expect(cgroup2Mount(HYBRID.replace(/.*cgroup2.*\n/, ""))).toBeUndefined();
  });

  test("is the one that holds the path, and no other whose name begins the same", () => {
    const both = HYBRID + SPACES;
    expect(cgroup2Mount(both, "/sys/fs/cgroup/unified/LPR")).toBe("/sys/fs/cgroup/unified");
    expect(cgroup2Mount(both, "/mnt/my groups/LPR")).toBe("/mnt/my groups");
    expect(cgroup2Mount(both, "/sys/fs/cgroup/unified2/LPR")).toBeUndefined();
    expect(cgroup2Mount(both, "/sys/fs/cgroup/cpu/LPR")).toBeUndefined();
  });
});

describe("a controller that the hierarchy lacks", () => {
  const table = (lines: string) => `#subsys_name\thierarchy\tnum_cgroups\tenabled\n${lines}`;

  test("is one that cgroup v1 uses", () => {
    expect(absent("memory", table("memory\t4\t12\t1\n"))).toEqual({
      missing: "the memory controller is not available: this host uses it in cgroup v1",
      command: expect.stringContaining("systemd.unified_cgroup_hierarchy=1 cgroup_no_v1=all"),
    });
  });

  test("or was switched off at boot; io is called blkio there", () => {
    expect(absent("io", table("cpu\t0\t1\t1\nblkio\t0\t1\t0\n"))).toEqual({
      missing: "the io controller is not available: it was switched off at boot",
      command: "sed -i 's/cgroup_disable=blkio//' /etc/default/grub && update-grub # then reboot",
    });
  });

  test("or is not in the kernel, which no command brings", () => {
    expect(absent("pids", table("cpu\t0\t1\t1\n"))).toEqual({
      missing: "the pids controller is not available: this kernel was built without it",
    });
    // "cpu" is not "cpuset".
    expect(absent("cpu", table("cpuset\t3\t1\t1\n")).missing).toContain("built without it");
  });

  test("or was kept from this container", () => {
    expect(absent("cpu", table("cpu\t0\t1\t1\n")).missing).toContain("in no hierarchy here");
  });
});

test("controllers are enabled on the way down, one group after the other", () => {
  expect(pathBetween("/sys/fs/cgroup", "/sys/fs/cgroup/LPR")).toEqual([
    "/sys/fs/cgroup",
    "/sys/fs/cgroup/LPR",
  ]);
  expect(pathBetween("/g", "/g/a/b/LPR")).toEqual(["/g", "/g/a", "/g/a/b", "/g/a/b/LPR"]);
});

describe("the unit of systemd", () => {
  test("is the innermost service or scope of the own group", () => {
    expect(ownGroup("9:name=systemd:/\n0::/system.slice/lpr.service\n")).toBe("/system.slice/lpr.service");
    expect(ownGroup("0::/a/b (deleted)\n")).toBe("/a/b");
    expect(ownGroup("4:memory:/x\n")).toBeUndefined();
    expect(unitOf("/system.slice/lpr.service")).toEqual({
      name: "lpr.service",
      group: "/system.slice/lpr.service",
      ofUser: false,
    });
    expect(unitOf("/system.slice/lpr.service/agent")).toMatchObject({ group: "/system.slice/lpr.service" });
    expect(unitOf("/user.slice/user-1.slice/user@1.service/app.slice/lpr.service/x")).toEqual({
      name: "lpr.service",
      group: "/user.slice/user-1.slice/user@1.service/app.slice/lpr.service",
      ofUser: true,
    });
    expect(unitOf("/user.slice/user-1.slice/session-2.scope")).toMatchObject({ name: "session-2.scope" });
    expect(unitOf("/")).toBeUndefined();
    expect(unitOf("/docker/0123")).toBeUndefined();
  });

  test("gives its group only where it is delegated and there", () => {
    using dir = tempDir();
    const asked: Unit[] = [];
    const answer = (delegated: boolean) => (unit: Unit) => {
      asked.push(unit);
      return delegated;
    };
    mkdirSync(dir.join("system.slice/lpr.service"), { recursive: true });
    const membership = "0::/system.slice/lpr.service/agent\n";
    expect(delegatedGroup(dir.path, membership, answer(true))).toBe(dir.join("system.slice/lpr.service"));
    expect(delegatedGroup(dir.path, membership, answer(false))).toBeUndefined();
    expect(asked.map(({ name }) => name)).toEqual(["lpr.service", "lpr.service"]);
    expect(delegatedGroup(dir.join("elsewhere"), membership, answer(true))).toBeUndefined();
    expect(delegatedGroup(dir.path, "0::/\n", answer(true))).toBeUndefined();
  });

  test("is delegated when systemd says so, and nobody guesses when it takes too long", () => {
    using dir = tempDir();
    const unit = { name: "lpr.service", group: "/system.slice/lpr.service", ofUser: false };
    const systemctl = (script: string) => {
      writeFileSync(dir.join("systemctl"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      return dir.join("systemctl");
    };
    const words = '[ "$*" = "show --property=Delegate -- lpr.service" ] && echo';
    expect(isDelegated(systemctl(`${words} Delegate=yes`), unit)).toBe(true);
    expect(isDelegated(systemctl(`${words} Delegate=no`), unit)).toBe(false);
    expect(isDelegated(systemctl("echo Failed to connect to bus >&2; exit 1"), unit)).toBe(false);
    const late = systemctl(`exec sleep 1000`);
    expect(() => isDelegated(late, unit, 10)).toThrow(
      "systemd does not say whether lpr.service is delegated",
    );
  });
});

const host = detectCgroups({ mode: "auto" });

describe("detection", () => {
  test("gives every controller that is missing on this host a sentence, and a remedy where there is one", () => {
    const { level, missing, remedies } = host;
    expect(level === "limits").toBe(missing.length === 0);
    expect(remedies.every((remedy) => missing.includes(remedy.missing))).toBe(true);
  });

  test.skipIf(host.level === "limits")("is refused with what is missing where limits are required", () => {
    const attempt = () => detectCgroups({ mode: "required" });
    expect(attempt).toThrow(JobError);
    expect(attempt).toThrow(`cgroup limits are required, but ${host.missing[0]}`);
  });

  test("switched off has no root, and says that this is why", () => {
    expect(detectCgroups({ mode: "off" })).toEqual({
      level: "none",
      missing: ["cgroups are switched off"],
      remedies: [],
    });
  });

  test("refuses a root outside of every cgroup2 mount", () => {
    using dir = tempDir();
    expect(() => detectCgroups({ mode: "auto", root: dir.join("LPR") })).toThrow("is not on a cgroup2 mount");
  });
});

describe("a job that asks for limits", () => {
  const missing = ["the io controller is not available", "the cpu controller is not available"];

  test.each(["tracking", "none"] as const)("is refused at level %s, saying what is missing", (level) => {
    const attempt = () => requireLimits({ level, missing }, { pids: 5, cpuCores: 1 });
    expect(attempt).toThrow(JobError);
    expect(attempt).toThrow("this host cannot enforce cpuCores, pids: the cpu controller is not available");
  });

  test("is accepted at level limits", () => {
    expect(() => requireLimits({ level: "limits", missing: [] }, { pids: 5, cpuCores: 1 })).not.toThrow();
  });

  test("is accepted at every level when it asks for nothing, or for open files alone", () => {
    expect(() => requireLimits({ level: "none", missing }, {})).not.toThrow();
    expect(() => requireLimits({ level: "none", missing }, { openFiles: 64 })).not.toThrow();
  });

  test("is refused more open files than the host allows", () => {
    const asked = 2 ** 40;
    expect(() => requireLimits({ level: "none", missing }, { openFiles: asked })).toThrow(
      new RegExp(`this host allows at most \\d+ openFiles, got ${asked}`),
    );
  });
});
