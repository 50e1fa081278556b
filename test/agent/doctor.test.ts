import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { examine } from "../../src/agent/doctor.ts";
import { detectCgroups } from "../../src/job/index.ts";
import { createAuthority } from "../helpers/pki.ts";
import { tempDir } from "../helpers/temp-dir.ts";

test("the doctor names what is missing, and what brings it", () => {
  using dir = tempDir();
  const { level, checks } = examine({
    cgroupRoot: dir.path,
    stateDir: dir.join("new", "state"),
    configDir: dir.path,
    isRoot: false,
  });
  expect(level).toBe("none");
  const named = (name: string) => checks.filter((check) => check.name === name);
  expect(named("cgroups").every(({ ok }) => !ok)).toBe(true);
  expect(named("cgroups")[0]?.found).toContain(dir.path);
  expect(named("account")).toMatchObject([
    { ok: false, remedy: expect.stringContaining("--shared-account") },
  ]);
  expect(named("programs")).toMatchObject([{ ok: true, found: expect.stringContaining("setsid") }]);
  expect(named("state directory")).toMatchObject([{ ok: true }]);
  expect(named("logs")).toMatchObject([{ ok: true }]);
});

test("each of the controllers that the host lacks is named, with the command that enables it", () => {
  using dir = tempDir();
  const { checks } = examine({ cgroupRoot: undefined, stateDir: dir.path, configDir: "/none", isRoot: true });
  const { missing, remedies } = detectCgroups({ mode: "auto" });
  const lacking = checks.filter(({ name, ok }) => name === "cgroups" && !ok);
  expect(lacking.map(({ found, remedy }) => [found, remedy])).toEqual(
    missing.map((what) => [what, remedies.find((remedy) => remedy.missing === what)?.command]),
  );
});

test("a file system whose files have no holes is named, with those that do", () => {
  const { checks } = examine({
    cgroupRoot: undefined,
    stateDir: "/proc/lpr",
    configDir: "/none",
    isRoot: true,
  });
  expect(checks.find(({ name }) => name === "logs")).toMatchObject({
    ...{ ok: false, found: expect.stringContaining("no hole can be punched in /proc") },
    remedy: expect.stringContaining("ext4"),
  });
});

test("a state directory that others can enter is named with the command that closes it", () => {
  using dir = tempDir();
  mkdirSync(dir.join("state"));
  chmodSync(dir.join("state"), 0o755);
  const { checks } = examine({
    cgroupRoot: dir.path,
    stateDir: dir.join("state"),
    configDir: "/none",
    isRoot: true,
  });
  expect(checks.find(({ name }) => name === "state directory")).toMatchObject({
    ok: false,
    remedy: `chmod 700 ${dir.join("state")}`,
  });
});

test("certificates where the agent looks for them are examined, lists included; where there are none, nothing is said", async () => {
  using dir = tempDir();
  const certificates = () => {
    const input = { cgroupRoot: dir.path, stateDir: dir.path, configDir: dir.join("lpr"), isRoot: true };
    return examine(input).checks.filter(({ name }) => name === "certificates");
  };
  expect(certificates()).toEqual([]);
  mkdirSync(dir.join("lpr"));
  const root = await createAuthority(dir.path, "root");
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  const issue = async (validTo: Date) => {
    const validity = { validFrom: inDays(-300), validTo };
    const { cert } = await root.issue({ subject: "/CN=localhost", usage: "serverAuth", ...validity });
    writeFileSync(dir.join("lpr/agent.pem"), cert);
  };
  writeFileSync(dir.join("lpr/ca.pem"), root.cert);
  await issue(inDays(300));
  expect(certificates()).toMatchObject([
    { ok: true, found: expect.stringContaining("localhost is valid until") },
  ]);
  await issue(inDays(-1));
  writeFileSync(dir.join("lpr/crl.pem"), await root.crl({ from: inDays(-9), to: inDays(-2) }));
  expect(certificates()).toMatchObject([
    {
      ok: false,
      found: expect.stringContaining("the agent has expired"),
      remedy: expect.stringContaining("issue-agent"),
    },
    {
      ok: false,
      found: expect.stringContaining("CA root is out of date"),
      remedy: expect.stringContaining("revoke"),
    },
  ]);
  writeFileSync(dir.join("lpr/crl.pem"), "no list");
  expect(certificates()).toMatchObject([{ ok: false, found: expect.stringContaining("is not a PEM text") }]);
});
