import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { manPages } from "../../tools/man/pages.ts";
import { lockedPackages } from "../../tools/release/lockfile.ts";
import { TARGETS } from "../../tools/release/targets.ts";
import { thirdPartyLicences } from "../../tools/release/third-party.ts";
import { LPR, outcomeOf } from "../helpers/binary.ts";
import { testRelease } from "../helpers/release.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const root = join(import.meta.dir, "../..");
const stem = `lpr-${packageJson.version}`;
const archive = `${stem}-${process.platform}-${process.arch}.tar.gz`;
/** Only turns a hang into a failure: compiling and packing a hundred megabytes takes its time. */
const SLOW = 300_000;

test(
  "the same sources give the same binary, whatever directory they are in",
  async () => {
    const modules = lockedPackages(root).filter(({ dev }) => !dev);
    const sources = ["src", "certs", "docs", "tools", "build.ts", "package.json", "tsconfig.json"];
    const parts = [...sources, ...modules.map(({ name }) => `node_modules/${name}`)];
    const sha256In = async (copy: string) => {
      for (const part of parts.filter((each) => existsSync(join(root, each)))) {
        cpSync(join(root, part), join(copy, part), { recursive: true });
      }
      expect(await outcomeOf([process.execPath, "build.ts", "--binary"], { cwd: copy })).toMatchObject({
        exitCode: 0,
        stderr: "",
      });
      return createHash("sha256")
        .update(readFileSync(join(copy, "dist/lpr")))
        .digest("hex");
    };
    using dir = tempDir();
    expect(await sha256In(dir.join("here"))).toBe(await sha256In(dir.join("deeper/and/elsewhere")));
  },
  SLOW,
);

test(
  "a release holds its archive, the parts list, the installer and checksums of all",
  async () => {
    const release = await testRelease();
    const files = [archive, `${stem}.cdx.json`, "install.sh"].toSorted();
    expect(readdirSync(release).toSorted()).toEqual(["SHA256SUMS", ...files]);
    const sums = readFileSync(join(release, "SHA256SUMS"), "utf8").trim().split("\n");
    const told = sums.map((line) => line.split("  "));
    const found = files.map((name) => [
      createHash("sha256")
        .update(readFileSync(join(release, name)))
        .digest("hex"),
      name,
    ]);
    expect(told).toEqual(found);
  },
  SLOW,
);

test(
  "tar unpacks the archive, and what is in it runs",
  async () => {
    const release = await testRelease();
    using dir = tempDir();
    const unpacked = await outcomeOf(["tar", "-xzvf", join(release, archive)], { cwd: dir.path });
    expect(unpacked).toMatchObject({ exitCode: 0, stderr: "" });
    const [pages = [], others = []] = [true, false].map((arePages) =>
      unpacked.stdout
        .trim()
        .split("\n")
        .filter((path) => path.startsWith("man/") === arePages),
    );
    expect(others).toEqual([
      ...["lpr", "LICENSE", "THIRD-PARTY-LICENSES.txt", "systemd/lpr.service", "systemd/lpr-jobs.service"],
      ...["completion/lpr.bash", "completion/lpr.zsh", "completion/lpr.fish"],
    ]);
    expect(pages).toEqual((await manPages(new Date())).map(({ file }) => `man/${file}`));
    const { mtime } = statSync(dir.join("lpr"));
    expect(readFileSync(dir.join("man/lpr.1"), "utf8")).toContain(mtime.toISOString().slice(0, 10));
    const { stdout } = await outcomeOf([dir.join("lpr"), "version"]);
    expect(stdout).toStartWith(`lpr ${packageJson.version} (`);
  },
  SLOW,
);

test(
  "the parts list names every dependency and every runtime, with the hash that npm verified",
  async () => {
    const release = await testRelease();
    const { components, bomFormat } = JSON.parse(readFileSync(join(release, `${stem}.cdx.json`), "utf8"));
    expect(bomFormat).toBe("CycloneDX");
    const parts = new Map<string, { hashes: { content: string }[] }>(
      components.map((part: { name: string; version: string }) => [`${part.name}@${part.version}`, part]),
    );
    const expected = [
      ...Object.entries(packageJson.dependencies),
      ...TARGETS.map(({ runtime }) => [runtime, packageJson.devDependencies.bun] as const),
    ].map(([name, version]) => `${name}@${version}`);
    expect(expected.filter((part) => !parts.has(part))).toEqual([]);
    const locked = lockedPackages(root).find(({ name }) => name === "citty");
    const hash = Buffer.from(locked?.integrity.slice("sha512-".length) ?? "", "base64").toString("hex");
    expect(parts.get(`citty@${locked?.version}`)?.hashes).toEqual([
      { alg: "SHA-512", content: hash } as never,
    ]);
    expect(parts.has(`typescript@${packageJson.devDependencies.typescript}`)).toBe(false);
  },
  SLOW,
);

/** Packages whose names stand in a file, as paths of sources do. */
async function namedIn(path: string): Promise<Set<string>> {
  const text = Buffer.from(await Bun.file(path).bytes()).toString("latin1");
  return new Set([...text.matchAll(/node_modules\/((?:@[\w-]+\/)?[\w.-]+)\//g)].map(([, name = ""]) => name));
}

test(
  "the licence of every package that is in the binary is passed on, with its text",
  async () => {
    const text = thirdPartyLicences(root);
    const [inLpr, inBun] = await Promise.all([namedIn(LPR), namedIn(process.execPath)]);
    const pinned = new Map(lockedPackages(root).map(({ name, version }) => [name, version]));
    const bundled = [...inLpr].filter((name) => pinned.has(name) && !inBun.has(name));
    expect(bundled).toEqual(expect.arrayContaining(["@grpc/grpc-js", "citty", "yaml", "prom-client"]));
    expect(bundled.filter((name) => !text.includes(`\n${name} ${pinned.get(name)} (`))).toEqual([]);
    for (const words of ["Permission is hereby granted", "Bun statically links JavaScriptCore"]) {
      expect(text).toContain(words);
    }
  },
  SLOW,
);

test("every platform of a release has its runtime in package-lock.json", () => {
  const names = new Set(lockedPackages(root).map(({ name }) => name));
  expect(TARGETS.filter(({ runtime }) => !names.has(runtime))).toEqual([]);
});
