import { expect, test } from "bun:test";
import { join } from "node:path";
import { apiReference, generate } from "../../src/rpc/generate.ts";
import { referenceOf } from "../../src/rpc/reference.ts";
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

test("the API reference takes comments as text, and links types that are not of this proto to where they are defined", async () => {
  using dir = tempDir();
  const proto = `syntax = "proto3";
    package p;
    import "google/protobuf/duration.proto";
    // # 1. <b>a_b</b> *c* [d](e) |f| ~~g~~ &lt; \\h
    message M {
      // - one
      google.protobuf.Duration wait = 1;
      // 2) two
      other.Thing thing = 2;
      M m = 3;
    }`;
  await Bun.write(dir.join("p.proto"), proto);
  expect(referenceOf(dir.join("p.proto")).split("## M\n")[1]).toBe(`
\\# 1. \\<b\\>a\\_b\\</b\\> \\*c\\* \\[d\\](e) \\|f\\| \\~\\~g\\~\\~ \\&lt; \\\\h

|  | field | type |  |
| --- | --- | --- | --- |
| 1 | \`wait\` | [google.protobuf.Duration](https://protobuf.dev/reference/protobuf/google.protobuf/#duration) | \\- one |
| 2 | \`thing\` | \`other.Thing\` | 2\\) two |
| 3 | \`m\` | [M](#m) |  |
`);
});
