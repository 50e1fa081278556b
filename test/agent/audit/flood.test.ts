import { expect, test } from "bun:test";
import { Flood } from "../../../src/agent/audit/flood.ts";
import type { AuditNote } from "../../../src/job/index.ts";

function refusal(change: Partial<AuditNote> = {}): AuditNote {
  return {
    ...{ time: new Date(), tenant: "", role: "", fingerprint: "", address: "192.0.2.7:40000" },
    ...{ action: "connect", jobName: "", jobId: "", outcome: "UNAUTHENTICATED", detail: "no certificate" },
    ...change,
  };
}

test("the first refusals of a kind are written in full, of the others how many", () => {
  const flood = new Flood();
  const written = Array.from({ length: 4_216 }, (_, n) =>
    flood.admit(refusal({ address: `192.0.2.7:${n}` })),
  );
  expect(written.filter(Boolean)).toHaveLength(5);
  expect(flood.close()).toMatchObject([
    {
      ...refusal(),
      time: expect.any(Date),
      address: "192.0.2.7",
      detail: "and 4,211 more like it within a minute",
    },
  ]);
  expect(flood.close()).toEqual([]);
  expect(flood.admit(refusal())).toBe(true);
});

test("who from where was refused what, and how, makes a kind", () => {
  const flood = new Flood();
  for (let n = 0; n < 9; n++) flood.admit(refusal());
  for (const change of [
    { tenant: "bob" },
    { action: "Get" },
    { outcome: "PERMISSION_DENIED" },
    { address: "192.0.2.8:1" },
    { address: "[2001:db8::1]:1" },
  ]) {
    expect(flood.admit(refusal(change))).toBe(true);
  }
  expect(flood.close()).toHaveLength(1);
});

test("an attacker from any number of addresses fills no more than 31 entries a window, and none is forgotten", () => {
  const flood = new Flood();
  const refusals = Array.from({ length: 10_000 }, (_, n) =>
    refusal({ address: `[2001:db8::${n.toString(16)}]:1` }),
  );
  const written = refusals.filter((note) => flood.admit(note));
  const told = flood.close();
  expect(written.length + told.length).toBe(31);
  const left = told.map(({ detail }) => Number(/^and ([\d,]+) more/.exec(detail)?.[1]?.replaceAll(",", "")));
  expect(written.length + left.reduce((sum, n) => sum + n, 0)).toBe(10_000);
});
