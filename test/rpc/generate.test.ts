import { expect, test } from "bun:test";
import { join } from "node:path";
import { apiReference, generate } from "../../src/rpc/generate.ts";
import { tempDir } from "../helpers/temp-dir.ts";

test("the generated code is what the proto makes (bun run generate)", async () => {
  using dir = tempDir();
  await generate(dir.path);
  for (const file of ["job_runner.js", "job_runner.d.ts", "descriptors.ts"]) {
    const fresh = await Bun.file(dir.join(file)).text();
    const committed = await Bun.file(join(import.meta.dir, "../../src/rpc/generated", file)).text();
    expect(fresh === committed, `${file} is current`).toBe(true);
  }
});

test("the API reference is what the proto says, and names every message of it", async () => {
  const committed = await Bun.file(join(import.meta.dir, "../../docs/api-reference.md")).text();
  expect(apiReference() === committed, "docs/api-reference.md is current").toBe(true);
  const proto = await Bun.file(join(import.meta.dir, "../../proto/job_runner.proto")).text();
  const names = [...proto.matchAll(/^(?:message|enum|service) (\w+)/gm)].map(([, name]) => name);
  const headings = [...committed.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
  expect(headings.toSorted()).toEqual(names.toSorted());
});
