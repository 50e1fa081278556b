import { expect, test } from "bun:test";
import { createAuthority } from "../helpers/pki.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { openCommandLine } from "./lpr.ts";

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day);

test("a client certificate that ends soon is warned about on standard error, and only then", async () => {
  using dir = tempDir();
  const root = await createAuthority(dir.path, "root");
  const certificate = await root.issue({ subject: "/CN=localhost", usage: "serverAuth" });
  await using line = await openCommandLine({ certificate, ca: root.cert });
  const infoOf = async (validTo: Date, ...options: string[]) => {
    const { combinedPath } = await root.issue({
      subject: "/O=admin/CN=alice",
      validFrom: inDays(-300),
      validTo,
    });
    return line.lprWith({ ...line.env, LPR_CERT: combinedPath }, "agent", "info", "-o", "json", ...options);
  };
  const ending = await infoOf(inDays(5.5));
  expect(ending.err).toMatch(
    /^warning: your client certificate expires on .*, in 5 days; ask for a new one \(lpr certs issue\)\n$/,
  );
  expect(JSON.parse(ending.out).tenant).toBe("alice");
  expect((await infoOf(inDays(5.5), "--quiet")).err).toBe("");
  expect((await infoOf(inDays(100))).err).toBe("");
  const { combinedPath } = await root.issue({ validFrom: inDays(-300), validTo: inDays(5.5) });
  const env = { ...line.env, LPR_CERT: undefined, XDG_CONFIG_HOME: dir.join("config") };
  const words = ["auth", "login", line.agent.address, "--cert", combinedPath];
  expect(await line.lprWith(env, ...words, "-q")).toMatchObject({ code: 0, err: "" });
  const login = await line.lprWith(env, ...words);
  expect(login).toMatchObject({ code: 0, err: expect.stringContaining("in 5 days; ask for a new one") });
});

test("what an admin should see to stands in agent info", async () => {
  using dir = tempDir();
  const root = await createAuthority(dir.path, "root");
  const ending = { validFrom: inDays(-300), validTo: inDays(5.5) };
  const certificate = await root.issue({ subject: "/CN=localhost", usage: "serverAuth", ...ending });
  await using line = await openCommandLine({ certificate, ca: root.cert });
  const infoOf = async (role: string) => {
    const { combinedPath } = await root.issue({ subject: `/O=${role}/CN=alice` });
    return line.lprWith({ ...line.env, LPR_CERT: combinedPath }, "agent", "info");
  };
  expect((await infoOf("admin")).out).toMatch(
    /Warning: +the certificate of the agent expires on .*, in 5 days/,
  );
  expect((await infoOf("user")).out).not.toContain("Warning");
  expect(line.agent.logged.join("\n")).toContain("warn the certificate of the agent expires on");
});
