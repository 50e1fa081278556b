/** What a job may reach under a root agent: nothing of the agent's, and nothing of another tenant's. */
import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Client, RunInput } from "../../src/client/index.ts";
import { findTools, isolationProblem } from "../../src/job/index.ts";
import { spawnAgent } from "../helpers/agent-process.ts";
import { testCerts } from "../helpers/certs.ts";
import { hasCgroups, isRoot } from "../helpers/job-service.ts";
import { until } from "../helpers/until.ts";

type Run = RunInput & { readonly user?: string };

/** Output of a job that is run to its end. */
async function outputOf(client: Client, script: string, more: Partial<Run> = {}): Promise<string> {
  const input = { generateName: true, command: "/bin/sh", args: ["-c", script], ...more };
  const { name } = await client.run(input);
  await client.wait({ name });
  const chunks = await Array.fromAsync(client.streamLogs({ name }));
  return Buffer.concat(chunks.map(({ output }) => output)).toString();
}

/** Ways in which a job may be run. */
const ways: Record<string, Partial<Run>> = {
  "as it comes": {},
  ...(isolationProblem(findTools()) === undefined ? { isolated: { isolate: true } } : {}),
  "with split output": { output: "split" },
  "with its own environment": { env: ["PATH=/usr/bin:/bin", "USER=root", "UID=0", "HOME=/root"] },
  "in its place": { ifExists: "replace", generateName: false, name: "again" },
};

describe.skipIf(!isRoot)("under a root agent", () => {
  test("a job of role user never runs as root, however it is run", async () => {
    // The agent's own groups, as an administrator's shell may have them.
    const groups = process.getgroups?.() ?? [];
    process.setgroups?.([0, 4, 24]);
    using _restored = { [Symbol.dispose]: () => process.setgroups?.(groups) };
    await using agent = await spawnAgent();
    using alice = await agent.client("alice", "user");
    const script = "id -u; id -G; grep -E '^(Cap(Inh|Prm|Eff|Amb)|NoNewPrivs)' /proc/self/status";
    for (const [way, more] of Object.entries(ways)) {
      expect([way, ...(await outputOf(alice, script, more)).split("\n")]).toEqual([
        ...[way, "70000", "70000"],
        ...["CapInh", "CapPrm", "CapEff", "CapAmb"].map((set) => `${set}:\t0000000000000000`),
        ...["NoNewPrivs:\t1", ""],
      ]);
    }
  });

  test("what a user puts into its job's environment is in force for the job alone, after the drop", async () => {
    await using agent = await spawnAgent();
    using alice = await agent.client("alice", "user");
    // ld.so complains of it in each program that it is in force for: sh, and not setsid or setpriv before it.
    const output = await outputOf(alice, ":", { env: ["LD_PRELOAD=/nothing.so"] });
    expect(output.match(/LD_PRELOAD/g)).toHaveLength(1);
    expect(readFileSync(join(agent.stateDir, "supervisors.log"), "utf8")).not.toContain("LD_PRELOAD");
  });

  test.each(["user", "admin"])(
    "no descriptor of the agent's or the supervisor's reaches a job of role %s",
    async (role) => {
      await using agent = await spawnAgent();
      using client = await agent.client("alice", role);
      for (const [way, more] of Object.entries(ways)) {
        const input = { generateName: true, name: "fds", command: "/bin/sleep", args: ["600"], ...more };
        const { name } = await client.run(input);
        const { state } = await client.get({ name });
        const proc = `/proc/${state.status === "RUNNING" ? state.pid : 0}`;
        // Asleep: while it is loaded it has its libraries open.
        const isAsleep = () => readFileSync(`${proc}/stat`, "utf8").includes(" (sleep) S ");
        await until(isAsleep, "the command is executed");
        expect([way, ...readdirSync(`${proc}/fd`).toSorted()]).toEqual([way, "0", "1", "2"]);
        expect(readlinkSync(`${proc}/fd/0`)).toBe("/dev/null");
        for (const fd of [1, 2]) expect(readlinkSync(`${proc}/fd/${fd}`)).toEndWith(".log");
      }
    },
  );

  test("keys, records and logs are out of a tenant's reach, and so are other tenants' processes", async () => {
    const certs = await testCerts();
    await using agent = await spawnAgent();
    using alice = await agent.client("alice", "user");
    using bob = await agent.client("bob", "user");
    const secret = "alices-secret";
    const script = `echo ${secret}; exec sleep 600`;
    const hers = await alice.run({
      name: "hers",
      command: "/bin/sh",
      args: ["-c", script],
      env: [`PASSWORD=${secret}`],
    });
    const job = await until(async () => {
      const found = await alice.get({ name: "hers" });
      return found.logBytes > 0 ? found : undefined;
    }, "her job has written its secret");
    const pid = job.state.status === "RUNNING" ? job.state.pid : 0;
    const log = join(agent.stateDir, "jobs", hers.id, "output.log");
    const forbidden = [
      `cat ${log}`,
      `cat ${join(agent.stateDir, "lpr.db")}`,
      `ls ${agent.stateDir}`,
      `cat ${certs.agent.keyPath}`,
      `ls /proc/${agent.pid}/fd`,
      `cat /proc/${agent.pid}/environ`,
      `kill -TERM ${agent.pid}`,
      `cat /proc/${pid}/environ`,
      `cat /proc/${pid}/fd/1`,
      `kill -TERM ${pid}`,
    ];
    for (const command of forbidden) {
      const output = await outputOf(bob, `${command} && echo DONE`);
      expect(output).toMatch(/denied|not permitted/i);
      expect(output).not.toContain(secret);
      expect(output).not.toContain("DONE");
    }
    expect((await alice.get({ name: "hers" })).state).toMatchObject({ status: "RUNNING", pid });
    // That they are there, so that it is the right that was missing.
    expect(readFileSync(log, "utf8")).toContain(secret);
  });

  test.skipIf(!hasCgroups)(
    "a tenant's job may look at its own cgroup, and finds no names of others there",
    async () => {
      // As the agent's unit has it.
      const umask = process.umask(0o077);
      using _restored = { [Symbol.dispose]: () => process.umask(umask) };
      await using agent = await spawnAgent();
      using alice = await agent.client("alice", "user");
      const group = `$(sed -n 's/.* \\([^ ]*\\) [^ ]* .*- cgroup2 .*/\\1/p' /proc/self/mountinfo)$(sed -n 's/^0:://p' /proc/self/cgroup)`;
      const script = `group=${group}; cat $group/cgroup.events; ls "\${group%/*}"`;
      const output = await outputOf(alice, script);
      expect(output).toStartWith("populated 1\n");
      expect(output).toMatch(/Permission denied\n$/);
    },
  );

  test("jobs of one tenant share an account, those of two do not", async () => {
    await using agent = await spawnAgent();
    using alice = await agent.client("alice", "user");
    using bob = await agent.client("bob", "user");
    const accounts = [
      await outputOf(alice, "id -u"),
      await outputOf(bob, "id -u"),
      await outputOf(alice, "id -u"),
    ];
    expect(accounts).toEqual(["70000\n", "70001\n", "70000\n"]);
  });

  test("an admin's job is root's, unless it is given an account: then it cannot come back", async () => {
    await using agent = await spawnAgent();
    using admin = await agent.client();
    const script = "id -un; grep NoNewPrivs /proc/self/status";
    expect(await outputOf(admin, script)).toBe("root\nNoNewPrivs:\t0\n");
    expect(await outputOf(admin, script, { user: "nobody" })).toBe("nobody\nNoNewPrivs:\t1\n");
  });
});
