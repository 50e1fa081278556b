import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { SqliteStore } from "../../src/job/store/sqlite.ts";
import type { JobRecord } from "../../src/job/store/store.ts";
import type { ListInput } from "../../src/job/types.ts";
import { interleave, millisecondsOf } from "../interleave.ts";
import type { Lab } from "../lab/lab.ts";
import { runProgram } from "../lab/program.ts";
import type { PartReport } from "../result.ts";
import { summarize } from "../summary.ts";

const RECORDS = 100_000;
const TENANTS = 100;

/** A page of 100 out of many finished jobs, which lie in the store as those of weeks would. */
export async function measureList(lab: Lab): Promise<PartReport> {
  const { signal } = lab;
  const stateDir = join(lab.dir, "many-records");
  await fill(stateDir, signal);
  await using agent = await lab.startAgent(stateDir);
  const { client } = agent;
  const middle = await pageInTheMiddle(client, signal);
  const page = (input: ListInput) => () => millisecondsOf(() => client.list(input, { signal }));
  const times = await interleave(
    {
      first: page({}),
      middle: page({ pageToken: middle }),
      tenant: page({ createdBy: "tenant-7" }),
      failed: page({ statuses: ["FAILED"] }),
      label: page({ labels: { team: "team-7" } }),
      rare: page({ labels: { build: "77000" } }),
    },
    { rounds: 30, warmUp: 5, signal },
  );
  const command = (...words: string[]) =>
    runProgram(agent.lpr, ["job", "list", "--all", ...words], signal).then(({ ms }) => ms);
  const { some } = await interleave(
    { some: () => command("--label", "team=team-7") },
    { rounds: 10, warmUp: 1, signal },
  );
  const all = summarize(await command());
  const result = (what: string, ours: (typeof times)["first"]) =>
    ({ what, ours, unit: "ms", better: "lower" }) as const;
  const aim = "at most 20 ms";
  return {
    results: [
      { ...result("list, newest page of 100,000 records", times.first), aim },
      { ...result("list, a page in the middle", times.middle), aim },
      { ...result("list, jobs of one tenant of 100", times.tenant), aim },
      { ...result("list, failed jobs", times.failed), aim },
      { ...result("list, a label that 1,000 jobs have", times.label), aim },
      { ...result("list, a label that one job has", times.rare), aim },
      result("job list of 1,000 of them, whole process", some),
      result("job list of all 100,000, whole process", all),
    ],
  };
}

async function fill(stateDir: string, signal: AbortSignal): Promise<void> {
  mkdirSync(stateDir, { mode: 0o700, recursive: true });
  const store = SqliteStore.open(join(stateDir, "lpr.db"));
  try {
    for (let n = 0; n < RECORDS; n++) {
      signal.throwIfAborted();
      await store.insert(recordOf(n));
    }
  } finally {
    await store.close();
  }
}

function recordOf(n: number): JobRecord {
  const end = new Date(Date.now() - 60_000);
  return {
    id: Bun.randomUUIDv7(),
    name: `record-${n}`,
    createdBy: `tenant-${n % TENANTS}`,
    command: "/usr/bin/make",
    args: ["-C", "/srv/build", `target-${n}`],
    workingDir: "/srv/build",
    labels: { team: `team-${n % 100}`, ...(n % 1_000 === 0 ? { build: String(n) } : {}) },
    killMode: "main",
    output: "combined",
    ...{ createdAt: end, startedAt: end, limits: {}, limitsInEffect: {} },
    ...{ isolated: false, user: "root" },
    state:
      n % 10 === 0
        ? { status: "FAILED", reason: "EXITED", exitCode: 2, finishedAt: end }
        : { status: "SUCCEEDED", reason: "EXITED", exitCode: 0, finishedAt: end },
  };
}

async function pageInTheMiddle(client: Lab["agent"]["client"], signal: AbortSignal): Promise<string> {
  let token: string | undefined;
  for (let page = 0; page < RECORDS / 100 / 2; page++) {
    token = (await client.list({ pageToken: token }, { signal })).nextPageToken;
  }
  if (token === undefined) throw new Error("the list ended before its middle");
  return token;
}
