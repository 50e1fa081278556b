import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { idsOfHost } from "../../src/job/accounts.ts";

test.each(["/etc/passwd", "/etc/group"])("no number that %s lists is free for a tenant", (path) => {
  const listed = [...readFileSync(path, "utf8").matchAll(/^[^:\n]+:[^:\n]*:(\d+):/gm)].map(([, id]) =>
    Number(id),
  );
  expect(listed.length).toBeGreaterThan(1);
  expect(listed.filter((id) => !idsOfHost().has(id))).toEqual([]);
});
