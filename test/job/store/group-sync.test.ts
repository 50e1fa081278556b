import { expect, test } from "bun:test";
import { GroupSync } from "../../../src/job/store/group-sync.ts";
import { errorOf } from "../../helpers/job-service.ts";

/** A disk that works when it is told to. */
function slowDisk() {
  const works: PromiseWithResolvers<void>[] = [];
  const sync = new GroupSync(() => {
    const work = Promise.withResolvers<void>();
    works.push(work);
    return work.promise;
  });
  return { works, sync };
}

/** Long enough for everything that waits for nothing else. */
const settled = () => Bun.sleep(0);

test("all who ask at the same time share one wait for the disk", async () => {
  const { works, sync } = slowDisk();
  const asked = [sync.flush(), sync.flush(), sync.flush()];
  await settled();
  expect(works).toHaveLength(1);
  works[0]?.resolve();
  await Promise.all(asked);
});

test("who asks while the disk is being written to waits for the next time, which all of them share", async () => {
  const { works, sync } = slowDisk();
  const first = sync.flush();
  await settled();
  let done = 0;
  const late = [1, 2].map(() => sync.flush().then(() => done++));
  works[0]?.resolve();
  await first;
  await settled();
  // What they wrote came after the first had begun.
  expect([done, works.length]).toEqual([0, 2]);
  works[1]?.resolve();
  await Promise.all(late);
});

test("after a failure nothing is promised any more", async () => {
  const { works, sync } = slowDisk();
  const [first, second] = [errorOf(sync.flush()), errorOf(sync.flush())];
  await settled();
  const third = errorOf(sync.flush());
  works[0]?.reject(new Error("EIO"));
  for (const failed of [first, second, third, errorOf(sync.flush())])
    expect((await failed).message).toBe("EIO");
  expect(works).toHaveLength(1);
});
