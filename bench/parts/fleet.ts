import type { Client } from "../../src/client/index.ts";
import { natsServer } from "../../test/helpers/nats.ts";
import { interleave, millisecondsOf, perSecond } from "../interleave.ts";
import { openFleet } from "../lab/fleet.ts";
import type { Lab } from "../lab/lab.ts";
import type { PartReport, Result } from "../result.ts";
import { type Summary, summarize } from "../summary.ts";

const AGENTS = [1, 3, 5];
/** Jobs that wait in another pool of the same queue. */
const WAITING = [1_000, 10_000];
const ROUNDS = 60;
const WARM_UP = 10;
/** Jobs under way at a time, where many are sent. */
const AT_ONCE = 50;

/** What a job sent to a pool costs, by how many agents there are, and by how many jobs wait already. */
export async function measureFleet({ signal, newName }: Lab): Promise<PartReport> {
  if (natsServer === undefined) {
    console.error("SKIPPED, the fleet: nats-server is missing");
    return { results: [] };
  }
  const results: Result[] = [];
  for (const agents of AGENTS) {
    await using fleet = await openFleet(agents, signal);
    const measure = async (which: string) => {
      results.push(...resultsOf(which, await measureJobs(fleet.client, newName, signal)));
    };
    const those = agents === 1 ? "1 agent" : `${agents} agents`;
    await measure(those);
    if (agents !== AGENTS.at(-1)) continue;
    let waiting = 0;
    for (const length of WAITING) {
      await perSecond(length - waiting, AT_ONCE, () => submit(fleet.client, newName(), "parked", signal));
      waiting = length;
      await measure(`${those}, ${length.toLocaleString("en-US")} wait`);
    }
  }
  return { results };
}

interface Measured {
  readonly submit: Summary;
  readonly start: Summary;
  readonly jobs: Summary;
}

async function measureJobs(client: Client, newName: () => string, signal: AbortSignal): Promise<Measured> {
  const submits: number[] = [];
  const starts: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const name = newName();
    const submitMs = await millisecondsOf(() => submit(client, name, "work", signal));
    const { startedAt, fleet } = await client.wait({ name }, { signal });
    if (!startedAt || !fleet) throw new Error(`job ${name} was not run`);
    if (round < 0) continue;
    submits.push(submitMs);
    starts.push(startedAt.getTime() - fleet.queuedAt.getTime());
  }
  const runToEnd = async () => {
    const name = newName();
    await submit(client, name, "work", signal);
    await client.wait({ name }, { signal });
  };
  const rate = () => perSecond(200, AT_ONCE, runToEnd);
  const { jobs } = await interleave({ jobs: rate }, { rounds: 3, warmUp: 1, signal });
  return { submit: summarize(...submits), start: summarize(...starts), jobs };
}

function submit(client: Client, name: string, pool: string, signal: AbortSignal): Promise<unknown> {
  return client.run({ name, command: "/bin/true", fleet: { pool } }, { signal });
}

function resultsOf(which: string, measured: Measured): Result[] {
  const time = { unit: "ms", better: "lower" } as const;
  const rate = { unit: "per s", better: "higher" } as const;
  return [
    { ...time, what: `fleet, ${which}: submit`, ours: measured.submit },
    { ...time, what: `fleet, ${which}: from the queue to the start`, ours: measured.start },
    { ...rate, what: `fleet, ${which}: jobs to their end, ${AT_ONCE} in flight`, ours: measured.jobs },
  ];
}
