import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { type CpioEntry, cpioArchive } from "./cpio.ts";
import { findProgram, GUEST_PROGRAMS } from "./prerequisites.ts";

/** Programs of the guest that must not be busybox's: the library looks for them, or busybox's can do less. */
const OWN_PROGRAMS = new Map(
  [...Object.keys(GUEST_PROGRAMS), "sh"].map((name) => [name, `/usr/bin/${name}`]),
);

/** The guest's whole root: the tests, what they run, and the libraries of both. */
export function initramfs(guest: string, busybox: string): Uint8Array[] {
  const programs = Object.keys(GUEST_PROGRAMS).map((name) => ({ name, path: found(name) }));
  const libraries = new Set([guest, ...programs.map(({ path }) => path)].flatMap(librariesOf));
  const files = [
    file("/init", join(import.meta.dir, "init.sh")),
    file("/lpr-guest", guest),
    file("/bin/busybox", busybox),
    ...programs.map(({ name, path }) => file(`/usr/bin/${name}`, path)),
    ...[...libraries].map((path) => file(path, path)),
    text("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n"),
    text("/etc/group", "root:x:0:\nnogroup:x:65534:\n"),
  ];
  const links: CpioEntry[] = [
    { kind: "symlink", path: "/usr/bin/sh", target: "dash" },
    { kind: "symlink", path: "/bin/sh", target: "/usr/bin/dash" },
    ...appletsOf(busybox)
      .filter((name) => !OWN_PROGRAMS.has(name) && name !== "busybox")
      .map((name): CpioEntry => ({ kind: "symlink", path: `/bin/${name}`, target: "busybox" })),
  ];
  const mountPoints = ["/proc", "/sys", "/dev", "/run", "/tmp", "/disk", "/root", "/var", "/etc"];
  const directories = new Set([...mountPoints, ...[...files, ...links].flatMap(({ path }) => parents(path))]);
  return cpioArchive([
    ...[...directories].sort().map((path): CpioEntry => ({ kind: "directory", path })),
    ...files,
    ...links,
  ]);
}

function file(path: string, source: string): CpioEntry {
  return { kind: "file", path, content: readFileSync(realpathSync(source)), mode: 0o755 };
}

function text(path: string, content: string): CpioEntry {
  return { kind: "file", path, content: new TextEncoder().encode(content), mode: 0o644 };
}

/** Absolute paths of the shared libraries, the loader among them. */
function librariesOf(program: string): string[] {
  const { stdout } = Bun.spawnSync([found("ldd"), program], { stderr: "ignore" });
  return [...stdout.toString().matchAll(/(?:=> |^\s+)(\/\S+) \(/gm)].map(([, path = ""]) => path);
}

function appletsOf(busybox: string): string[] {
  return Bun.spawnSync([busybox, "--list"]).stdout.toString().trim().split("\n");
}

function parents(path: string): string[] {
  const parts = path.split("/").slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`);
}

function found(name: string): string {
  const path = findProgram(name);
  if (path === undefined) throw new Error(`${name} is gone`);
  return path;
}
