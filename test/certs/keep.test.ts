import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";
import { quickOpenssl, recipe, recipeOutput, startRecipe } from "./recipe.ts";

function place() {
  const dir = tempDir();
  const bin = dir.join("bin");
  mkdirSync(bin);
  quickOpenssl(bin);
  const pki = dir.join("pki");
  const words = ["--dir", pki, "--no-passphrase"];
  return { bin, pki, words, join: dir.join, [Symbol.dispose]: () => dir[Symbol.dispose]() };
}

/** Every file below a directory with its contents: what must not change. */
function contents(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => `${entry.parentPath}/${entry.name}`).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, "utf8")]));
}

const requests = [["init"], ["issue-agent", "localhost"], ["issue", "alice", "--role", "user"]] as const;

test("what exists is not overwritten, and the hint says how it could be", async () => {
  using p = place();
  for (const request of requests) await recipeOutput([...request, ...p.words], p);
  const before = contents(p.pki);
  for (const request of requests) {
    const { exitCode, stderr } = await recipe([...request, ...p.words], p);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: a certificate.* exists already: .*\nhint: --force puts it aside/);
  }
  expect(contents(p.pki)).toEqual(before);
});

test("--force makes a new one and keeps the old one beside it, every time", async () => {
  using p = place();
  await recipeOutput(["init", ...p.words], p);
  for (const _ of [1, 2, 3])
    await recipeOutput(["issue", "alice", "--role", "user", "--force", ...p.words], p);
  const names = readdirSync(`${p.pki}/clients`).sort();
  expect(names[0]).toBe("alice");
  expect(names.slice(1)).toEqual(names.slice(1).filter((name) => /^alice\.old-\d{14}(-2)?$/.test(name)));
  const keys = names.map((name) => readFileSync(`${p.pki}/clients/${name}/client-key.pem`, "utf8"));
  expect(new Set(keys).size).toBe(3);
});

test.each([
  ["genpkey", requests[0]],
  ["req", requests[0]],
  ["genpkey", requests[1]],
  ["req", requests[1]],
  ["x509 -req", requests[1]],
  ["verify", requests[2]],
])("a failing openssl %s leaves everything as it was", async (step, request) => {
  using p = place();
  if (request !== requests[0]) await recipeOutput(["init", ...p.words], p);
  const before = existsSync(p.pki) ? contents(p.pki) : undefined;
  quickOpenssl(p.bin, `case "$*" in "${step}"*) echo "no luck" >&2; exit 1 ;; esac`);
  const { exitCode, stdout, stderr } = await recipe([...request, ...p.words], p);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain("openssl: no luck\nerror: ");
  if (before) {
    expect(contents(p.pki)).toEqual(before);
    expect(readdirSync(p.pki)).toEqual(["ca"]);
  } else expect(existsSync(p.pki)).toBe(false);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s in the middle leaves nothing behind", async (signal, code) => {
  using p = place();
  // Waits in the middle of its work until the test has sent the signal.
  quickOpenssl(
    p.bin,
    `case $1 in req) : >'${p.join("reached")}'; until [ -e '${p.join("sent")}' ]; do sleep 0.01; done ;; esac`,
  );
  const child = startRecipe(["init", ...p.words], p);
  await until(() => existsSync(p.join("reached")), "the recipe is in the middle of its work");
  expect(readdirSync(p.pki).length).toBe(1);
  child.kill(signal);
  await Bun.write(p.join("sent"), "");
  expect(await child.exited).toBe(code);
  expect(existsSync(p.pki)).toBe(false);
});

test("of two that make the same authority at once one succeeds, and its files are whole", async () => {
  using p = place();
  mkdirSync(p.pki);
  // Both have found the place free before either of them fills it.
  quickOpenssl(
    p.bin,
    `case $1 in req) : >'${p.join("reached.")}'$$; until [ "$(ls '${p.join("")}' | grep -c reached)" = 2 ]; do sleep 0.01; done ;; esac`,
  );
  const outcomes = await Promise.all([recipe(["init", ...p.words], p), recipe(["init", ...p.words], p)]);
  expect(outcomes.map((outcome) => outcome.exitCode).sort()).toEqual([0, 1]);
  expect(readdirSync(p.pki)).toEqual(["ca"]);
  expect(readdirSync(`${p.pki}/ca`).sort()).toEqual(["ca-key.pem", "ca.pem"]);
});

test("nothing is issued beyond the life of the authority", async () => {
  using p = place();
  await recipeOutput(["init", "--days", "30", ...p.words], p);
  const { exitCode, stderr } = await recipe(["issue", "alice", "--role", "user", ...p.words], p);
  expect(exitCode).toBe(1);
  expect(stderr).toStartWith("error: the certificate authority expires in less than 365 days\nhint: ");
  await recipeOutput(["issue", "alice", "--role", "user", "--days", "29", ...p.words], p);
});

test("without an authority the error says how to make one", async () => {
  using p = place();
  const { exitCode, stderr } = await recipe(["issue", "alice", "--role", "user", ...p.words], p);
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    `error: there is no certificate authority in ${p.pki}: ca.pem is missing\n` +
      `hint: make one: lpr-certs.sh init --dir ${p.pki}\n`,
  );
  expect(existsSync(p.pki)).toBe(false);
});
