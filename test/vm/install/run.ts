/** A host from its first minute to its reboot: everything from outside, over the network, as people would. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type Client, connect, type JobState } from "../../../src/client/index.ts";
import { until } from "../../helpers/until.ts";
import { boot } from "../boot.ts";
import type { Prerequisites } from "../prerequisites.ts";
import { makeInstallDisk, UPGRADED } from "./disk.ts";

/** Emulated, on a machine that is busy with other things. */
const BOOT_TIMEOUT_MS = 20 * 60_000;
const PATIENCE_MS = 5 * 60_000;
/** As docs/operations.md has it. */
const BACKUP = "systemctl stop lpr && tar -C /var/lib -cf lpr.tar lpr; systemctl start lpr";
const SOURCES = join(import.meta.dir, "../../../src");

export interface InstallInput {
  readonly host: Prerequisites;
  /** Of this run alone. */
  readonly dir: string;
  readonly cacheDir: string;
  /** Hears of each test that has ended. */
  readonly onResult: (line: string, passed: boolean) => void;
}

/** Ends with the first test that fails: each begins where the one before has ended. */
export async function runInstall({ host, dir, cacheDir, onResult }: InstallInput): Promise<void> {
  const disk = join(dir, "install.img");
  await makeInstallDisk(disk, host, cacheDir);
  const port = await freePort();
  const machine = { host, disk, port, logins: new Map<string, string>() };
  const test = async (name: string, run: () => Promise<void>) => {
    const started = performance.now();
    try {
      await run();
      onResult(`ok ${name} [${Math.round(performance.now() - started)} ms]`, true);
    } catch (error) {
      onResult(`not ok ${name}: ${error instanceof Error ? error.stack : String(error)}`, false);
      throw error;
    }
  };
  try {
    await runTests(machine, dir, test);
  } catch {
    // Told by the test itself.
  }
}

interface Machine {
  readonly host: Prerequisites;
  readonly disk: string;
  readonly port: number;
  /** PEM texts by tenant, as the guest has printed them. */
  readonly logins: Map<string, string>;
}

async function runTests(
  machine: Machine,
  dir: string,
  test: (name: string, run: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const sh = (script: string) => ({ command: "/bin/sh", args: ["-c", script] });
  const outputOf = async (client: Client, name: string) => {
    await client.wait({ name });
    const pieces: Uint8Array[] = [];
    for await (const { output } of client.streamLogs({ name })) pieces.push(output);
    return Buffer.concat(pieces).toString();
  };

  const first = start(machine);
  try {
    await test("install.sh --agent has made certificates, units and an agent that can limit jobs", async () => {
      await first.ready;
      using root = clientOf(machine, "root");
      assert.equal((await root.info()).capabilityLevel, "limits");
    });

    await test("two tenants run limited jobs from outside, and cannot see each other's", async () => {
      using alice = clientOf(machine, "alice");
      using bob = clientOf(machine, "bob");
      const limits = { memoryBytes: 64 * 2 ** 20, pids: 32 };
      const whoami = sh("id -u; cat /proc/self/cgroup");
      await alice.run({ name: "of-alice", ...whoami, limits });
      await bob.run({ name: "of-bob", ...whoami, limits });
      const [ofAlice, ofBob] = await Promise.all([outputOf(alice, "of-alice"), outputOf(bob, "of-bob")]);
      const [uid, cgroup] = ofAlice.split("\n");
      assert.equal(uid, "70000");
      const { limitsInEffect } = await alice.get({ name: "of-alice" });
      assert.deepEqual([limitsInEffect.memoryBytes, limitsInEffect.pids], [limits.memoryBytes, limits.pids]);
      assert.equal(cgroup, "0::/system.slice/lpr-jobs.service/LPR/of-alice");
      assert.equal(ofBob.split("\n")[0], "70001");
      await assert.rejects(bob.get({ name: "of-alice" }), { code: "JOB_NOT_FOUND" });
    });

    await test("a job that needs more memory than it may use is ended by the kernel, and says so", async () => {
      using alice = clientOf(machine, "alice");
      const limits = { memoryBytes: 32 * 2 ** 20 };
      // Looks for the end of the line.
      await alice.run({ name: "greedy", command: "/usr/bin/tail", args: ["/dev/zero"], limits });
      const { state } = await alice.wait({ name: "greedy" });
      assert.deepEqual(endOf(state), ["FAILED", "OOM_KILLED", 137]);
    });

    await test("an upgrade by install.sh leaves jobs running; who follows one sees every line, and a note", async () => {
      using root = clientOf(machine, "root");
      using alice = clientOf(machine, "alice");
      const count = "i=0; while [ ! -e /tmp/enough ]; do i=$((i+1)); echo $i; sleep 0.2; done; echo last";
      using follower = beginLpr(
        machine,
        dir,
        "alice",
        "job",
        "run",
        "counter",
        "--follow",
        "--",
        "/bin/sh",
        "-c",
        count,
      );
      await until(() => follower.stdout.sofar.includes("\n3\n"), "the output is followed", PATIENCE_MS);
      const before = await alice.get({ name: "counter" });
      const pages =
        "/usr/local/share/man/man1/lpr-job-run.1 /usr/local/share/bash-completion/completions/lpr";
      const upgrade = `LPR_BASE_URL=file:///opt/release-2 sh /opt/release-2/install.sh --agent && ls ${pages} && lpr version`;
      await root.run({ name: "upgrade", ...sh(upgrade) });
      await root.wait({ name: "upgrade" }).catch(() => undefined);
      await until(
        () =>
          root.info().then(
            ({ startedAt }) => startedAt > before.createdAt,
            () => false,
          ),
        "another agent serves",
        PATIENCE_MS,
      );
      const said = await outputOf(root, "upgrade");
      assert.match(said, new RegExp(`\\(${UPGRADED}, `));
      assert.match(
        said,
        /^next: lpr certs issue NAME --role user --ca-passphrase-file \/etc\/lpr\/passphrase,/m,
      );
      assert.equal((await alice.get({ name: "counter" })).id, before.id);
      assert.equal((await alice.get({ name: "counter" })).state.status, "RUNNING");
      const seen = follower.stdout.sofar.length;
      await until(() => follower.stdout.sofar.length > seen, "the follower goes on", PATIENCE_MS);
      await alice.run({ name: "enough", ...sh("touch /tmp/enough") });
      assert.equal(await follower.exited, 0);
      const lines = (await follower.stdout.whole).trimEnd().split("\n");
      assert.deepEqual(lines, [...lines.slice(0, -1).map((_, index) => String(index + 1)), "last"]);
      assert.match(await follower.stderr.whole, /lost the agent/);
    });

    await test("a backup by the command of the manual holds the records, and jobs run on meanwhile", async () => {
      using root = clientOf(machine, "root");
      using alice = clientOf(machine, "alice");
      await alice.run({ name: "bystander", ...sh("sleep 3600") });
      await root.run({ name: "backup", ...sh(`cd /root && ${BACKUP}`) });
      const backedUp = () => root.get({ name: "backup" }).then(({ state }) => state.status === "SUCCEEDED");
      await until(() => backedUp().catch(() => false), "the backup is made", PATIENCE_MS);
      assert.equal((await alice.get({ name: "bystander" })).state.status, "RUNNING");
      await alice.stop({ name: "bystander", gracePeriodMs: 0 });
      await root.run({ name: "contents", ...sh("tar -tf /root/lpr.tar") });
      assert.match(await outputOf(root, "contents"), /^lpr\/lpr\.db$/m);
    });

    await test("jobs are stopped gracefully when the host reboots, although their agent keeps them", async () => {
      using root = clientOf(machine, "root");
      using alice = clientOf(machine, "alice");
      await alice.run({
        name: "forever",
        ...sh("trap 'echo bye; exit 7' TERM; while :; do sleep 0.1; done"),
      });
      // In a unit of its own, as a job would be stopped with the others.
      await root.run({ name: "reboot", ...sh("systemctl reboot") });
      await first.off;
    });
  } finally {
    first.pullThePlug();
    await first.off;
  }

  const second = start(machine);
  try {
    await test("after the reboot the agent serves, and every job of before is on record with its output", async () => {
      await second.ready;
      using root = clientOf(machine, "root");
      const { jobs } = await root.list({});
      const ends = new Map(jobs.map(({ name, state }) => [name, state]));
      assert.equal(ends.get("counter")?.status, "SUCCEEDED");
      assert.deepEqual(endOf(ends.get("greedy")), ["FAILED", "OOM_KILLED", 137]);
      // By the agent, or with its unit where an emulated systemd was too slow to tell the agent that the host goes down.
      assert.match(String(endOf(ends.get("forever"))), /^FAILED,(STOPPED|EXITED),7$/);
      assert.equal(await outputOf(root, "forever"), "bye\n");
      assert.match(await outputOf(root, "counter"), /\nlast\n$/);
      using alice = clientOf(machine, "alice");
      await alice.run({ name: "again", ...sh("id -u") });
      assert.equal(await outputOf(alice, "again"), "70000\n");
    });

    await test("install.sh --uninstall refuses while jobs run, and then leaves certificates and records alone", async () => {
      using root = clientOf(machine, "root");
      const uninstall = "sh /opt/release-2/install.sh --uninstall";
      // In a unit of its own, and with all that it says on the console; refused until the job that begins it has ended.
      const whole = `(until ${uninstall}; do sleep 1; done
        systemctl is-active lpr lpr-jobs
        ls -d /etc/lpr/ca.pem /var/lib/lpr/lpr.db /usr/local/bin/* /etc/systemd/system/lpr*; echo over) 2>&1`;
      const said = `${whole} | sed "s/^/uninstall: /" >/dev/ttyS0`;
      await root.run({ name: "uninstall", ...sh(`systemd-run --quiet /bin/sh -c '${said}'; sleep 1`) });
      const heard = () => second.console.flatMap((line) => line.split("uninstall: ")[1] ?? []);
      await until(() => heard().includes("over"), "lpr is uninstalled", PATIENCE_MS);
      assert.deepEqual(heard().slice(0, 2), [
        "install.sh: 1 jobs are running",
        "hint: --uninstall --force stops them",
      ]);
      const removed = heard().findIndex((line) => line.startsWith("the agent is removed; "));
      assert.deepEqual(
        heard()
          .slice(removed + 1)
          .filter((line) => !line.startsWith("ls: ")),
        [
          ...["/usr/local/bin/lpr is removed", "inactive", "inactive"],
          ...["/etc/lpr/ca.pem", "/var/lib/lpr/lpr.db", "over"],
        ],
      );
    });
  } finally {
    second.pullThePlug();
    await second.off;
  }
}

function endOf(state: JobState | undefined): unknown[] {
  return [
    state?.status,
    state && "reason" in state && state.reason,
    state && "exitCode" in state && state.exitCode,
  ];
}

/** Boots the machine; `ready` resolves when it says that its agent serves. */
function start({ host, disk, port, logins }: Machine) {
  const ready = Promise.withResolvers<void>();
  // Whoever waits for it hears of it.
  ready.promise.catch(() => undefined);
  const plug = new AbortController();
  const console: string[] = [];
  const tail = () => console.slice(-40).join("\n");
  const onLine = (line: string) => {
    const [, tenant = "", login = ""] = /^login (\S+) (\S+)$/.exec(line) ?? [];
    if (login !== "") logins.set(tenant, Buffer.from(login, "base64").toString());
    else console.push(line);
    if (line === "ready") ready.resolve();
    if (line.startsWith("guest failed")) ready.reject(new Error(`the guest is not set up:\n${tail()}`));
    return undefined;
  };
  const off = boot({
    ...{ host, disk, port, onLine, signal: plug.signal },
    ...{ initramfs: undefined, stage: "install", only: "", timeoutMs: BOOT_TIMEOUT_MS },
  });
  off
    .catch((error: Error) => error.message)
    .then((why = "the guest went off") => ready.reject(new Error(`${why}:\n${tail()}`)));
  return {
    /** What it has said so far, less the logins. */
    console,
    ready: ready.promise,
    off: off.catch(() => undefined),
    pullThePlug: () => plug.abort(),
  };
}

function loginOf({ logins }: Machine, tenant: string): string {
  const login = logins.get(tenant);
  if (login === undefined) throw new Error(`the guest has printed no login of ${tenant}`);
  return login;
}

/** A login is key, certificate and CA, in this order. */
function clientOf(machine: Machine, tenant: string): Client & Disposable {
  const blocks = loginOf(machine, tenant).match(/-----BEGIN [\s\S]*?-----END [^\n]*\n/g) ?? [];
  const [key = "", cert = "", ca = ""] = blocks;
  const address = `localhost:${machine.port}`;
  const client = connect({ ...{ address, key, cert, ca }, connectTimeoutMs: PATIENCE_MS });
  return { ...client, [Symbol.dispose]: () => client.close() };
}

/** A command line of that tenant, with its output as it comes. */
function beginLpr(machine: Machine, dir: string, tenant: string, ...argv: string[]) {
  const login = join(dir, `${tenant}-login.pem`);
  writeFileSync(login, loginOf(machine, tenant), { mode: 0o600 });
  const child = Bun.spawn([process.execPath, join(SOURCES, "main.ts"), ...argv], {
    cwd: "/",
    env: { LPR_ADDRESS: `localhost:${machine.port}`, LPR_CERT: login },
    ...{ stdin: "ignore", stdout: "pipe", stderr: "pipe" },
  });
  return {
    ...{ exited: child.exited, stdout: textOf(child.stdout), stderr: textOf(child.stderr) },
    [Symbol.dispose]: () => child.kill("SIGKILL"),
  };
}

/** What a stream has brought so far. */
function textOf(stream: ReadableStream<Uint8Array>) {
  const text = { sofar: "" };
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const piece of stream) text.sofar += decoder.decode(piece, { stream: true });
    return text.sofar;
  };
  return Object.assign(text, { whole: read() });
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.on("error", reject);
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
  });
  return promise;
}
