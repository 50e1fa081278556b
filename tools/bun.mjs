#!/usr/bin/env node
// Runs the Bun that npm installed. Node runs this file, so that a machine needs only Node and npm.
// node_modules/.bin/bun is a placeholder until an install script has replaced it, and npm may be told
// not to run install scripts; the binary itself is in the package of the platform either way.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("../node_modules", import.meta.url));

function findBun() {
  const linked = `${modules}/bun/bin/bun.exe`;
  const oneMegabyte = 2 ** 20;
  if (existsSync(linked) && statSync(linked).size > oneMegabyte) return linked;
  const platforms = existsSync(`${modules}/@oven`) ? readdirSync(`${modules}/@oven`) : [];
  return platforms.map((name) => `${modules}/@oven/${name}/bin/bun`).find((path) => existsSync(path));
}

const bun = findBun();
if (bun === undefined) {
  console.error("Bun is not installed in node_modules.\nRun: npm ci");
  process.exit(1);
}

const child = spawn(bun, process.argv.slice(2), { stdio: "inherit" });
child.on("error", (error) => {
  console.error(`cannot run ${bun}: ${error.message}`);
  process.exit(1);
});
// A terminal sends Ctrl-C to both of us: Bun decides what it means, we wait and report.
process.on("SIGINT", () => undefined);
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
