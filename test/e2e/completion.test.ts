import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { LPR, outcomeOf } from "../helpers/binary.ts";
import { encryptKey, testCerts } from "../helpers/certs.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

const dir = tempDir();
let agent: TestAgent;
let env: Record<string, string>;
beforeAll(async () => {
  agent = await startAgent();
  const { combinedPath } = await (await testCerts()).client();
  env = {
    PATH: [dirname(LPR), process.env["PATH"] ?? ""].join(delimiter),
    ...{ HOME: dir.path, TERM: "dumb", LANG: "C.UTF-8", LPR_ADDRESS: agent.address, LPR_CERT: combinedPath },
  };
  for (const [name, seconds] of [
    ["nightly-backup", "0"],
    ["web-server", "1000"],
  ]) {
    const { exitCode } = await outcomeOf([LPR, "job", "run", name ?? "", "--", "sleep", seconds ?? ""], {
      env,
    });
    expect(exitCode).toBe(0);
  }
  await outcomeOf([LPR, "job", "wait", "nightly-backup"], { env });
  writeFileSync(dir.join("settings.yaml"), "");
});
afterAll(async () => {
  await agent[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

/** What is typed before Tab, and what then stands there. The same in every shell. */
const TYPED: readonly (readonly [typed: string, completed: string])[] = [
  ["lpr ag", "lpr agent "],
  ["lpr job wat", "lpr job watch "],
  ["lpr ps --rev", "lpr ps --reverse "],
  ["lpr help exi", "lpr help exit-codes "],
  ["lpr job get ni", "lpr job get nightly-backup "],
  // Only jobs that run can be stopped, and none twice.
  ["lpr job stop ", "lpr job stop web-server "],
  ["lpr job signal web-server HU", "lpr job signal web-server HUP "],
  ["lpr job list --status fa", "lpr job list --status failed "],
  ["lpr job get -o ya", "lpr job get -o yaml "],
  ["lpr job get --output=js", "lpr job get --output=json "],
  ["lpr job run -f set", "lpr job run -f settings.yaml "],
  ["lpr job run --file=set", "lpr job run --file=settings.yaml "],
  ["lpr job run x -- cat set", "lpr job run x -- cat settings.yaml "],
];

/** A shell at a terminal, with somebody who types. */
async function prompt(command: readonly string[], setUp: string) {
  let screen = "";
  const child = Bun.spawn([...command], {
    ...{ cwd: dir.path, env },
    terminal: {
      cols: 120,
      rows: 40,
      data: (_terminal, data) => {
        screen += Buffer.from(data).toString();
      },
    },
  });
  /** The prompt is two signs, so that the echo of what sets it is not taken for it. */
  const type = async (text: string, shown: string) => {
    const start = screen.length;
    child.terminal?.write(text);
    await until(() => screen.slice(start).includes(shown), `${command[0]} shows ${shown} after ${text}`);
  };
  await type(`${setUp}; echo re''ady\r`, "ready");
  return {
    /** What the line has become after a Tab, ended by a comment sign so that nothing is run. */
    async completes(typed: string, completed: string) {
      await type(`${typed}\t`, completed);
      await type("\x15echo ne''xt\r", "next");
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
      child.terminal?.close();
    },
  };
}

describe("a Tab completes", () => {
  test.skipIf(!Bun.which("bash"))("in bash", async () => {
    await using bash = await prompt(
      ["bash", "--norc", "--noprofile", "-i"],
      "bind 'set enable-bracketed-paste off'; source <(lpr completion bash)",
    );
    for (const [typed, completed] of TYPED) await bash.completes(typed, completed);
  });

  test.skipIf(!Bun.which("zsh"))("in zsh", async () => {
    await using zsh = await prompt(
      ["zsh", "-f", "-i"],
      "unsetopt zle_bracketed_paste; autoload -Uz compinit && compinit -u -D && source <(lpr completion zsh)",
    );
    for (const [typed, completed] of TYPED) await zsh.completes(typed, completed);
  });

  test.skipIf(!Bun.which("fish"))("in fish", async () => {
    for (const [typed, completed] of TYPED) {
      const { stdout } = await outcomeOf(
        ["fish", "--no-config", "-c", "lpr completion fish | source; complete -C $argv[1]", typed],
        { cwd: dir.path, env },
      );
      const words = stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t")[0]);
      expect(words, typed).toEqual([completed.trimEnd().split(" ").at(-1) ?? ""]);
    }
  });
});

describe("what is offered", () => {
  const offered = async (...words: string[]) => {
    const { stdout, stderr, exitCode } = await outcomeOf([LPR, "__complete", ...words], { env });
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    return stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split("\t")[0]);
  };

  test("is not what is there already, unless it may be repeated", async () => {
    expect(await offered("job", "stop", "web-server", "")).toEqual([]);
    expect(await offered("job", "run", "--cpu", "1", "--cp")).toEqual([]);
    expect(await offered("job", "run", "--env", "A=1", "--env")).toEqual(["--env", "--env-file"]);
  });

  test("is no option after --, and nothing for a command that takes none there", async () => {
    expect(await offered("job", "run", "x", "--", "--")).toEqual([":files"]);
    expect(await offered("job", "get", "x", "--", "")).toEqual([]);
  });

  test("are further names, or what follows them", async () => {
    expect(await offered("job", "signal", "")).toEqual(["web-server"]);
    expect(await offered("job", "signal", "other", "")).toContain("web-server");
    expect(await offered("job", "signal", "other", "")).toContain("HUP");
  });

  test("is nothing on this machine where a path of the agent's host is wanted", async () => {
    expect(await offered("job", "run", "--workdir", "")).toEqual([]);
    expect(await offered("agent", "serve", "--state-dir", "")).toEqual([":directories"]);
  });

  test("comes from the agent that the command line names, and is nothing where there is none", async () => {
    expect(await offered("job", "get", "--address", "localhost:1", "")).toEqual([]);
    expect(await offered("job", "get", "--address=localhost:1", "")).toEqual([]);
    expect(await offered("job", "get", "--cert", "/nowhere.pem", "")).toEqual([]);
    expect(await offered("job", "sotp", "")).toEqual([]);
  });

  test("is given up when the agent does not answer in time", async () => {
    using silent = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
    const start = performance.now();
    expect(await offered("job", "get", "--address", `localhost:${silent.port}`, "")).toEqual([]);
    expect(performance.now() - start).toBeGreaterThan(1_000);
    silent.stop(true);
  });

  test("is never a question, not even at a terminal: an encrypted key offers no names", async () => {
    let screen = "";
    const child = Bun.spawn([LPR, "__complete", "job", "get", ""], {
      env: { ...env, LPR_CERT: await encryptedLogin() },
      terminal: {
        data: (_terminal, data) => {
          screen += Buffer.from(data).toString();
        },
      },
    });
    expect(await child.exited).toBe(0);
    child.terminal?.close();
    expect(screen).toBe("");
  });
});

async function encryptedLogin(): Promise<string> {
  const certs = await testCerts();
  const { cert, key } = await certs.client();
  const path = dir.join("encrypted.pem");
  writeFileSync(path, encryptKey(key, "s3cret") + cert + certs.ca.cert, { mode: 0o600 });
  return path;
}

test("a shell that is not known is refused with those that are", async () => {
  const { exitCode, stderr } = await outcomeOf([LPR, "completion", "zhs"], { env });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr:
      'lpr: SHELL must be one of bash, zsh, fish, got "zhs"; did you mean zsh?\nhint: lpr completion --help\n',
  });
});
