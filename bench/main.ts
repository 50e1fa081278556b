/**
 * `npm run bench`: what LPR costs and how fast it is, beside others in the same run. Prints a table and writes
 * dist/bench.json. `npm run bench -- --help` tells how to measure less, or more.
 */
import { join } from "node:path";
import { openLab } from "./lab/lab.ts";
import { describeMachine } from "./machine.ts";
import { readOptions } from "./options.ts";
import { parts } from "./parts.ts";
import type { PartReport } from "./result.ts";
import { renderMachine, renderTable } from "./table.ts";

const NOTES = `Medians. Certificates as lpr certs makes them (RSA 4096), keys without a passphrase; ssh with ed25519 keys
and an sshd without PAM. "ahead" and "behind" say how LPR does.
* on another machine, in another run: orientation, not a comparison`;

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    console.error(`\n${signal}: cleaning up`);
    interruption.abort(new Error(`interrupted by ${signal}`));
  });
}

process.exit(await bench(interruption.signal));

async function bench(signal: AbortSignal): Promise<number> {
  const options = optionsOrMessage();
  if (typeof options === "string") {
    console.error(options);
    return 2;
  }
  if (options === undefined) return 0;
  const [date, machine] = [new Date(), await describeMachine()];
  const reports: Record<string, PartReport> = {};
  let skipped = "";
  try {
    console.error("making certificates, starting agent and sshd");
    await using lab = await openLab({ signal, manyJobs: options.manyJobs });
    for (const name of options.parts) {
      const start = performance.now();
      process.stderr.write(`measuring ${name} `);
      const measure = parts[name];
      if (measure) reports[name] = await measure(lab);
      console.error(`(${((performance.now() - start) / 1_000).toFixed(1)} s)`);
    }
    if (lab.ssh === undefined) skipped = `SKIPPED, all comparisons with ssh: ${lab.noSsh}\n`;
  } catch (error) {
    if (signal.aborted) return 130;
    throw error;
  }
  const results = Object.values(reports).flatMap((report) => report.results);
  console.log(`\n${renderMachine(machine, date)}\n\n${renderTable(results)}\n\n${skipped}${NOTES}`);
  const path = join(import.meta.dir, "../dist/bench.json");
  await Bun.write(
    path,
    `${JSON.stringify({ date, machine, manyJobs: options.manyJobs, skipped, reports }, null, 2)}\n`,
  );
  console.log("\nwritten to dist/bench.json");
  return 0;
}

function optionsOrMessage(): ReturnType<typeof readOptions> | string {
  try {
    return readOptions(process.argv.slice(2), Object.keys(parts));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
