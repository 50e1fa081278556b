/**
 * A program of its own that runs a job on a host with an agent, and reads its output. On Bun or Node.
 *
 *     npm run build && LPR_ADDRESS=web1.example.com LPR_CERT=alice-login.pem npx bun examples/client.ts
 */
import { readFile } from "node:fs/promises";
import { connect, JobError } from "lpr/client";

const { LPR_ADDRESS: address = "localhost", LPR_CERT: login = "" } = process.env;
// A login of `lpr certs issue` holds key, certificate and authority, in this order.
const blocks = (await readFile(login, "utf8")).match(/-----BEGIN [\s\S]*?-----END [^\n]*\n/g) ?? [];
const [key = "", cert = "", ca = ""] = blocks;
const client = connect({ address, key, cert, ca });

try {
  const { name } = await client.run({
    name: "greet",
    generateName: true,
    command: "/bin/sh",
    args: ["-c", "echo hello from $(id -u); exit 3"],
  });
  // Should the connection be lost, it goes on at the exact byte.
  for await (const chunk of client.streamLogs({ name })) process.stdout.write(chunk.output);
  const { state } = await client.wait({ name });
  // One whose end nobody saw has none.
  console.log(`it is ${state.status}, ${"exitCode" in state ? `exit code ${state.exitCode}` : state.reason}`);
  await client.remove({ name });
} catch (error) {
  if (!(error instanceof JobError)) throw error;
  console.error(`${error.code}: ${error.message}`, error.hint ?? "");
  process.exitCode = 1;
} finally {
  client.close();
}
