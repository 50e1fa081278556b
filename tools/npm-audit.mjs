// Asks the registry whether any locked package has a known vulnerability. Not every registry answers that (mirrors
// often do not): then nothing has been checked, and this says so. With LPR_AUDIT=required that is a failure.
import { spawnSync } from "node:child_process";

const { stdout, error } = spawnSync("npm", ["audit", "--json"], { encoding: "utf8", timeout: 120_000 });
const report = parse(stdout);
const counts = report?.metadata?.vulnerabilities;

if (counts === undefined) {
  const why = report?.message ?? error?.message ?? "npm audit ended without a report";
  console.log(`NOT CHECKED for known vulnerabilities: the registry does not answer npm audit (${why})`);
  process.exitCode = process.env.LPR_AUDIT === "required" ? 1 : 0;
} else if (counts.total > 0) {
  for (const { name, severity, via } of Object.values(report.vulnerabilities)) {
    const what = via.map((each) => (typeof each === "string" ? `through ${each}` : each.title)).join("; ");
    console.log(`${severity}: ${name}: ${what}`);
  }
  console.log(`${counts.total} packages with known vulnerabilities; npm audit tells more`);
  process.exitCode = 1;
} else {
  console.log(`no known vulnerability in ${report.metadata.dependencies.total} packages`);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
