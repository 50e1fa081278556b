import { natsServer } from "../../test/helpers/nats.ts";
import { millisecondsOf, perSecond } from "../interleave.ts";
import { openFleet } from "../lab/fleet.ts";
import type { Lab } from "../lab/lab.ts";
import { memoryOf } from "../processes.ts";
import type { PartReport } from "../result.ts";
import { summarize } from "../summary.ts";

const RECORDS = 100_000;
const BEATS = 10_000;
const AT_ONCE = 200;

/** What the NATS servers of a fleet do a second, and what they take for each job that is on record. */
export async function measureFleetRecords({ signal, newName }: Lab): Promise<PartReport> {
  if (natsServer === undefined) {
    console.error("SKIPPED, records of the fleet: nats-server is missing");
    return { results: [] };
  }
  await using fleet = await openFleet(1, signal);
  const { client, stores, nats } = fleet;
  const name = newName();
  await client.run({ name, command: "/bin/true", fleet: { pool: "work" } }, { signal });
  await client.wait({ name }, { signal });
  const record = (await stores.jobs.get(name))?.value;
  const beat = (await stores.agents.get("bench1=test"))?.value;
  if (!record || !beat) throw new Error("the fleet has neither job nor agent");

  const revisions = new Map<number, number>();
  const beats = await perSecond(BEATS, AT_ONCE, async (n) => {
    signal.throwIfAborted();
    const agent = n % AT_ONCE;
    const [key, value] = [`agent-${agent}`, { ...beat, agent: `agent-${agent}` }];
    const revision = revisions.get(agent);
    const written = await (revision === undefined
      ? stores.agents.create(key, value)
      : stores.agents.replace(key, value, revision));
    if (written) revisions.set(agent, written.revision);
  });
  const [server] = nats.servers;
  if (!server) throw new Error("there is no NATS server");
  const resident = () => memoryOf(server.pid).resident;
  const before = resident();
  const records = await perSecond(RECORDS, AT_ONCE, async (n) => {
    signal.throwIfAborted();
    await stores.jobs.create(`record-${n}`, { ...record, name: `record-${n}` });
  });
  const grown = resident() - before;
  const readAll = await millisecondsOf(async () => {
    for await (const _ of stores.jobs.all()) signal.throwIfAborted();
  });
  const look = await perSecond(2_000, AT_ONCE, (n) => stores.jobs.get(`record-${n * 7}`));
  await server.kill();
  const restart = await millisecondsOf(() => server.start());
  const many = RECORDS.toLocaleString("en-US");
  const rate = { unit: "per s", better: "higher" } as const;
  const size = { unit: "MB", better: "lower" } as const;
  return {
    results: [
      { ...rate, what: "fleet, heartbeats that three servers take", ours: summarize(beats) },
      { ...rate, what: "fleet, new records that three servers take", ours: summarize(records) },
      { ...rate, what: `fleet, records read, of ${many}`, ours: summarize(look) },
      {
        ...size,
        what: "fleet, 1,000 records of ended jobs",
        ours: summarize(JSON.stringify(record).length / 1e3),
      },
      { ...size, what: `fleet, a server's growth by ${many} records`, ours: summarize(grown) },
      { what: `fleet, all ${many} read`, unit: "ms", better: "lower", ours: summarize(readAll) },
      { what: `fleet, a server with ${many} starts`, unit: "ms", better: "lower", ours: summarize(restart) },
    ],
  };
}
