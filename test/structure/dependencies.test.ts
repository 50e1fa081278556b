import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };

const root = join(import.meta.dir, "../..");
const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
  packages: Record<string, { version: string; integrity?: string; hasInstallScript?: boolean }>;
};
const direct = { ...packageJson.dependencies, ...packageJson.devDependencies };

test("every version is an exact one, and the one that is locked", () => {
  for (const [name, version] of Object.entries(direct)) {
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
    expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
  }
});

test("every locked package has the hash of its contents", () => {
  const unhashed = Object.entries(lock.packages).filter(
    ([path, { integrity }]) => path !== "" && !integrity?.startsWith("sha512-"),
  );
  expect(unhashed.map(([path]) => path)).toEqual([]);
});

test("every dependency has its reason in ARCHITECTURE.md, and every reason its dependency", () => {
  const text = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
  const section = text.slice(text.indexOf("## Why each dependency is there"));
  const table = section.split("\n").filter((line) => line.startsWith("| `"));
  const justified = table.flatMap((row) => {
    const [, packages = "", reason = ""] = row.split("|");
    expect(reason.trim()).not.toBe("");
    const isDev = packages.includes("(dev)");
    return [...packages.matchAll(/`([^`]+)`/g)].map(([, name]) => `${name}${isDev ? " (dev)" : ""}`);
  });
  const present = [
    ...Object.keys(packageJson.dependencies),
    ...Object.keys(packageJson.devDependencies).map((name) => `${name} (dev)`),
  ];
  expect(justified.toSorted()).toEqual(present.toSorted());
});

test("every dependency is asked after in CI, where not to get an answer is a failure", () => {
  const workflow = readFileSync(join(root, ".github/workflows/audit.yml"), "utf8");
  expect(workflow).toContain("- run: npm run audit\n        env:\n          LPR_AUDIT: required\n");
  expect(workflow).toContain("schedule:");
  expect(readFileSync(join(root, ".ci/run"), "utf8")).toContain("step audit npm run audit\n");
});
