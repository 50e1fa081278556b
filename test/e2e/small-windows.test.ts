/** gRPC's own core, as most other languages use it, at windows of 64 KiB that do not grow. */
import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { startAgent } from "../helpers/agent.ts";
import { testCerts } from "../helpers/certs.ts";

/** Debian's, which python3-grpcio is installed for. */
const PYTHON = "/usr/bin/python3";
const hasGrpc =
  existsSync(PYTHON) && Bun.spawnSync([PYTHON, "-c", "import grpc"], { stderr: "ignore" }).exitCode === 0;
if (!hasGrpc) console.warn("SKIPPED the client with small windows: apt-get install python3-grpcio");

const BYTES = 100_000_000;

test.skipIf(!hasGrpc)(
  "a client with small windows reads 100 MB, live and again, and misses nothing",
  async () => {
    await using agent = await startAgent();
    using client = await agent.client();
    const certs = await testCerts();
    const { certPath, keyPath } = await certs.client({ tenant: "root", role: "admin" });
    // Numbered lines: what is lost or doubled changes the hash.
    await client.run({ name: "soak", command: "/bin/sh", args: ["-c", `seq 100000000 | head -c ${BYTES}`] });
    const read = async () => {
      const script = join(import.meta.dir, "../fixtures/small-windows.py");
      const reader = Bun.spawn(
        [PYTHON, script, agent.address, certs.ca.certPath, certPath, keyPath, "soak"],
        {
          stdout: "pipe",
          stderr: "inherit",
        },
      );
      const text = await new Response(reader.stdout).text();
      return { exitCode: await reader.exited, text: text.trim() };
    };
    const live = await read();
    const hash = createHash("sha256");
    let size = 0;
    for await (const { output } of client.streamLogs({ name: "soak" })) {
      hash.update(output);
      size += output.length;
    }
    const expected = { exitCode: 0, text: `${BYTES} ${hash.digest("hex")}` };
    expect(size).toBe(BYTES);
    expect(live).toEqual(expected);
    expect(await read()).toEqual(expected);
  },
);
