/**
 * A fleet that loses agents, servers and the network in the midst of its work: no job is lost, none without a retry
 * runs twice, none runs beside itself, every log is complete or its job is marked as lost. Chance decides what is
 * lost, but for the hostages: in the end a host that has nothing else is cut off, until they are given up.
 *
 * LPR_FLEET_JOBS=10000 makes it the long run; LPR_FLEET_SEED repeats one.
 */
import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Client, RemoteJob } from "../../src/client/client.ts";
import { JobError } from "../../src/job/errors.ts";
import { LPR } from "../helpers/binary.ts";
import { type FleetAgent, spawnFleetAgent } from "../helpers/fleet-process.ts";
import { hasCgroups } from "../helpers/job-service.ts";
import { natsServer, startNats } from "../helpers/nats.ts";
import { randomFrom } from "../helpers/random.ts";
import { type Severable, severable } from "../helpers/severable.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

const JOBS = Number(process.env["LPR_FLEET_JOBS"] ?? 150);
const AGENTS = 5;
/** Of each agent. */
const SLOTS = JOBS > 1000 ? 16 : 4;
/**
 * Seconds between two kills of a leader. The long run has few of them: in each of two runs with three a minute, NATS 2.9.10 lost
 * acknowledged claims, ten of 10,000 and 25.
 */
const LEADER_LIVES: readonly [number, number] = JOBS > 1000 ? [120, 240] : [15, 30];
/** Submits at a time. */
const SUBMITTING = 20;
const TENANTS = ["alice", "bob"];

/** Long enough for all of it, in milliseconds: what takes longer hangs. */
const PATIENCE_MS = 400_000 + JOBS * 200;

interface Wish {
  readonly name: string;
  readonly tenant: string;
  readonly retry: number;
  readonly lines: number;
  readonly seconds: string;
  /** Its first run does not end by itself. @default false */
  readonly hostage?: boolean;
}

/** One line for each run; a line in `overlaps` for one that runs beside another of its own. */
const SCRIPT = `
  umask 0 # another host may run it as another account
  exec 9>>"$1/locks/$2"
  flock -n 9 || echo "$2 $LPR_FENCE" >>"$1/runs/overlaps"
  echo "$LPR_FENCE" >>"$1/runs/$2" || exit 9
  [ -z "$5" ] || [ "$(wc -l <"$1/runs/$2")" -gt 1 ] || sleep 3600
  i=0
  while [ $i -lt "$3" ]; do echo "line $i of $2"; i=$((i+1)); done
  sleep "$4"
  echo "end of $2"`;

function outputOf({ name, lines }: Wish): string {
  return `${Array.from({ length: lines }, (_, i) => `line ${i} of ${name}\n`).join("")}end of ${name}\n`;
}

test.skipIf(natsServer === undefined || !hasCgroups)(
  "a fleet under fire loses nothing, runs nothing twice, and says what was lost",
  async () => {
    const seed = Number(process.env["LPR_FLEET_SEED"] ?? Date.now() % 2 ** 32);
    const { int, chance, pick } = randomFrom(seed);
    const between = (least: number, most: number) => least + (int(1000) / 1000) * (most - least);
    using dir = tempDir();
    for (const name of ["runs", "locks"]) mkdirSync(dir.join(name));
    // Jobs of each tenant run as an account of its own.
    for (const path of [dir.path, dir.join("runs"), dir.join("locks")]) chmodSync(path, 0o777);
    await using nats = await startNats(3);
    const ports = nats.urls.map((url) => Number(new URL(url).port));
    const links: Severable[][] = [];
    await using stack = new AsyncDisposableStack();
    const agents: FleetAgent[] = [];
    for (let index = 1; index <= AGENTS; index++) {
      const own = await Promise.all(ports.map((port) => severable(port)));
      for (const link of own) stack.use(link);
      links.push(own);
      const servers = own.map(({ port }) => `nats://127.0.0.1:${port}`);
      const fleet = { replicas: 3, heartbeat: "1s", lease: "5s", pools: { work: { slots: SLOTS } } };
      agents.push(
        stack.use(await spawnFleetAgent({ name: `agent${index}.test`, servers, fleet, program: [LPR] })),
      );
    }
    const wish = (name: string, retry: number): Wish => ({
      ...{ name, retry, tenant: pick(TENANTS), lines: int(300) },
      seconds: between(0, chance(0.1) ? 12 : 4).toFixed(2),
    });
    const free = Array.from({ length: JOBS }, (_, index) => wish(`job-${index}`, chance(0.3) ? 3 : 0));
    const hostages = Array.from({ length: SLOTS }, (_, index) => ({
      ...wish(`hostage-${index}`, index % 2 === 0 ? 0 : 1),
      hostage: true,
    }));
    const wishes: Wish[] = [...free, ...hostages];
    const clients = new Map<string, Client & Disposable>();
    for (const tenant of TENANTS) {
      for (const agent of agents) {
        clients.set(`${tenant} ${agent.name}`, stack.use(await agent.client(tenant, "user")));
      }
    }
    const roots: Client[] = [];
    for (const agent of agents) roots.push(stack.use(await agent.client()));
    /** As any of them has it: some are cut off. */
    const everyJob = () => Promise.any(roots.map(jobsOf)).catch(() => undefined);
    const runs = (name: string) => linesOf(dir.join("runs", name)).length;
    const linksOf = (agent: FleetAgent) => links[agents.indexOf(agent)] ?? [];
    const submitted: string[] = [];
    const submit = async ({ name, tenant, retry, lines, seconds, hostage = false }: Wish) => {
      const asked = [dir.path, name, String(lines), seconds, hostage ? "hostage" : ""];
      const run = {
        ...{ name, command: "/bin/sh", args: ["-c", SCRIPT, "sh", ...asked] },
        ...{ requestId: `request-${name}`, fleet: { pool: "work", retry } },
      };
      for (;;) {
        const client = clients.get(`${tenant} ${pick(agents).name}`);
        try {
          await client?.run(run);
          submitted.push(name);
          return;
        } catch (error) {
          // Whether it came through is not known: it is sent again, to any agent.
          if (!(error instanceof JobError) || error.code !== "UNAVAILABLE") throw error;
          await Bun.sleep(200);
        }
      }
    };

    await until(() => agents.every(({ log }) => log().includes(": up")), "all agents have joined");
    const over = new AbortController();
    const began = performance.now();
    const chaos = Promise.all([killAgents(), killLeaders(), cutAgents()]);
    // Nothing is started any more while all of it is taken down.
    stack.defer(() => {
      over.abort();
      return chaos.then(() => undefined);
    });
    const waiting = [...free];
    await Promise.all(
      Array.from({ length: SUBMITTING }, async () => {
        for (let wish = waiting.shift(); wish; wish = waiting.shift()) await submit(wish);
      }),
    );
    const accepted = performance.now() - began;
    let jobs = new Map<string, RemoteJob>();
    const look = async () => {
      // Not all the time: each look reads all records.
      await Bun.sleep(500);
      jobs = (await everyJob()) ?? jobs;
    };
    const haveEnded = async (which: readonly Wish[]) => {
      await look();
      return which.every(({ name }) => ["SUCCEEDED", "FAILED"].includes(jobs.get(name)?.state.status ?? ""));
    };
    const allBack = async () => {
      await Bun.sleep(200);
      const known = await roots[0]?.fleetAgents().catch(() => undefined);
      return known?.agents.every(({ state }) => state === "up");
    };
    await until(() => haveEnded(free), "every job has ended", PATIENCE_MS);
    const ended = performance.now() - began;
    over.abort();
    await chaos;
    await until(allBack, "all agents are back", 120_000);
    await loseHostages(pick(agents));
    await until(() => haveEnded(wishes), "the hostages have ended", 60_000);
    await until(allBack, "all agents are back", 120_000);

    const found = wishes.map((wish) => ({ wish, job: jobs.get(wish.name), runs: runs(wish.name) }));
    const lost = found.filter(({ job }) => reasonOf(job) === "LOST");
    const again = found.filter(({ runs }) => runs > 1);
    console.log(
      `seed ${seed}: ${wishes.length} jobs accepted in ${(accepted / 1000).toFixed(1)} s, ended in ${(ended / 1000).toFixed(1)} s; ` +
        `${lost.length} lost, ${again.length} run again; chaos: ${JSON.stringify(harm)}`,
    );
    expect(submitted.length).toBe(wishes.length);
    expect(Object.values(harm).filter((times) => times === 0)).toEqual([]);
    for (const { wish, job, runs } of found.filter(({ wish }) => wish.hostage)) {
      const expected = wish.retry === 0 ? { end: "LOST", runs: 1 } : { end: "EXITED", runs: 2 };
      expect({ end: reasonOf(job), runs }).toEqual(expected);
    }
    expect(linesOf(dir.join("runs", "overlaps"))).toEqual([]);
    // Either it came to its end, or it says that it was lost.
    const odd = found.filter(({ job }) => !["EXITED", "LOST"].includes(reasonOf(job)));
    expect(odd.map(({ wish, job }) => [wish.name, job?.state])).toEqual([]);
    expect(
      found.filter(({ wish, runs }) => wish.retry === 0 && runs > 1).map(({ wish }) => wish.name),
    ).toEqual([]);
    expect(
      found.filter(({ job, runs }) => reasonOf(job) === "EXITED" && runs === 0).map(({ wish }) => wish.name),
    ).toEqual([]);
    for (const { wish, job } of found) {
      if (reasonOf(job) !== "EXITED") continue;
      const client = clients.get(`${wish.tenant} ${pick(agents).name}`) as Client;
      expect({ name: wish.name, output: await readAll(client, wish.name) }).toEqual({
        name: wish.name,
        output: outputOf(wish),
      });
    }

    async function pause(seconds: number): Promise<boolean> {
      const { signal } = over;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, seconds * 1000);
      signal.addEventListener("abort", () => resolve(), { once: true });
      if (signal.aborted) resolve();
      await promise;
      clearTimeout(timer);
      return !signal.aborted;
    }

    async function killAgents(): Promise<void> {
      while (await pause(between(1, 4))) {
        const agent = pick(agents);
        await agent.kill();
        harm.agentsKilled += 1;
        await pause(between(0, 1));
        await agent.startAgain();
      }
    }

    /** One server at a time, as three copies survive the loss of one: only when the others have all that it has. */
    async function killLeaders(): Promise<void> {
      await pause(between(1, 5));
      do {
        while (!(await nats.inStep().catch(() => false)) && (await pause(0.5)));
        if (over.signal.aborted) return;
        const leader = await nats.leaderOf("KV_lpr_jobs").catch(() => undefined);
        const server = nats.servers.find(({ name }) => name === leader);
        if (!server) continue;
        await server.kill();
        harm.leadersKilled += 1;
        await pause(between(2, 5));
        await server.start();
      } while (await pause(between(...LEADER_LIVES)));
    }

    async function cutAgents(): Promise<void> {
      while (await pause(between(3, 6))) {
        const own = pick(links);
        for (const link of own) link.cut();
        harm.cuts += 1;
        // Some longer than it takes to be declared lost.
        await pause(chance(0.5) ? 28 : 3);
        for (const link of own) link.heal();
      }
    }

    /** Has an agent take the hostages, and no other; then it is cut off. All its slots are taken: it is offered nothing. */
    async function loseHostages(host: FleetAgent): Promise<void> {
      const others = roots.filter((_, index) => agents[index] !== host);
      await Promise.all(others.map((other) => other.drain()));
      await Promise.all(hostages.map(submit));
      await until(() => hostages.every(({ name }) => runs(name) === 1), "the hostages run", 60_000);
      await Promise.all(others.map((other) => other.drain({ undo: true })));
      for (const link of linksOf(host)) link.cut();
      const areGivenUp = async () => {
        await look();
        return hostages.every(({ name, retry }) =>
          retry > 0 ? runs(name) === 2 : reasonOf(jobs.get(name)) === "LOST",
        );
      };
      await until(areGivenUp, "the hostages are given up", 120_000);
      for (const link of linksOf(host)) link.heal();
    }
  },
  { timeout: PATIENCE_MS + 300_000 },
);

const harm = { agentsKilled: 0, leadersKilled: 0, cuts: 0 };

async function jobsOf(client: Client): Promise<Map<string, RemoteJob>> {
  const jobs = new Map<string, RemoteJob>();
  let pageToken: string | undefined;
  do {
    const page = await client.list({ fleet: true, pageToken });
    for (const job of page.jobs) jobs.set(job.name, job);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return jobs;
}

function reasonOf(job: RemoteJob | undefined): string {
  return job && "reason" in job.state ? job.state.reason : "none";
}

function linesOf(path: string): string[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (!readdirSync(join(path, "..")).includes(name)) return [];
  return readFileSync(path, "utf8").split("\n").filter(Boolean);
}

/** All of it; from the beginning where an agent has not found its way back to the fleet yet. */
async function readAll(client: Client, name: string): Promise<string> {
  for (;;) {
    try {
      const pieces: Uint8Array[] = [];
      for await (const { output } of client.streamLogs({ name })) pieces.push(output);
      return Buffer.concat(pieces).toString();
    } catch (error) {
      if (!(error instanceof JobError) || error.code !== "UNAVAILABLE") throw error;
      await Bun.sleep(200);
    }
  }
}
