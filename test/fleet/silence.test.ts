import { expect, test } from "bun:test";
import { deafAfterMs, lostAfterMs } from "../../src/fleet/lease.ts";
import { Silence } from "../../src/fleet/silence.ts";
import type { AgentBeat } from "../../src/fleet/types.ts";

const LEASE_MS = 20_000;
const LOST_AFTER = lostAfterMs(LEASE_MS);

function beat(agent: string, state: AgentBeat["state"] = "up"): AgentBeat {
  const about = { instance: "i", version: "0", hostname: "h", labels: {}, pools: {}, write: "w" };
  return { agent, state, ...about, heartbeatMs: 5_000, leaseMs: LEASE_MS, at: "2026-11-24T08:00:00.000Z" };
}

/** One that beats itself, every 5 s. */
function listening(until: number, more: readonly [agent: string, at: number][] = []): Silence {
  const silence = new Silence(15_000);
  const own = Array.from({ length: until / 5_000 + 1 }, (_, index) => ["self", index * 5_000] as const);
  const all = [...own, ...more].toSorted(([, one], [, other]) => one - other);
  for (const [agent, at] of all) silence.hear(agent, beat(agent), at, at);
  return silence;
}

const names = (silence: Silence, at: number) => silence.silentAt(at).map(({ key }) => key);

test("an agent is silent when so much time has passed since it was heard of, not before", () => {
  const silence = listening(60_000, [["other", 10_000]]);
  expect(names(silence, 10_000 + LOST_AFTER - 1)).toEqual([]);
  expect(names(silence, 10_000 + LOST_AFTER)).toEqual(["other"]);
  expect(silence.silentAt(10_000 + LOST_AFTER)).toMatchObject([{ revision: 10_000 }]);
});

test("who does not even hear itself judges nobody, and begins anew when it hears again", () => {
  const silence = listening(20_000, [["other", 20_000]]);
  expect(names(silence, 200_000)).toEqual([]);
  silence.hear("self", beat("self"), 200_000, 200_000);
  expect(names(silence, 200_001)).toEqual([]);
  for (let at = 205_000; at <= 260_000; at += 5_000) silence.hear("self", beat("self"), at, at);
  expect(names(silence, 200_000 + LOST_AFTER - 1)).toEqual([]);
  expect(names(silence, 200_000 + LOST_AFTER)).toEqual(["other"]);
});

test("while NATS is away, however long, nobody falls silent, whatever the settings", () => {
  for (const heartbeatMs of [1_000, 5_000, 20_000, 60_000]) {
    for (const leaseMs of [3 * heartbeatMs, 4 * heartbeatMs, 60 * heartbeatMs]) {
      const deafAfter = deafAfterMs({ heartbeatMs, leaseMs });
      // Else it would be deaf whenever a heartbeat of its own is late.
      expect(deafAfter).toBeGreaterThanOrEqual(2 * heartbeatMs);
      const silence = new Silence(deafAfter);
      silence.hear("other", { ...beat("other"), leaseMs }, 1, 0);
      // Right before the next one would have come.
      silence.hear("self", { ...beat("self"), leaseMs }, 2, heartbeatMs);
      for (let at = heartbeatMs; at < 3 * lostAfterMs(leaseMs); at += 500) {
        expect({ heartbeatMs, leaseMs, at, silent: names(silence, at) }).toMatchObject({ silent: [] });
      }
    }
  }
});

test("one that is lost already is not declared so again, and one that has left is nobody's concern", () => {
  const silence = listening(60_000, [["other", 10_000]]);
  silence.hear("gone", beat("gone"), 1, 60_000);
  silence.hear("gone", undefined, 2, 60_000);
  silence.hear("other", beat("other", "lost"), 3, 60_000);
  expect(names(silence, 60_001)).toEqual([]);
  expect(silence.lost()).toMatchObject([{ key: "other", revision: 3 }]);
});

test("a lease ends before its agent is declared lost, by the worst of clocks", () => {
  // The holder's clock slow, the warden's fast, by 2 % each; a supervisor that looks every 2 s, and 5 s to kill.
  for (const lease of [1_000, 5_000, 20_000, 60_000, 3_600_000]) {
    const dead = lease * 1.02 + 2_000 + 5_000;
    const declared = lostAfterMs(lease) / 1.02;
    expect(declared).toBeGreaterThan(dead);
  }
});
