import { expect, test } from "bun:test";
import { join } from "node:path";
import { generate } from "../../src/rpc/generate.ts";
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
