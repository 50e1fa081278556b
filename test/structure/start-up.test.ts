import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const root = join(import.meta.dir, "../..");
const transpiler = new Bun.Transpiler({ loader: "ts" });

/** Everything that is loaded before a file's first line runs; what is imported when it is needed is not. */
function loadedWith(path: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(path)) return loaded;
  loaded.add(path);
  if (!path.endsWith(".ts") || !existsSync(join(root, path))) return loaded;
  for (const { kind, path: target } of transpiler.scanImports(readFileSync(join(root, path), "utf8"))) {
    if (kind !== "import-statement") continue;
    loadedWith(target.startsWith(".") ? normalize(join(dirname(path), target)) : target, loaded);
  }
  return loaded;
}

/** What costs milliseconds: packages but for the one that makes the tree, and what speaks gRPC, TLS or YAML. */
const heavy = (target: string) =>
  /^src\/agent\/|^src\/rpc\/(generated|schema|status)|^src\/client\/(connect|channel|explain|target)/.test(
    target,
  ) ||
  /^(node:crypto|node:tls|node:http2)$/.test(target) ||
  !/^(src\/|node:|citty$|package\.json$)/.test(target);

test("what lpr --help loads is light", () => {
  const loaded = loadedWith("src/main.ts");
  expect(loaded.size).toBeGreaterThan(10);
  expect([...loaded].filter(heavy)).toEqual([]);
  // The tree knows the commands, and loads none.
  expect([...loaded].filter((path) => path.startsWith("src/cli/commands/"))).toEqual([]);
});

const commands = [...new Bun.Glob("src/cli/commands/*.ts").scanSync({ cwd: root })]
  .filter((path) => readFileSync(join(root, path), "utf8").includes("export default command("))
  .toSorted();

test.each(commands)("%s loads nothing heavy for its help", (path) => {
  expect([...loadedWith(path)].filter(heavy)).toEqual([]);
});

test("the search itself sees what is loaded with a file", () => {
  expect([...loadedWith("src/client/connect.ts")].filter(heavy)).toContain("@grpc/grpc-js");
});
