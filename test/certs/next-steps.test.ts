import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { tempDir } from "../helpers/temp-dir.ts";
import { fakeCommand, quickOpenssl, recipe, recipeOutput } from "./recipe.ts";

/** A user's home where the recipe may use its default places; the user is never root, whoever runs the tests. */
function home() {
  const dir = tempDir();
  const bin = dir.join("bin");
  mkdirSync(bin);
  quickOpenssl(bin);
  fakeCommand(bin, "id", "echo 1000");
  const config = dir.join("my config");
  return {
    how: { bin, env: { XDG_CONFIG_HOME: config } },
    certs: `${config}/lpr/certs`,
    agent: `${config}/lpr/agent`,
    join: dir.join,
    [Symbol.dispose]: () => dir[Symbol.dispose](),
  };
}

const key = "--no-passphrase";

test.each(["localhost", "127.0.0.1", "::1", hostname()])(
  "init and issue-agent %s are all that lpr agent serve needs on this machine",
  async (host) => {
    using h = home();
    await recipeOutput(["init", key], h.how);
    const printed = await recipeOutput(["issue-agent", host, key], h.how);
    expect(printed).toContain("\n  lpr agent serve\n");
    // It would refuse users.
    expect(printed).toEndWith(" issue NAME --role admin\n");
    expect(readdirSync(h.agent).sort()).toEqual(["agent-key.pem", "agent.pem", "ca.pem"]);
    const issued = `${h.certs}/agents/${host.replaceAll(":", "_")}`;
    for (const file of readdirSync(h.agent)) {
      expect(readFileSync(`${h.agent}/${file}`, "utf8")).toBe(readFileSync(`${issued}/${file}`, "utf8"));
      expect(statSync(`${h.agent}/${file}`).mode & 0o777).toBe(0o600);
    }
  },
);

test("a certificate for another host stays where it was issued, and the command names its files", async () => {
  using h = home();
  await recipeOutput(["init", key], h.how);
  const printed = await recipeOutput(["issue-agent", "web1.example.com", key], h.how);
  const at = `${h.certs}/agents/web1.example.com`;
  expect(printed).toContain(
    `\n  lpr agent serve --ca '${at}/ca.pem' --cert '${at}/agent.pem' --key '${at}/agent-key.pem'\n`,
  );
  expect(printed).toEndWith(" issue NAME --role user\n");
  expect(existsSync(h.agent)).toBe(false);
});

test("with --dir nothing is put anywhere else", async () => {
  using h = home();
  const options = ["--dir", h.join("pki"), key];
  await recipeOutput(["init", ...options], h.how);
  const printed = await recipeOutput(["issue-agent", "localhost", ...options], h.how);
  expect(printed).toContain(`\n  lpr agent serve --ca ${h.join("pki")}/agents/localhost/ca.pem --cert `);
  expect(existsSync(h.join("my config"))).toBe(false);
});

test("the files of an agent that is set up already are not replaced, unless that is asked for", async () => {
  using h = home();
  mkdirSync(h.agent, { recursive: true });
  writeFileSync(`${h.agent}/agent.pem`, "another one");
  await recipeOutput(["init", key], h.how);
  const { exitCode, stdout, stderr } = await recipe(["issue-agent", "localhost", key], h.how);
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`Not installed: ${h.agent}/agent.pem exists already (--force replaces it)`);
  expect(stdout).toContain("  lpr agent serve --ca ");
  expect(readdirSync(h.agent)).toEqual(["agent.pem"]);

  await recipeOutput(["issue-agent", "localhost", "--force", key], h.how);
  expect(readFileSync(`${h.agent}/agent.pem`, "utf8")).toContain("BEGIN CERTIFICATE");
});

test("the commands name the passphrase file, absolutely", async () => {
  using h = home();
  writeFileSync(h.join("it's secret"), "long enough\n", { mode: 0o600 });
  const how = { ...h.how, cwd: h.join("") };
  const options = ["--passphrase-file", "it's secret", "--dir", "./pki"];
  const quoted = `'${h.join("it")}'\\''s secret'`;
  const made = await recipeOutput(["init", ...options], how);
  expect(made).toContain(`issue-agent localhost --dir ${h.join("pki")} --passphrase-file ${quoted}\n`);
  const issued = await recipeOutput(["issue-agent", "localhost", ...options], how);
  expect(issued).toContain(`/agent-key.pem --key-passphrase-file ${quoted}\n`);
});

test("a client's command names the agent where there is just one", async () => {
  using h = home();
  await recipeOutput(["init", key], h.how);
  const login = async (name: string) => {
    const printed = await recipeOutput(["issue", name, "--role", "user", key], h.how);
    return printed.split("\n").find((line) => line.startsWith("  lpr auth login"));
  };
  const file = (name: string) => `'${h.certs}/clients/${name}/${name}-login.pem'`;
  expect(await login("a")).toBe(`  lpr auth login HOST --client-cert ${file("a")}`);
  await recipeOutput(["issue-agent", "::1", key], h.how);
  expect(await login("b")).toBe(`  lpr auth login '[::1]' --client-cert ${file("b")}`);
  await recipeOutput(["issue-agent", "::1", "--force", key], h.how);
  expect(await login("c")).toBe(`  lpr auth login '[::1]' --client-cert ${file("c")}`);
  await recipeOutput(["issue-agent", "web1.example.com", key], h.how);
  expect(await login("d")).toBe(`  lpr auth login HOST --client-cert ${file("d")}`);
});
