import { expect, test } from "bun:test";
import { homedir } from "node:os";
import { absolute, chooseConnection } from "../../src/cli/connection.ts";
import { type Login, loginsPath, writeLogins } from "../../src/client/logins.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const none = { context: undefined, address: undefined, cacert: undefined, cert: undefined, key: undefined };

function login(name: string): Login {
  return {
    name,
    address: `${name}.test:50051`,
    cacert: `/${name}/ca`,
    cert: `/${name}/cert`,
    key: `/${name}/key`,
  };
}

async function saved(dir: { path: string }, current: string | undefined, ...names: string[]) {
  const env = { XDG_CONFIG_HOME: dir.path };
  await writeLogins(loginsPath(env), { current, logins: names.map(login) });
  return env;
}

test("the current login is used when nothing else is said", async () => {
  using dir = tempDir();
  const env = await saved(dir, "b", "a", "b");
  expect(await chooseConnection(none, env)).toEqual({
    ...{ address: "b.test:50051", cacert: "/b/ca", cert: "/b/cert", key: "/b/key" },
  });
});

test("flags come before LPR_* variables, and those before the saved login", async () => {
  using dir = tempDir();
  const env = await saved(dir, "a", "a", "b");
  const variables = { ...env, LPR_ADDRESS: "from-env", LPR_CACERT: "/env/ca", LPR_KEY: "/env/key" };
  expect(
    await chooseConnection({ ...none, address: "http://from-flag:1", key: "/flag/key" }, variables),
  ).toEqual({
    ...{ address: "from-flag:1", cacert: "/env/ca", cert: "/a/cert", key: "/flag/key" },
  });
});

test("another login is chosen by name or address, by flag or variable", async () => {
  using dir = tempDir();
  const env = await saved(dir, "a", "a", "b");
  expect(await chooseConnection({ ...none, context: "b" }, env)).toMatchObject({ cert: "/b/cert" });
  expect(await chooseConnection({ ...none, address: "b.test" }, env)).toMatchObject({ cert: "/b/cert" });
  expect(await chooseConnection(none, { ...env, LPR_CONTEXT: "http://b.test" })).toMatchObject({
    cert: "/b/cert",
  });
  expect(await chooseConnection({ ...none, context: "a" }, { ...env, LPR_CONTEXT: "b" })).toMatchObject({
    cert: "/a/cert",
  });
});

test("a login that --context names is meant as it is, whatever variables say; options still count", async () => {
  using dir = tempDir();
  const env = {
    ...(await saved(dir, "a", "a", "b")),
    LPR_ADDRESS: "elsewhere:1",
    LPR_CERT: "/variable/cert",
  };
  expect(await chooseConnection({ ...none, context: "b" }, env)).toEqual({
    ...{ address: "b.test:50051", cacert: "/b/ca", cert: "/b/cert", key: "/b/key" },
  });
  expect(await chooseConnection({ ...none, context: "b", address: "other:1" }, env)).toMatchObject({
    ...{ address: "other:1", cert: "/b/cert" },
  });
});

test("a certificate given by hand does not go with the saved login's key", async () => {
  using dir = tempDir();
  const env = await saved(dir, "a", "a");
  expect(await chooseConnection({ ...none, cert: "/my/cert" }, env)).toEqual({
    ...{ address: "a.test:50051", cacert: "/a/ca", cert: "/my/cert", key: undefined },
  });
});

test("when variables give everything, neither HOME nor a file is needed", async () => {
  const env = { LPR_ADDRESS: "host:1", LPR_CACERT: "/ca", LPR_CERT: "/cert", LPR_KEY: "/key" };
  expect(await chooseConnection(none, env)).toEqual({
    ...{ address: "host:1", cacert: "/ca", cert: "/cert", key: "/key" },
  });
});

test("without any login the hint says how to log in", async () => {
  using dir = tempDir();
  await expect(chooseConnection(none, { XDG_CONFIG_HOME: dir.path })).rejects.toMatchObject({
    message: "you are not logged in to any agent",
    hint: expect.stringContaining("lpr auth login"),
  });
});

test("an unknown login, and a choice nobody has made, name the logins there are", async () => {
  using dir = tempDir();
  const env = await saved(dir, undefined, "a", "b");
  await expect(chooseConnection({ ...none, context: "c" }, env)).rejects.toMatchObject({
    hint: "saved are: a, b",
  });
  await expect(chooseConnection(none, env)).rejects.toMatchObject({ hint: expect.stringContaining("a, b") });
});

test("paths become absolute, also from the home directory", () => {
  expect(absolute("~/me.pem")).toBe(`${homedir()}/me.pem`);
  expect(absolute("~me.pem")).toBe(`${process.cwd()}/~me.pem`);
  expect(absolute("x/../me.pem")).toBe(`${process.cwd()}/me.pem`);
  expect(absolute(undefined)).toBeUndefined();
});
