/** A sealed call is answered once, and only while it is fresh. */
import { expect, test } from "bun:test";
import { Replay } from "../../src/fleet/replay.ts";

const NOW = Date.parse("2030-01-01T00:00:00.000Z");
const MINUTE = 60_000;

function call(nonce: string, atMs = NOW) {
  return { nonce, at: new Date(atMs).toISOString() };
}

test("a call that somebody sends again is refused for as long as it would be fresh", () => {
  const replay = new Replay();
  // From a clock that is ahead by as much as may be: it stays fresh for two minutes.
  const ahead = call("a", NOW + MINUTE);
  replay.admit(ahead, NOW);
  for (const later of [0, 1, MINUTE, 2 * MINUTE - 1]) {
    expect(() => replay.admit(ahead, NOW + later)).toThrow("has come before");
  }
  expect(() => replay.admit(ahead, NOW + 2 * MINUTE + 1)).toThrow("too old");
  replay.admit(call("b"), NOW);
});

test("clocks may differ by a minute, and a time that is none is refused", () => {
  const replay = new Replay();
  replay.admit(call("behind", NOW - MINUTE), NOW);
  replay.admit(call("ahead", NOW + MINUTE), NOW);
  expect(() => replay.admit(call("too far behind", NOW - MINUTE - 1), NOW)).toThrow("too old");
  expect(() => replay.admit(call("too far ahead", NOW + MINUTE + 1), NOW)).toThrow("its clock is wrong");
  expect(() => replay.admit({ nonce: "none", at: "yesterday" }, NOW)).toThrow("too old");
});

test("so many calls that they could not be remembered are refused, until some may be forgotten", () => {
  const replay = new Replay();
  for (let count = 0; count < 100_000; count += 1) replay.admit(call(`${count}`), NOW);
  expect(() => replay.admit(call("one more"), NOW)).toThrow("too many calls");
  expect(() => replay.admit(call("0"), NOW)).toThrow("has come before");
  const later = NOW + 2 * MINUTE + 1;
  replay.admit(call("one more", later), later);
});
