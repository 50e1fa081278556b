/**
 * `npm run release`: what people install, in dist/release. The same commit gives the same bytes.
 * `--only NAME`, again and again, builds some platforms; `--outdir DIR` writes elsewhere; `--releases-url URL` is where
 * install.sh will look for releases, as GitHub lays them out below OWNER/REPOSITORY/releases.
 */
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import packageJson from "../../package.json" with { type: "json" };
import { compileBinary } from "../build/binary.ts";
import { commitOf, commitTimeOf } from "../build/commit.ts";
import { manPages } from "../man/pages.ts";
import { companions } from "./companions.ts";
import { installer } from "./installer.ts";
import { bunFor } from "./runtime.ts";
import { sbom } from "./sbom.ts";
import { tarArchive } from "./tar.ts";
import { TARGETS, type Target } from "./targets.ts";

const root = join(import.meta.dir, "../..");
const stem = `${packageJson.name}-${packageJson.version}`;
const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    outdir: { type: "string", default: "dist/release" },
    "releases-url": { type: "string", default: "" },
  },
});
const outdir = resolve(root, values.outdir);
const commit = commitOf(root);
const time = commitTimeOf(root);
const pages = await manPages(new Date(time * 1_000));

mkdirSync(dirname(outdir), { recursive: true });
const files = new Map<string, Uint8Array>([
  [`${stem}.cdx.json`, Buffer.from(sbom(root, time))],
  ["install.sh", Buffer.from(installer(root, values["releases-url"]))],
]);
for (const target of chosenTargets(values.only)) {
  files.set(`${stem}-${target.name}.tar.gz`, await pack(target));
  console.log(`built ${stem}-${target.name}`);
}
files.set("SHA256SUMS", Buffer.from(checksums(files)));

// What was there stays until all of it has been made.
const made = mkdtempSync(join(dirname(outdir), "release-"));
chmodSync(made, 0o755);
for (const [name, content] of files) writeFileSync(join(made, name), content);
rmSync(outdir, { recursive: true, force: true });
renameSync(made, outdir);
console.log(`${outdir}: commit ${commit}`);

function chosenTargets(names: readonly string[] | undefined): readonly Target[] {
  const unknown = names?.filter((name) => !TARGETS.some((target) => target.name === name)) ?? [];
  if (unknown.length === 0) return TARGETS.filter(({ name }) => names?.includes(name) ?? true);
  throw new Error(
    `no platform ${unknown.join(", ")}: there are ${TARGETS.map(({ name }) => name).join(", ")}`,
  );
}

async function pack(target: Target): Promise<Uint8Array> {
  const outfile = join(root, "dist", `lpr-${target.name}`);
  const bun = bunFor(root, target);
  const foreign = bun === undefined ? undefined : { target: target.bun, bun };
  await compileBinary({ root, outfile, commit, foreign });
  const binary = readFileSync(outfile);
  rmSync(outfile);
  const entries = [{ path: "lpr", content: binary, mode: 0o755 }, ...companions(root, target, pages)];
  return gzipSync(tarArchive(entries, time));
}

/** As `sha256sum --check` reads it. */
function checksums(files: ReadonlyMap<string, Uint8Array>): string {
  const lines = [...files].map(([name, content]) => {
    return `${createHash("sha256").update(content).digest("hex")}  ${name}\n`;
  });
  return lines.toSorted((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join("");
}
