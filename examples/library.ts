/**
 * A program of its own that runs jobs with the library: no agent, no network.
 *
 *     npm run build && npx bun examples/library.ts
 *
 * A program elsewhere installs the package that `npm run build && npm pack` makes. The library runs in Bun; the client of
 * an agent, `import { connect } from "lpr/client"`, in Node as well.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JobError, JobService } from "lpr";

const stateDir = await mkdtemp(join(tmpdir(), "lpr-example-"));
const jobs = await JobService.open({ stateDir, cgroup: { mode: "auto" } });
console.log(`this host controls jobs at level "${jobs.capabilities.level}"`);

try {
  // The output is followed while the job runs. Leaving the loop early frees everything behind it.
  await jobs.run({
    name: "greet",
    command: "/bin/sh",
    args: ["-c", "echo hello; sleep 0.2; echo $NAME"],
    env: ["NAME=world"],
  });
  for await (const chunk of jobs.streamLogs({ name: "greet" })) process.stdout.write(chunk.output);
  const greet = await jobs.wait({ name: "greet" });
  console.log(`${greet.name}: ${greet.state.status}`);

  // A job that would run for ever is asked to end, and killed if it does not.
  await jobs.run({ name: "forever", command: "sleep", args: ["infinity"] });
  const stopped = await jobs.stop({ name: "forever", gracePeriodMs: 1_000 });
  console.log(`forever: ${stopped.status} with exit code ${stopped.exitCode}`);

  // Every problem of an input is reported at once, before anything is started.
  await jobs.run({ name: "../x", command: "", env: ["NOEQ"] });
} catch (error) {
  if (!(error instanceof JobError)) throw error;
  console.log(`${error.code}: ${error.message}`);
} finally {
  await jobs.shutdown();
  await rm(stateDir, { recursive: true });
}
