/**
 * What people read when something goes wrong: what failed, why, and what to do next. The snapshot is the table of all
 * of it, to be read as somebody who meets LPR for the first time.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmodSync, closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { createServer, type Server } from "node:tls";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { LPR, outcomeOf } from "../helpers/binary.ts";
import {
  encryptKey,
  type OddCertificate,
  type TestCertificate,
  type TestCerts,
  testCerts,
} from "../helpers/certs.ts";
import { tempDir } from "../helpers/temp-dir.ts";

// What does not answer is given up after ten seconds.
const home = tempDir();
const cleanup = new AsyncDisposableStack();
let certs: TestCerts;
let agent: TestAgent;

beforeAll(async () => {
  certs = await testCerts();
  agent = cleanup.use(await startAgent({ cgroup: { mode: "off" }, limits: { caps: { openFiles: 4096 } } }));
  await writeFiles();
});
afterAll(async () => {
  await cleanup.disposeAsync();
  home[Symbol.dispose]();
});

async function writeFiles(): Promise<void> {
  const alice = await certs.client();
  write("alice.pem", alice.key + alice.cert + certs.ca.cert);
  write("alice-cert.pem", alice.cert);
  write("alice-key.pem", alice.key);
  write("open-key.pem", alice.key);
  chmodSync(home.join("open-key.pem"), 0o644);
  write("encrypted-key.pem", encryptKey(alice.key, "right"));
  write("wrong-passphrase", "wrong\n");
  write("ca.pem", certs.ca.cert);
  const bob = await certs.client({ tenant: "bob" });
  write("bob.pem", bob.key + bob.cert + certs.ca.cert);
  write("bob-key.pem", bob.key);
  const agentFiles = certs.agent;
  write("agent.pem", agentFiles.cert);
  write("agent-key.pem", agentFiles.key);
  write("encrypted-agent-key.pem", encryptKey(agentFiles.key, "right"));
  write("other-ca.pem", (await certs.odd("agent of another CA")).cert);
  const odd: readonly (readonly [string, OddCertificate])[] = [
    ["expired.pem", "expired client"],
    ["other-ca-login.pem", "client of another CA"],
    ["no-role.pem", "client without role"],
    ["operator.pem", "client of unknown role"],
    ["two-tenants.pem", "client with two tenants"],
    ["server.pem", "client that is a server"],
  ];
  for (const [file, kind] of odd) {
    const { key, cert } = await certs.odd(kind);
    write(file, key + cert + certs.ca.cert);
  }
  write("notes.txt", "nothing of PEM\n");
}

function write(name: string, text: string | Buffer): void {
  mkdirSync(dirname(home.join(name)), { recursive: true });
  writeFileSync(home.join(name), text, { mode: 0o600 });
}

/** A command line as it is typed in the home directory, and everything that it prints. */
async function typed(line: string, address: string = agent.address): Promise<string> {
  const env = {
    PATH: [dirname(LPR), process.env["PATH"] ?? ""].join(delimiter),
    ...{ HOME: home.path, LPR_ADDRESS: address, LPR_CERT: home.join("alice.pem") },
  };
  const { stdout, exitCode } = await outcomeOf(["/bin/sh", "-c", `exec 2>&1\n${line}`], {
    cwd: home.path,
    env,
  });
  return `$ ${line}\n${steady(stdout)}exit code ${exitCode}`;
}

/** What differs from run to run: ports and directories. */
function steady(text: string): string {
  return text
    .replaceAll(home.path, "~")
    .replace(/\b(localhost|127\.0\.0\.1|10\.255\.255\.1):\d{4,5}\b/g, "$1:PORT")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME");
}

/** Situations by their names, each a command line. */
function situations(title: string, lines: Readonly<Record<string, string>>): void {
  describe(title, () => {
    for (const [name, line] of Object.entries(lines)) {
      test(name, async () => expect(await typed(line)).toMatchSnapshot());
    }
  });
}

situations("the command line", {
  "unknown command": "lpr job sotp web",
  "verb without its noun": "lpr whoam",
  "unknown option": "lpr job run web --folow -- ls",
  "option before the command": "lpr --context prod job list",
  "missing argument": "lpr job get",
  "missing value": "lpr job run web --cpu",
  "too many arguments": "lpr auth use one two",
  "command without --": "lpr job run web ls -l",
  "command where none is taken": "lpr job get web -- ls",
  "no command at all": "lpr job run web",
  "bad size": "lpr job run web --memory 12X -- ls",
  "bad duration": "lpr job stop web --grace-period soon",
  "grace period that is too long": "lpr job stop web --grace-period 100h",
  "duration without a unit": "lpr job run web --timeout 10 -- ls",
  "bad number": "lpr job run web --cpu half -- ls",
  "value that is none of its choices": "lpr job get web -o jsn",
  "bad status": "lpr job list --status runing",
  "bad variable": "lpr job run web -e NOVALUE -- ls",
  "bad name of a variable": "lpr job run web -e 1A=2 -- ls",
  "bad interval": "lpr job stats --interval 1ms",
  "option given twice": "lpr job run web --cpu 1 --cpu 2 -- ls",
  "options that exclude each other": "lpr job run web --follow --wait -- ls",
  "bad name, directory and limit at once": "lpr job run web.1 --workdir tmp --pids 0 -- ls",
  "bytes that are not UTF-8": `lpr job run web -e A="$(printf 'x\\377')" -- ls "$(printf '\\376')" ok`,
  "unknown topic": "lpr help job.yml",
  "unknown shell": "lpr completion tcsh",
});

describe("a job file", () => {
  const file = async (text: string, name = "job.yaml") => {
    write(name, text);
    return typed(`lpr job run -f ${name}`);
  };
  test("that is not there", async () => expect(await typed("lpr job run -f nowhere.yaml")).toMatchSnapshot());
  test("that is no YAML", async () =>
    expect(await file("name: web\ncommand: ls\narguments: [a, b\n")).toMatchSnapshot());
  test("with unknown keys and bad values", async () =>
    expect(await file("name: web\ncomand: ls\nmemory: lots\ntimeout: 10\n")).toMatchSnapshot());
  test("without a command", async () => expect(await file("name: web\n")).toMatchSnapshot());
  test("that is not UTF-8", async () => {
    write("latin1.yaml", Buffer.from("command: ls\narguments: [caf\xe9]\n", "latin1"));
    expect(await typed("lpr job run -f latin1.yaml")).toMatchSnapshot();
  });
  test("that is a directory", async () => expect(await typed("lpr job run -f .")).toMatchSnapshot());
  test("that is a list", async () => expect(await file("- ls\n")).toMatchSnapshot());
  test("whose env file is not there", async () =>
    expect(await file("command: ls\nenv-file: web.env\n")).toMatchSnapshot());
  test("env file with a bad line", async () => {
    write("bad.env", "A=1\nexport B=2\n");
    expect(await typed("lpr job run --env-file bad.env -- ls")).toMatchSnapshot();
  });
});

describe("logins", () => {
  const loggedIn = (config: string, line: string) => {
    write(".config/lpr/config.yaml", config);
    return typed(`unset LPR_ADDRESS LPR_CERT; ${line}`);
  };
  const login = (name: string) =>
    `  - name: ${name}\n    address: ${name}:50051\n    cacert: /c.pem\n    cert: /c.pem\n    key: /c.pem\n`;

  test("none", async () => {
    rmSync(home.join(".config"), { recursive: true, force: true });
    expect(await typed("unset LPR_ADDRESS LPR_CERT; lpr job list")).toMatchSnapshot();
  });
  test("several and none chosen", async () =>
    expect(
      await loggedIn(`version: 1\nlogins:\n${login("one")}${login("two")}`, "lpr job list"),
    ).toMatchSnapshot());
  test("one, and not chosen", async () =>
    expect(await loggedIn(`version: 1\nlogins:\n${login("one")}`, "lpr job list")).toMatchSnapshot());
  test("unknown context", async () =>
    expect(
      await loggedIn(`version: 1\nlogins:\n${login("web1")}`, "lpr job list --context web"),
    ).toMatchSnapshot());
  test("damaged file", async () =>
    expect(await loggedIn("version: 1\nlogins:\n  - name: [one\n", "lpr job list")).toMatchSnapshot());
  test("file with a wrong key", async () =>
    expect(await loggedIn(`version: 1\nlogin:\n${login("one")}`, "lpr job list")).toMatchSnapshot());
  test("neither home nor settings", async () =>
    expect(await typed("env -u HOME -u LPR_ADDRESS lpr job list")).toMatchSnapshot());
  test("nobody to ask for what a login needs", async () => {
    rmSync(home.join(".config"), { recursive: true, force: true });
    expect(await typed("unset LPR_ADDRESS LPR_CERT; lpr auth login")).toMatchSnapshot();
  });
  test("bad address", async () =>
    expect(await typed("lpr auth login https://web1.example.com/jobs")).toMatchSnapshot());
  test("bad port", async () => expect(await typed("lpr auth login web1:99999")).toMatchSnapshot());
});

situations("files of a client", {
  "certificate that is not there": "LPR_CERT=nowhere.pem lpr job list",
  "certificate that is a directory": "LPR_CERT=. lpr job list",
  "file without a certificate": "LPR_CERT=notes.txt lpr job list",
  "certificate without its key": "lpr job list --cert alice-cert.pem --cacert ca.pem",
  "certificate without its authority": "lpr job list --cert alice-cert.pem --key alice-key.pem",
  "key that others can read": "lpr job list --cert alice-cert.pem --key open-key.pem --cacert ca.pem",
  "key of another certificate": "lpr job list --cert alice-cert.pem --key bob-key.pem --cacert ca.pem",
  "encrypted key, and nobody to ask":
    "lpr job list --cert alice-cert.pem --key encrypted-key.pem --cacert ca.pem",
  "wrong passphrase":
    "LPR_KEY_PASSPHRASE_FILE=wrong-passphrase lpr job list --cert alice-cert.pem --key encrypted-key.pem --cacert ca.pem",
  "passphrase file that is not there":
    "LPR_KEY_PASSPHRASE_FILE=nowhere lpr job list --cert alice-cert.pem --key encrypted-key.pem --cacert ca.pem",
  "expired certificate": "LPR_CERT=expired.pem lpr job list",
  "certificate of an agent": "LPR_CERT=server.pem lpr job list",
});

situations("certificates that the agent refuses", {
  "of another authority": "LPR_CERT=other-ca-login.pem lpr job list",
  "without a role": "LPR_CERT=no-role.pem lpr job list",
  "of an unknown role": "LPR_CERT=operator.pem lpr job list",
  "of two tenants": "LPR_CERT=two-tenants.pem lpr job list",
});

describe("agents that cannot be reached", () => {
  const list = (address: string) => typed("lpr job list", address);

  test("none listens", async () => expect(await list("localhost:1024")).toMatchSnapshot());
  test("none listens, of several jobs", async () =>
    expect(await typed("lpr job stop one two", "localhost:1024")).toMatchSnapshot());
  // No name server is asked for a name that none can have, so that the answer is the same everywhere.
  test("no such host", async () => expect(await list(`no-such-host-${"o".repeat(64)}`)).toMatchSnapshot());
  test("a web server without TLS", async () => {
    await using server = Bun.serve({ port: 0, fetch: () => new Response("hello") });
    expect(await list(`localhost:${server.port}`)).toMatchSnapshot();
  });
  test("an ssh server", async () => {
    using server = Bun.listen({
      ...{ hostname: "127.0.0.1", port: 0 },
      socket: { open: (socket) => void socket.write("SSH-2.0-OpenSSH_9.2\r\n"), data: () => undefined },
    });
    expect(await list(`localhost:${server.port}`)).toMatchSnapshot();
  });
  test("a web server with TLS", async () => {
    const { cert, key } = certs.agent;
    await using server = Bun.serve({ port: 0, tls: { cert, key }, fetch: () => new Response("hello") });
    expect(await list(`localhost:${server.port}`)).toMatchSnapshot();
  });
  test("something that never answers", async () => {
    using server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
    expect(await list(`localhost:${server.port}`)).toMatchSnapshot();
  });
  test("certificate of an authority that is not trusted", async () =>
    expect(await typed("lpr job list --cacert other-ca.pem")).toMatchSnapshot());
  test.each([
    ["expired certificate", "expired agent"],
    ["certificate of another host", "agent of another host"],
    ["certificate of a client", "agent that is a client"],
  ] as const)("%s", async (_, kind) => {
    await using server = await pretender(await certs.odd(kind));
    expect(await list(`localhost:${server.port}`)).toMatchSnapshot();
  });
});

/** Shows any certificate, where an agent would refuse to start with it. */
async function pretender({
  cert,
  key,
}: TestCertificate): Promise<AsyncDisposable & { readonly port: number }> {
  const server: Server = createServer({ cert, key, ALPNProtocols: ["h2"], minVersion: "TLSv1.3" });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

describe("jobs", () => {
  beforeAll(async () => {
    await typed("lpr job run done --wait -- /bin/true");
    await typed("lpr job run web -- sleep 1000");
  });
  const lines: Readonly<Record<string, string>> = {
    "no such job": "lpr job get wbe",
    "another tenant's job": "LPR_CERT=bob.pem lpr job stop web",
    "taken name": "lpr job run web -- ls",
    "name that another tenant has taken": "LPR_CERT=bob.pem lpr job run web -- ls",
    "replacing another tenant's job": "LPR_CERT=bob.pem lpr job run web --if-exists replace -- ls",
    "command not found": "lpr job run x -- no-such-command",
    "command that is no program": "lpr job run x -- /etc/passwd",
    "directory that is not there": "lpr job run x --workdir /no/such/directory -- ls",
    "account, for a user": "lpr job run x --user root -- ls",
    "limits that the host cannot enforce": "lpr job run x --cpu 1 --memory 1G -- ls",
    "more than the agent allows": "lpr job run x --open-files 100000 -- ls",
    "signal to a job that has ended": "lpr job signal done HUP",
    "unknown signal": "lpr job signal web HPU",
    "what only an admin may do": "lpr agent audit",
    "removing a job that runs": "lpr job rm web",
    "some of several": "lpr job rm done nope",
    "following where the job's exit code is wanted": "lpr job wait nope",
    "events that are gone": "lpr job watch --since-sequence 123456",
  };
  for (const [name, line] of Object.entries(lines)) {
    test(name, async () => expect(await typed(line)).toMatchSnapshot());
  }

  test("log that somebody has removed", async () => {
    const { stdout } = await outcomeOf([LPR, "job", "get", "web", "-o", "json"], {
      env: { LPR_ADDRESS: agent.address, LPR_CERT: home.join("alice.pem") },
    });
    rmSync(join(agent.stateDir, "jobs", JSON.parse(stdout).id, "output.log"));
    expect(await typed("lpr job logs web")).toMatchSnapshot();
  });
});

describe("an agent", () => {
  /** What `lpr agent serve` needs, with some of it changed. */
  const serve = (changes: Record<string, string> = {}) =>
    Object.entries({
      ...{ listen: "127.0.0.1:0", ca: "ca.pem", cert: "agent.pem", key: "agent-key.pem" },
      ...{ "state-dir": "state", cgroups: "off", ...changes },
    }).reduce((line, [name, value]) => `${line} --${name} ${value}`, "lpr agent serve --shared-account");
  const steadier = (text: string) =>
    text.replaceAll(agent.stateDir, "STATE").replaceAll(String(agent.port), "PORT");

  test.each<[name: string, changes: () => Record<string, string>]>([
    ["whose port is taken", () => ({ listen: `127.0.0.1:${agent.port}` })],
    ["whose address is none of its host's", () => ({ listen: "192.0.2.1:50051" })],
    ["whose state directory is another agent's", () => ({ "state-dir": agent.stateDir })],
    ["whose certificate is not there", () => ({ cert: "nowhere.pem", key: "nowhere-key.pem" })],
    ["with the certificate of a client", () => ({ cert: "alice-cert.pem", key: "alice-key.pem" })],
    ["with a key that does not match", () => ({ key: "bob-key.pem" })],
    ["with an encrypted key, and nobody to ask", () => ({ key: "encrypted-agent-key.pem" })],
    [
      "with a wrong passphrase",
      () => ({ key: "encrypted-agent-key.pem", "key-passphrase-file": "wrong-passphrase" }),
    ],
    ["with bad options", () => ({ listen: ":x", "limit-cap": "memory=lots" })],
  ])("%s", async (_, changes) => {
    expect(steadier(await typed(serve(changes())))).toMatchSnapshot();
  });

  test("whose configuration has mistakes", async () => {
    write("agent.yaml", "listen: 0.0.0.0:50051\non-shutdwon: keep\nlimits:\n  caps: { memory: lots }\n");
    expect(await typed("lpr agent serve --config agent.yaml")).toMatchSnapshot();
  });

  test("that has as many jobs of a tenant as it allows", async () => {
    await using small = await startAgent({ cgroup: { mode: "off" }, clients: { runningJobs: 1 } });
    await typed("lpr job run one -- sleep 1000", small.address);
    expect(await typed("lpr job run two -- sleep 1000", small.address)).toMatchSnapshot();
  });

  test.skipIf(!canMount())("whose disk is full", async () => {
    using disk = smallDisk();
    await using full = await startAgent({ cgroup: { mode: "off" }, stateDir: disk.join("state") });
    disk.fill();
    expect(await typed("lpr job run x -- ls", full.address)).toMatchSnapshot();
  });
});

/** Whether there can be a file system of our own. */
function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  using disk = smallDisk();
  return disk.mounted;
}

/** A disk of a megabyte and a half. */
function smallDisk() {
  const dir = tempDir();
  const mount = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", dir.path]);
  const mounted = mount.exitCode === 0;
  return {
    ...{ mounted, join: dir.join },
    fill() {
      const file = openSync(dir.join("ballast"), "w");
      try {
        for (const piece = Buffer.alloc(4096); ; ) writeSync(file, piece);
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe("ENOSPC");
      } finally {
        closeSync(file);
      }
    },
    [Symbol.dispose]() {
      if (mounted) Bun.spawnSync(["umount", dir.path]);
      dir[Symbol.dispose]();
    },
  };
}
