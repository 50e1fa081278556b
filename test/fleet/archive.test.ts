import { expect, test } from "bun:test";
import { archiveLog, readArchive, removeArchive } from "../../src/fleet/archive.ts";
import type { LogChunk, OutputMode, StreamLogsInput } from "../../src/job/types.ts";
import { type FleetMember, fleetSettings, joinFleet } from "../helpers/fleet.ts";
import { errorOf } from "../helpers/job-service.ts";
import { natsServer, startNats } from "../helpers/nats.ts";

const withNats = test.skipIf(natsServer === undefined);

type Wanted = Omit<StreamLogsInput, "name">;

/** Runs a script to its end and archives what it wrote. */
async function archived(host: FleetMember, name: string, script: string, output: OutputMode) {
  const { jobs } = host.service;
  const { id: jobId } = await jobs.run({
    name,
    command: "/bin/sh",
    args: ["-c", script],
    output,
    createdBy: "alice",
  });
  await jobs.wait({ name });
  const place = { agent: "host.test", id: `${name}-id`, fence: 7 };
  const blocks = await archiveLog(host.context, { name, jobId }, place);
  return { name, output, archive: { ...place, blocks } };
}

type Archived = Awaited<ReturnType<typeof archived>>;

/** What comes of each log, from which byte on, and every time that was told. */
async function gather(chunks: AsyncIterable<LogChunk>) {
  const logs: Record<string, { from: number; text: string; discarded: number }> = {};
  const order: string[] = [];
  const times = new Set<number | undefined>();
  for await (const { stream = "", offset, output, time, discardedBytes = 0 } of chunks) {
    if (output.length === 0) continue;
    logs[stream] ??= { from: offset, text: "", discarded: 0 };
    const log = logs[stream];
    if (offset !== log.from + log.text.length)
      throw new Error(`byte ${offset} follows ${log.from + log.text.length}`);
    log.text += Buffer.from(output).toString("latin1");
    log.discarded += discardedBytes;
    times.add(time?.getTime());
    if (order.at(-1) !== stream) order.push(stream);
  }
  return { logs, order, times: [...times] };
}

const readThere = (host: FleetMember, { name }: Archived, wanted: Wanted) =>
  gather(host.service.jobs.streamLogs({ ...wanted, name }));
const readFromArchive = (host: FleetMember, { name, output, archive }: Archived, wanted: Wanted) =>
  gather(readArchive(host.context, archive, output, { ...wanted, name }));

withNats(
  "whatever is asked of an archived log is what its host would answer",
  async () => {
    await using nats = await startNats();
    await using host = await joinFleet(fleetSettings("host.test", nats.urls));
    const lines =
      "seq 40000; sleep 0.6; seq 100 >&2; printf 'no newline'; sleep 0.6; seq 40001 90000; printf 'tail\\n\\nend' >&2";
    const jobs = [
      await archived(host, "combined", lines, "combined"),
      await archived(host, "split", lines, "split"),
      await archived(host, "silent", "true", "combined"),
      await archived(host, "one-line", "echo x >&2", "split"),
    ];
    const { times } = await readThere(host, jobs[1] as Archived, { timestamps: true });
    const moments = times.flatMap((time) => (time === undefined ? [] : [new Date(time), new Date(time + 1)]));
    const selections: Wanted[] = [
      {},
      { timestamps: true },
      ...[1, 2, 3, 4, 5, 50, 100, 101, 103, 104, 40_000, 50_002, 90_104, 90_105, 90_106, 200_000].map(
        (tailLines) => ({ tailLines }),
      ),
      ...moments.flatMap((moment) => [
        { since: moment },
        { until: moment },
        { since: moment, tailLines: 3 },
        { until: moment, tailLines: 3 },
      ]),
    ];
    let compared = 0;
    for (const job of jobs) {
      const streams = job.output === "split" ? ([undefined, "stdout", "stderr"] as const) : [undefined];
      for (const stream of streams) {
        for (const selection of selections) {
          const wanted = { ...selection, stream };
          const there = await readThere(host, job, wanted);
          expect({ job: job.name, wanted, ...(await readFromArchive(host, job, wanted)) }).toEqual({
            job: job.name,
            wanted,
            ...there,
          });
          compared += 1;
        }
      }
    }
    expect(compared).toBe(selections.length * 8);
    expect(jobs.map(({ archive }) => archive.blocks)).toEqual([3, 3, 0, 1]);
  },
  60_000,
);

withNats("an archived log is resumed at any byte of either stream", async () => {
  await using nats = await startNats();
  await using host = await joinFleet(fleetSettings("host.test", nats.urls));
  const job = await archived(host, "foo", "seq 90000; sleep 0.4; seq 30000 >&2", "split");
  for (const [offset, stderrOffset] of [
    [0, 0],
    [1, 0],
    [262_144, 5],
    [400_000, 168_893],
    [528_894, 0],
    [528_894, 168_894],
  ]) {
    const wanted = { offset, stderrOffset };
    expect(await readFromArchive(host, job, wanted)).toEqual(await readThere(host, job, wanted));
  }
});

withNats(
  "of output that was given up it is told how much, and of an archive that is gone that it is",
  async () => {
    await using nats = await startNats();
    await using host = await joinFleet(fleetSettings("host.test", nats.urls));
    const { jobs } = host.service;
    const script = "seq 400000; sleep 1.5; echo end";
    const { id: jobId } = await jobs.run({
      name: "foo",
      command: "/bin/sh",
      args: ["-c", script],
      maxLogBytes: 1_048_576,
      createdBy: "alice",
    });
    const { logDiscardedBytes } = await jobs.wait({ name: "foo" });
    expect(logDiscardedBytes).toBeGreaterThan(0);
    const place = { agent: "host.test", id: "foo-id", fence: 1 };
    const blocks = await archiveLog(host.context, { name: "foo", jobId }, place);
    const job = { name: "foo", output: "combined" as const, archive: { ...place, blocks } };
    for (const offset of [0, 1_000, logDiscardedBytes, logDiscardedBytes + 100]) {
      expect(await readFromArchive(host, job, { offset })).toEqual(await readThere(host, job, { offset }));
    }
    expect((await errorOf(readFromArchive(host, job, { stream: "stderr" }))).code).toBe("INVALID_INPUT");
    await removeArchive(host.context, job.archive);
    expect((await errorOf(readFromArchive(host, job, {}))).code).toBe("LOG_DAMAGED");
  },
);
