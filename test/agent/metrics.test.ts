import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startAgent } from "../helpers/agent.ts";
import { errorOf } from "../helpers/job-service.ts";
import { until } from "../helpers/until.ts";

const anywhere = { host: "127.0.0.1", port: 0 };

/** Series and their values, as Prometheus reads them. */
async function read(logged: readonly string[]) {
  const url = /metrics are served on (\S+)/.exec(logged.join("\n"))?.[1] ?? "";
  const response = await fetch(url);
  expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  const lines = (await response.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]));
}

test("jobs, calls, refusals, output and the agent itself are told as Prometheus reads them", async () => {
  await using agent = await startAgent({ metrics: { listen: anywhere, perJob: false } });
  using client = await agent.client();
  await client.run({ name: "good", command: "/bin/echo", args: ["hello"] });
  await client.wait({ name: "good" });
  await client.run({ name: "bad", command: "/bin/sh", args: ["-c", "exit 3"] });
  await client.wait({ name: "bad" });
  await client.run({ name: "long", command: "/bin/sleep", args: ["600"] });
  for await (const _ of client.streamLogs({ name: "good" }));
  await errorOf(client.get({ name: "none" }));
  const series = await until(async () => {
    const now = await read(agent.logged);
    return now.get('lpr_job_ends_total{status="FAILED",reason="EXITED"}') === 1 ? now : undefined;
  }, "the ends are counted");
  const expected = {
    'lpr_jobs{status="RUNNING"}': 1,
    'lpr_jobs{status="SUCCEEDED"}': 1,
    'lpr_jobs{status="FAILED"}': 1,
    lpr_job_starts_total: 3,
    'lpr_job_ends_total{status="SUCCEEDED",reason="EXITED"}': 1,
    'lpr_job_duration_seconds_count{status="FAILED"}': 1,
    'lpr_adopted_jobs{outcome="lost"}': 0,
    'lpr_rpc_calls_total{rpc="Run",code="OK"}': 3,
    'lpr_rpc_calls_total{rpc="Get",code="NOT_FOUND"}': 1,
    'lpr_rpc_calls_total{rpc="StreamLogs",code="OK"}': 1,
    'lpr_rpc_open_calls{rpc="StreamLogs"}': 0,
    'lpr_rpc_duration_seconds_count{rpc="Run"}': 3,
    lpr_stream_bytes_total: 6,
    'lpr_refusals_total{kind="handshake"}': 0,
  };
  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, series.get(name)]))).toEqual(expected);
  expect(series.get("process_resident_memory_bytes")).toBeGreaterThan(10_000_000);
  expect(series.get("lpr_certificate_expiry_timestamp_seconds")).toBeGreaterThan(Date.now() / 1_000);
  expect([...series.keys()].filter((name) => /good|bad|long/.test(name))).toEqual([]);
});

test("followers are counted while they follow, and those who go are told as cancelled", async () => {
  await using agent = await startAgent({ metrics: { listen: anywhere, perJob: false } });
  using client = await agent.client();
  await client.run({ name: "long", command: "/bin/sleep", args: ["600"] });
  const followers = async (count: number) =>
    (await read(agent.logged)).get('lpr_rpc_open_calls{rpc="StreamLogs"}') === count;
  const gone = new AbortController();
  const following = errorOf(
    (async () => {
      for await (const _ of client.streamLogs({ name: "long" }, { signal: gone.signal }));
    })(),
  );
  await until(() => followers(1), "the follower is counted");
  gone.abort();
  await following;
  await until(() => followers(0), "the follower has gone");
  expect((await read(agent.logged)).get('lpr_rpc_calls_total{rpc="StreamLogs",code="CANCELLED"}')).toBe(1);
});

test("what each running job uses is told only where it was asked for, and forgotten when the job has ended", async () => {
  await using agent = await startAgent({ metrics: { listen: anywhere, perJob: true } });
  using client = await agent.client("alice", "admin");
  await client.run({ name: "long", command: "/bin/sleep", args: ["600"] });
  const ofJob = async () =>
    [...(await read(agent.logged)).keys()].filter((name) => name.includes('job="long"'));
  const measured = (await Array.fromAsync(client.stats({}))).flat()[0]?.usage ?? {};
  expect((await ofJob()).length).toBe(
    [measured.cpuMs, measured.memoryBytes, measured.processes].filter((value) => value !== undefined).length,
  );
  // However often they are read.
  const [before, after] = [await read(agent.logged), await read(agent.logged)].map((series) =>
    series.get('lpr_job_processes{job="long",tenant="alice"}'),
  );
  expect(after).toBe(before as number);
  await client.stop({ name: "long", gracePeriodMs: 0 });
  expect(await ofJob()).toEqual([]);
});

test("only what never falls is a counter, and only the name of a counter ends in _total", async () => {
  await using agent = await startAgent({ metrics: { listen: anywhere, perJob: true } });
  const url = /metrics are served on (\S+)/.exec(agent.logged.join("\n"))?.[1] ?? "";
  const types = [...(await (await fetch(url)).text()).matchAll(/^# TYPE (\S+) (\w+)$/gm)];
  const counters = types.filter(([, , type]) => type === "counter").map(([, name]) => name);
  expect(counters).toContain("lpr_job_cpu_seconds_total");
  expect(types.map(([, name = ""]) => name).filter((name) => name.endsWith("_total"))).toEqual(
    counters as string[],
  );
});

test("an address that is taken keeps the agent from starting, and is told", async () => {
  await using first = await startAgent({ metrics: { listen: anywhere, perJob: false } });
  const port = Number(/metrics are served on http:\/\/[^:]+:(\d+)/.exec(first.logged.join("\n"))?.[1]);
  const second = startAgent({ metrics: { listen: { host: "127.0.0.1", port }, perJob: false } });
  expect((await errorOf(second)).message).toContain(`cannot serve metrics on 127.0.0.1:${port}: `);
});

test("nothing but reading /metrics is answered", async () => {
  await using agent = await startAgent({ metrics: { listen: anywhere, perJob: false } });
  const url = /metrics are served on (\S+)\/metrics/.exec(agent.logged.join("\n"))?.[1] ?? "";
  expect((await fetch(`${url}/`)).status).toBe(404);
  expect((await fetch(`${url}/metrics`, { method: "POST" })).status).toBe(405);
});

test("the dashboard shows nothing that is not served, and forgets no metric of the agent's own", async () => {
  await using agent = await startAgent({ metrics: { listen: anywhere, perJob: true } });
  const url = /metrics are served on (\S+)/.exec(agent.logged.join("\n"))?.[1] ?? "";
  const served = [...(await (await fetch(url)).text()).matchAll(/^# TYPE (\S+)/gm)].map(
    ([, name = ""]) => name,
  );
  const dashboard = readFileSync(join(import.meta.dir, "../../docs/grafana-dashboard.json"), "utf8");
  const shown = [...dashboard.matchAll(/\b((?:lpr|process)_[a-z_]+)/g)].map(([, name = ""]) =>
    name.replace(/_bucket$/, ""),
  );
  expect(shown.filter((name) => !served.includes(name))).toEqual([]);
  const ours = served.filter((name) => name !== "process_start_time_seconds" && name !== "lpr_job_processes");
  expect(ours.filter((name) => !shown.includes(name))).toEqual([]);
});
