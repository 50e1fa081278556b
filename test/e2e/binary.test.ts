import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { LPR, outcomeOf } from "../helpers/binary.ts";
import { testCerts } from "../helpers/certs.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const VERSION = /^lpr (\S+) \(([0-9a-f]{12}(?:-dirty)?|unknown), Bun (\S+), (\S+)\)\n$/;

/** A directory that tries to make a Bun program do something else: `evil.js` leaves a file when it runs. */
function trap() {
  const dir = tempDir();
  const ran = dir.join("evil-ran");
  const write = (name: string, text: string) => {
    mkdirSync(dirname(dir.join(name)), { recursive: true });
    writeFileSync(dir.join(name), text);
  };
  write("evil.js", `require("node:fs").writeFileSync(${JSON.stringify(ran)}, "");`);
  return {
    path: dir.path,
    write,
    evilRan: () => existsSync(ran),
    [Symbol.dispose]: () => dir[Symbol.dispose](),
  };
}
type Trap = ReturnType<typeof trap>;

/** What could turn the binary into something else, how it is set, and how one tells that it worked. */
interface Attack {
  readonly name: string;
  readonly prepare?: (dir: Trap) => void;
  readonly env?: (dir: Trap) => Record<string, string>;
  readonly args?: readonly string[];
  readonly worked: (dir: Trap, output: string) => boolean;
}

const attacks: readonly Attack[] = [
  {
    name: "BUN_BE_BUN, which makes it an interpreter",
    env: () => ({ BUN_BE_BUN: "1" }),
    args: ["--eval", "console.log(6 * 7)"],
    worked: (_, output) => output.includes("42"),
  },
  {
    name: "BUN_OPTIONS, which runs a file first",
    env: (dir) => ({ BUN_OPTIONS: `--preload=${dir.path}/evil.js` }),
    worked: (dir) => dir.evilRan(),
  },
  {
    name: "BUN_INSPECT, which opens a debugger",
    // No address, so that it says what it tried instead of waiting there for somebody to come.
    env: () => ({ BUN_INSPECT: "ws://256.0.0.1:1/?wait=1" }),
    worked: (_, output) => output.includes("inspector"),
  },
  {
    name: "BUN_BYTECODE_ORDER_OUT, which writes a file",
    env: (dir) => ({ BUN_BYTECODE_ORDER_OUT: join(dir.path, "order") }),
    worked: (dir) => existsSync(join(dir.path, "order")),
  },
  {
    name: "BUN_JSC_*, the options of the engine",
    env: () => ({ BUN_JSC_dumpOptions: "2" }),
    worked: (_, output) => output.includes("useJIT"),
  },
  {
    name: "a bunfig.toml in the current directory",
    prepare: (dir) => dir.write("bunfig.toml", `preload = ["${dir.path}/evil.js"]`),
    worked: (dir) => dir.evilRan(),
  },
  {
    name: "a .env in the current directory",
    prepare: (dir) =>
      dir.write(".env", `BUN_OPTIONS=--preload=${dir.path}/evil.js\nHOSTILE_NAME=hostile-value\n`),
    worked: (dir, output) => dir.evilRan() || output.includes("hostile-value"),
  },
];

async function fallsFor(attack: Attack, executable: string): Promise<boolean> {
  using dir = trap();
  attack.prepare?.(dir);
  const { stdout, stderr } = await outcomeOf([executable, ...(attack.args ?? ["version"])], {
    cwd: dir.path,
    env: { HOME: dir.path, ...attack.env?.(dir) },
  });
  return attack.worked(dir, stdout + stderr);
}

describe("the environment and the directory of the caller do not change what lpr does", () => {
  const scratch = tempDir();
  afterAll(() => scratch[Symbol.dispose]());
  const ordinary = scratch.join("ordinary");

  // A program compiled as Bun does it by default shows that each attack is one.
  beforeAll(async () => {
    const entry = scratch.join("entry.ts");
    writeFileSync(entry, "console.log('ordinary', process.env.HOSTILE_NAME); export {};");
    await Bun.build({ entrypoints: [entry], format: "esm", bytecode: true, compile: { outfile: ordinary } });
  });

  for (const attack of attacks) {
    test(attack.name, async () => {
      expect(await fallsFor(attack, ordinary), "an ordinary Bun program falls for it").toBe(true);
      expect(await fallsFor(attack, LPR)).toBe(false);
    });
  }

  test("modules in the current directory are never loaded in place of its own", async () => {
    using dir = trap();
    for (const name of [...Object.keys(packageJson.dependencies), "long", "fs", "bun"]) {
      dir.write(`node_modules/${name}/index.js`, readFileSync(join(dir.path, "evil.js"), "utf8"));
    }
    dir.write("package.json", JSON.stringify({ type: "commonjs", imports: { "#x": "./evil.js" } }));
    dir.write("tsconfig.json", JSON.stringify({ compilerOptions: { paths: { "*": ["./evil.js"] } } }));
    await outcomeOf([LPR, "job", "list"], { cwd: dir.path, env: { HOME: dir.path } });
    expect(dir.evilRan()).toBe(false);
  });

  test("its own words that look like options of a runtime stay words", async () => {
    using dir = trap();
    const { stdout, stderr } = await outcomeOf([LPR, `--preload=${dir.path}/evil.js`, "--print", "6*7"], {
      cwd: dir.path,
    });
    expect(dir.evilRan()).toBe(false);
    expect(stdout + stderr).not.toContain("42");
  });
});

describe("the binary stands alone", () => {
  test("it runs from any directory with an empty environment", async () => {
    using dir = tempDir();
    for (const cwd of ["/", "/proc/self", dir.path]) {
      expect(await outcomeOf([LPR, "version"], { cwd })).toEqual({
        exitCode: 0,
        stdout: expect.stringMatching(VERSION),
        stderr: "",
      });
    }
  });

  test("a copy under another name works", async () => {
    using dir = tempDir();
    copyFileSync(LPR, dir.join("renamed"));
    expect((await outcomeOf([dir.join("renamed"), "version"])).stdout).toMatch(VERSION);
  });

  test("a copy elsewhere serves jobs: the wire contract and the supervisor's script are inside", async () => {
    using dir = tempDir();
    const lpr = dir.join("lpr");
    copyFileSync(LPR, lpr);
    const certs = await testCerts();
    const alice = await certs.client({ tenant: "alice", role: "admin" });
    const files = ["--ca", certs.ca.certPath, "--cert", certs.agent.certPath, "--key", certs.agent.keyPath];
    const place = ["--listen", "127.0.0.1:0", "--state-dir", dir.join("state"), "--cgroups", "off"];
    await using agent = Bun.spawn([lpr, "agent", "serve", ...place, ...files], {
      ...{ cwd: dir.path, env: {}, stdin: "ignore", stdout: "ignore", stderr: "pipe" },
    });
    const port = await listeningPort(agent.stderr);
    const env = { LPR_ADDRESS: `localhost:${port}`, LPR_CERT: alice.combinedPath };
    const run = [lpr, "job", "run", "foo", "--follow", "--", "/bin/sh", "-c", 'echo "hello"; exit 3'];
    expect(await outcomeOf(run, { cwd: dir.path, env })).toMatchObject({ stdout: "hello\n", exitCode: 3 });
    agent.kill("SIGTERM");
    expect(await agent.exited).toBe(0);
  });

  test("it tells its version, the commit it was built from, its runtime and its platform, to scripts as well", async () => {
    const { stdout } = await outcomeOf([LPR, "version"]);
    const [, version, commit, bun, platform] = VERSION.exec(stdout) ?? [];
    expect({ version, bun }).toEqual({
      version: packageJson.version,
      bun: packageJson.devDependencies.bun,
    });
    expect((await outcomeOf([LPR, "--version"])).stdout).toBe(stdout);
    const json = await outcomeOf([LPR, "version", "-o", "json"]);
    expect(JSON.parse(json.stdout)).toEqual({ version, commit, bun, platform });
  });

  test("it holds no path of the machine that built it", () => {
    const repository = join(import.meta.dir, "../..");
    expect(readFileSync(LPR).includes(repository)).toBe(false);
  });
});

/** The port an agent says it listens on. Its log goes on being read, so that it never waits for us. */
function listeningPort(log: ReadableStream<Uint8Array>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const read = async () => {
    let text = "";
    for await (const chunk of log) {
      text += Buffer.from(chunk).toString();
      const port = /serves on \S+:(\d+)/.exec(text)?.[1];
      if (port !== undefined) resolve(port);
    }
    reject(new Error(`the agent ended before it served: ${text}`));
  };
  read().catch(reject);
  return promise;
}
