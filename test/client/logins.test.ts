import { expect, test } from "bun:test";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import {
  addLogin,
  configDir,
  findLogin,
  type Login,
  loginsPath,
  readLogins,
  removeLogin,
  writeLogins,
} from "../../src/client/logins.ts";
import { tempDir } from "../helpers/temp-dir.ts";

function login(name: string, address = `${name}.test:50051`): Login {
  return { name, address, cacert: "/pem/ca.pem", cert: `/pem/${name}.pem`, key: `/pem/${name}.key` };
}

async function failure(action: Promise<unknown>): Promise<string> {
  return action.then(
    () => "nothing went wrong",
    (error) => error.message,
  );
}

test("what was written is read back", async () => {
  using dir = tempDir();
  const path = dir.join("lpr", "config.yaml");
  const logins = { current: "b", logins: [login("a"), login("b")] };
  await writeLogins(path, logins);
  expect(await readLogins(path)).toEqual(logins);
});

test("no file means no logins", async () => {
  using dir = tempDir();
  expect(await readLogins(dir.join("config.yaml"))).toEqual({ logins: [] });
});

test("an empty file means that the version is missing, not that there are no logins", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("config.yaml"), "");
  expect(await failure(readLogins(dir.join("config.yaml")))).toContain("version must be 1, got nothing");
});

test("the file is 0600 in a directory that is 0700, also when it was readable by others before", async () => {
  using dir = tempDir();
  const path = dir.join("lpr", "config.yaml");
  await writeLogins(path, { logins: [] });
  expect(statSync(dir.join("lpr")).mode & 0o777).toBe(0o700);
  chmodSync(path, 0o644);
  await writeLogins(path, { logins: [] });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("writing leaves no temporary file behind and keeps a link to the file", async () => {
  using dir = tempDir();
  mkdirSync(dir.join("dotfiles"));
  writeFileSync(dir.join("dotfiles", "real.yaml"), "");
  symlinkSync(dir.join("dotfiles", "real.yaml"), dir.join("config.yaml"));
  await writeLogins(dir.join("config.yaml"), { logins: [login("a")] });
  expect(readlinkSync(dir.join("config.yaml"))).toBe(dir.join("dotfiles", "real.yaml"));
  expect(readFileSync(dir.join("dotfiles", "real.yaml"), "utf8")).toContain("a.test:50051");
  expect(readdirSync(dir.join("dotfiles"))).toEqual(["real.yaml"]);
});

test("every problem of the file is reported with its line", async () => {
  using dir = tempDir();
  const path = dir.join("config.yaml");
  writeFileSync(
    path,
    [
      "version: 1",
      "curent: x",
      "current: gone",
      "logins:",
      "  - name: a",
      "    address: a.test",
      "    cacert: 7",
      "    cert: /c",
      "    key: /k",
      "  - name: a",
      "    address: b.test:1",
      "    cacert: /ca",
      "    cert: /c",
      "  - nonsense",
    ].join("\n"),
  );
  expect((await failure(readLogins(path))).replaceAll(path, "FILE").split("\n")).toEqual([
    "FILE:2: unknown key curent",
    "FILE:7: cacert must be a text, got 7",
    'FILE:6: address must be host:port, got "a.test"',
    "FILE:10: key must be a text, got nothing",
    'FILE:14: a login must be a map, got "nonsense"',
    'FILE:10: name "a" is there twice',
    'FILE:3: current must be the name of a login, got "gone"',
  ]);
});

test("broken YAML is reported with its line", async () => {
  using dir = tempDir();
  const path = dir.join("config.yaml");
  writeFileSync(path, "version: 1\nlogins: [\n");
  expect(await failure(readLogins(path))).toMatch(/config\.yaml:\d+: /);
});

test("a file of a later format is refused, not guessed at", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("config.yaml"), "version: 2\nservers: {}\n");
  expect(await failure(readLogins(dir.join("config.yaml")))).toContain(
    ":1: format 2 was written by a newer lpr",
  );
});

test("logging in again under a name replaces its entry and makes it current", () => {
  const before = { current: "b", logins: [login("a"), login("b")] };
  const again = { ...login("a"), cert: "/pem/renewed.pem" };
  expect(addLogin(before, again)).toEqual({ current: "a", logins: [login("b"), again] });
});

test("two logins to one agent have two names, and the address alone does not tell them apart", () => {
  const other = login("as-bob", "a.test:50051");
  const both = addLogin({ current: "a", logins: [login("a")] }, other);
  expect(both).toEqual({ current: "as-bob", logins: [login("a"), other] });
  expect(findLogin(both, "as-bob")).toEqual(other);
  expect(() => findLogin(both, "a.test")).toThrow("2 logins are to a.test:50051: a, as-bob");
});

test("a login is found by its name and by any way to write its address", () => {
  const logins = { logins: [login("a"), login("b")] };
  for (const wanted of ["b", "b.test", "b.test:50051", "http://B.test/"]) {
    expect(findLogin(logins, wanted)?.name).toBe("b");
  }
  expect(findLogin(logins, "b.test:1")).toBeUndefined();
  expect(findLogin(logins, "no such/thing")).toBeUndefined();
});

test("after the current one is forgotten, none is current until the user chooses", () => {
  const two = { current: "a", logins: [login("a"), login("b")] };
  expect(removeLogin(two, "a")).toEqual({ current: undefined, logins: [login("b")] });
  expect(removeLogin(two, "b")).toEqual({ current: "a", logins: [login("a")] });
  const three = { current: "a", logins: [login("a"), login("b"), login("c")] };
  expect(removeLogin(three, "a").current).toBeUndefined();
});

test("XDG_CONFIG_HOME comes before HOME, and only absolute paths count", () => {
  expect(loginsPath({ XDG_CONFIG_HOME: "/x", HOME: "/h" })).toBe("/x/lpr/config.yaml");
  expect(loginsPath({ XDG_CONFIG_HOME: "x", HOME: "/h" })).toBe("/h/.config/lpr/config.yaml");
  expect(() => configDir({})).toThrow("neither XDG_CONFIG_HOME nor HOME");
});
