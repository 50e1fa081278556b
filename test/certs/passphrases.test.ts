import { describe, expect, test } from "bun:test";
import { createPrivateKey } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";
import { fakeCommand, quickOpenssl, recipe, recipeOutput, startRecipe } from "./recipe.ts";

/** A directory with an openssl that makes keys quickly, and passphrase files to name. */
function place() {
  const dir = tempDir();
  const bin = dir.join("bin");
  mkdirSync(bin);
  quickOpenssl(bin);
  const file = (name: string, text: string) => {
    writeFileSync(dir.join(name), text, { mode: 0o600 });
    return dir.join(name);
  };
  return {
    bin,
    pki: dir.join("pki"),
    file,
    dir: ["--dir", dir.join("pki")],
    join: dir.join,
    [Symbol.dispose]: () => dir[Symbol.dispose](),
  };
}

function opens(keyFile: string, passphrase: string): boolean {
  try {
    createPrivateKey({ key: readFileSync(keyFile, "utf8"), passphrase });
    return true;
  } catch (error) {
    expect(String(error)).toMatch(/decrypt|passphrase|BAD_DECRYPT/i);
    return false;
  }
}

test("an option wins over the file that the environment names, and that over the environment's own", async () => {
  using p = place();
  const option = p.file("option", "from the option\n");
  const variable = p.file("variable", "from the file\n");
  const env = { LPR_KEY_PASSPHRASE: "from the environment", LPR_KEY_PASSPHRASE_FILE: variable };
  const key = `${p.pki}/ca/ca-key.pem`;

  await recipeOutput(["init", ...p.dir, "--passphrase-file", option], { bin: p.bin, env });
  expect(opens(key, "from the option")).toBe(true);
  await recipeOutput(["init", "--force", ...p.dir], { bin: p.bin, env });
  expect(opens(key, "from the file")).toBe(true);
  await recipeOutput(["init", "--force", ...p.dir], {
    bin: p.bin,
    env: { LPR_KEY_PASSPHRASE: env.LPR_KEY_PASSPHRASE },
  });
  expect(opens(key, "from the environment")).toBe(true);
});

test("the authority's key may have a passphrase of its own", async () => {
  using p = place();
  const ca = p.file("ca", "for the authority");
  const leaf = p.file("leaf", "for the client");
  const both = ["--passphrase-file", leaf, "--ca-passphrase-file", ca];
  await recipeOutput(["init", ...p.dir, ...both], p);
  expect(opens(`${p.pki}/ca/ca-key.pem`, "for the authority")).toBe(true);
  await recipeOutput(["issue", "alice", "--role", "user", ...p.dir, ...both], p);
  const key = `${p.pki}/clients/alice/client-key.pem`;
  expect([opens(key, "for the client"), opens(key, "for the authority")]).toEqual([true, false]);
});

test("--no-passphrase leaves the new key alone unencrypted", async () => {
  using p = place();
  const file = ["--passphrase-file", p.file("passphrase", "for the authority")];
  await recipeOutput(["init", ...p.dir, ...file], p);
  await recipeOutput(["issue-agent", "localhost", "--no-passphrase", ...p.dir, ...file], p);
  expect(readFileSync(`${p.pki}/agents/localhost/agent-key.pem`, "utf8")).toStartWith(
    "-----BEGIN PRIVATE KEY-----",
  );
  expect(readFileSync(`${p.pki}/ca/ca-key.pem`, "utf8")).toStartWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
});

test("a wrong passphrase for the authority is noticed before a key is made, and nothing is left", async () => {
  using p = place();
  await recipeOutput(["init", ...p.dir], { bin: p.bin, env: { LPR_KEY_PASSPHRASE: "the right one" } });
  const outcome = await recipe(["issue", "alice", "--role", "user", ...p.dir], {
    bin: p.bin,
    env: { LPR_KEY_PASSPHRASE: "not the right one" },
  });
  expect(outcome).toMatchObject({ exitCode: 1, stdout: "" });
  expect(outcome.stderr).toStartWith("error: the CA key cannot be opened with this passphrase\nhint: ");
  expect(existsSync(`${p.pki}/clients`)).toBe(false);
});

test("without a passphrase and without a terminal the error names the three ways", async () => {
  using p = place();
  const { exitCode, stderr } = await recipe(["init", ...p.dir], p);
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    "error: no passphrase for the CA key, and no terminal to ask for it\n" +
      "hint: use --passphrase-file FILE (or LPR_KEY_PASSPHRASE_FILE=FILE), set LPR_KEY_PASSPHRASE, " +
      "or run this on a terminal, or leave the key unencrypted with --no-passphrase\n",
  );
  expect(existsSync(p.pki)).toBe(false);
});

describe("a passphrase file", () => {
  test.each([
    ["that is short", "1234567\n", "the passphrase of the CA key needs 8 characters or more"],
    ["that is empty", "", "is empty"],
    ["whose first line is empty", "\nlong enough\n", "is empty"],
    ["written on Windows", "long enough\r\n", "the passphrase of the CA key holds a control character"],
  ])("%s is refused", async (_, text, problem) => {
    using p = place();
    const { exitCode, stderr } = await recipe(["init", ...p.dir, "--passphrase-file", p.file("f", text)], p);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(problem);
    expect(existsSync(p.pki)).toBe(false);
  });

  test("that others can read is refused, with the command that mends it", async () => {
    using p = place();
    const file = p.file("f", "long enough\n");
    chmodSync(file, 0o640);
    const { exitCode, stderr } = await recipe(["init", ...p.dir, "--passphrase-file", file], p);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `error: others than its owner can read the passphrase file ${file}\nhint: chmod 600 ${file}\n`,
    );
    expect(existsSync(p.pki)).toBe(false);
  });

  test("may be a pipe, and is read only once", async () => {
    using p = place();
    await recipeOutput(["init", ...p.dir, "--passphrase-file", p.file("f", "long enough")], p);
    await Bun.$`mkfifo ${p.join("pipe")}`.quiet();
    const writer = Bun.spawn(["sh", "-c", 'echo "long enough" >"$1"', "sh", p.join("pipe")]);
    await recipeOutput(["issue", "a", "--role", "user", ...p.dir, "--passphrase-file", p.join("pipe")], p);
    expect(await writer.exited).toBe(0);
  });

  test("that is a pipe nobody writes to can be interrupted", async () => {
    using p = place();
    await Bun.$`mkfifo ${p.join("pipe")}`.quiet();
    const child = startRecipe(["init", ...p.dir, "--passphrase-file", p.join("pipe")], p);
    const { pid } = child;
    const isAsleep = () => / S /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    const hasChildren = () => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8") !== "";
    await until(() => isAsleep() && !hasChildren(), "it waits for the pipe");
    child.kill("SIGINT");
    await child.exited;
    expect(child.signalCode).toBe("SIGINT");
    expect(existsSync(p.pki)).toBe(false);
  });

  test("that does not exist is refused", async () => {
    using p = place();
    const { exitCode, stderr } = await recipe(["init", ...p.dir, "--passphrase-file", p.join("none")], p);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(`error: cannot read the passphrase file ${p.join("none")}\n`);
  });
});

test("no passphrase shows in a command line, and openssl gets only the one it needs", async () => {
  using p = place();
  const [log, env] = [
    p.join("log"),
    { LPR_CA_PASSPHRASE: "secret-of-ca", LPR_KEY_PASSPHRASE: "secret-of-key" },
  ];
  // What ps and /proc would have shown of each run, one a line.
  quickOpenssl(p.bin, `{ printf '%s ' "$@"; env | tr '\\n' ' '; echo; } >>'${log}'`);
  for (const tool of ["mktemp", "cp", "mv", "rm", "cat"]) {
    fakeCommand(
      p.bin,
      tool,
      `{ printf '%s ' ${tool} "$@"; env | tr '\\n' ' '; echo; } >>'${log}'\nexec ${Bun.which(tool)} "$@"`,
    );
  }
  await recipeOutput(["init", ...p.dir], { bin: p.bin, env });
  await recipeOutput(["issue", "alice", "--role", "user", ...p.dir], { bin: p.bin, env });
  const runs = readFileSync(log, "utf8").trimEnd().split("\n");
  expect(runs.length).toBeGreaterThan(10);
  expect(runs.filter((run) => run.includes("secret-of-ca") && run.includes("secret-of-key"))).toEqual([]);
  const informed = runs.filter((run) => run.includes("secret-of-"));
  expect(informed.length).toBeGreaterThan(0);
  // In the environment, under this one name.
  expect(informed.filter((run) => !/ LPR_SECRET=secret-of-(ca|key) /.test(run))).toEqual([]);
  expect(informed.filter((run) => run.split("secret-of-").length !== 2)).toEqual([]);
});
