/** Reading of what is written all the time, and hearing of what is written. */
import { expect, test } from "bun:test";
import { fleetSettings, joinFleet } from "../helpers/fleet.ts";
import { natsServer, startNats } from "../helpers/nats.ts";

const withNats = test.skipIf(natsServer === undefined);

withNats("a bucket that is written all the time is read to its end, with everything in it", async () => {
  await using nats = await startNats();
  await using member = await joinFleet(fleetSettings("host", nats.urls));
  await using writer = await joinFleet(fleetSettings("writer", nats.urls));
  const { held } = member.stores;
  const put = (key: string) =>
    writer.stores.held.put(key, { id: key, fence: 1, at: new Date().toISOString() });
  const keys = ["host.a", "host.b", "host.c"];
  for (const key of [...keys, "host.gone", "other.still"]) await put(key);
  await held.remove("host.gone");
  let isOver = false;
  const writing = keys.map(async (key) => {
    while (!isOver) await put(key);
  });
  for (let round = 0; round < 50; round += 1) {
    const found = new Map<string, string | undefined>();
    for await (const { key, value } of held.all()) found.set(key, value?.id);
    expect(Object.fromEntries(found)).toEqual({
      ...{ "host.a": "host.a", "host.b": "host.b", "host.c": "host.c" },
      ...{ "host.gone": undefined, "other.still": "other.still" },
    });
    expect((await held.keys("host.*")).toSorted()).toEqual(keys);
    expect(await held.keys("other.*")).toEqual(["other.still"]);
    expect(await held.keys("nobody.*")).toEqual([]);
  }
  isOver = true;
  await Promise.all(writing);
});

withNats("who goes away while a watch is being made is not kept by it", async () => {
  await using nats = await startNats();
  await using member = await joinFleet(fleetSettings("host", nats.urls));
  const over = new AbortController();
  const watching = Array.fromAsync(member.stores.held.watch(">", over.signal));
  over.abort();
  expect(await watching).toEqual([]);
});
