import { expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "../../src/client/index.ts";
import { startAgent } from "../helpers/agent.ts";
import { testCerts } from "../helpers/certs.ts";
import { errorOf } from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";

/** A revocation list of the test CA that holds these certificates. */
async function revoking(certPaths: readonly string[]): Promise<string> {
  const { dir, ca } = await testCerts();
  using scratch = tempDir();
  const config = scratch.join("ca.cnf");
  writeFileSync(scratch.join("index"), "");
  writeFileSync(
    config,
    `[ca]\ndefault_ca = signer\n[signer]\ndatabase = ${scratch.join("index")}\ndefault_md = sha256\ndefault_crl_days = 30\n`,
  );
  const signer = ["-config", config, "-cert", ca.certPath, "-keyfile", join(dir, "ca-key.pem")];
  for (const path of certPaths) Bun.spawnSync(["openssl", "ca", ...signer, "-revoke", path]);
  Bun.spawnSync(["openssl", "ca", ...signer, "-gencrl", "-out", scratch.join("crl.pem")]);
  return readFileSync(scratch.join("crl.pem"), "utf8");
}

test("a client on the revocation list does not get in, others do", async () => {
  const certs = await testCerts();
  const [alice, bob] = [await certs.client({ tenant: "alice" }), await certs.client({ tenant: "bob" })];
  await using agent = await startAgent({ crl: await revoking([alice.certPath]) });
  const [revoked, valid] = [connect(await agent.options(alice)), connect(await agent.options(bob))];
  expect((await valid.info()).tenant).toBe("bob");
  const error = await errorOf(revoked.info());
  expect(error.code).toBe("UNAUTHENTICATED");
  expect(error.message).toBe("the client certificate has been revoked");
  revoked.close();
  valid.close();
});
