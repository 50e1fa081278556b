/**
 * `npm run screenshots`: the pictures in docs/images, taken of the real binary in a real terminal, with an agent of their
 * own. Needs what Debian has as tmux, librsvg2-bin, pngquant, fonts-dejavu-core and openssl.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ownCgroupRoot } from "../../demo/host.ts";
import { Session } from "../../demo/session.ts";
import { svgOf } from "./svg.ts";
import { Terminal } from "./terminal.ts";

const root = join(import.meta.dir, "../..");
const images = join(root, "docs/images");
const [COLUMNS, ROWS] = [108, 48];
const MOST_BYTES = 100_000;

for (const needed of ["tmux", "rsvg-convert", "pngquant", "openssl"]) {
  if (Bun.which(needed) === null) throw new Error(`${needed} is not installed: read ${import.meta.file}`);
}
const binaries = join(root, "dist");
const cgroupRoot = ownCgroupRoot();
const interruption = new AbortController();
process.on("SIGINT", () => interruption.abort(new Error("interrupted")));

mkdirSync(images, { recursive: true });
await using session = new Session({ binaries, cgroupRoot, interrupted: interruption.signal, env: {} });
await prepare();
using terminal = new Terminal({
  ...{ dir: session.dir, columns: COLUMNS, rows: ROWS },
  env: { PATH: [binaries, process.env["PATH"] ?? ""].join(delimiter), HOME: session.dir },
});
await takeAll();

/** An agent, a login, and jobs that something can be seen of. */
async function prepare(): Promise<void> {
  const port = freePort();
  const files = "pki/agents/localhost";
  for (const words of ["init", "issue-agent localhost", "issue alice --role admin"]) {
    await session.type(`lpr certs ${words} --dir pki --no-passphrase`, { brief: true });
  }
  await session.startAgent([
    ...["--listen", `127.0.0.1:${port}`, "--state-dir", join(session.dir, "state"), "--shared-account"],
    ...(cgroupRoot === undefined ? ["--cgroups", "off"] : ["--cgroup-root", cgroupRoot]),
    ...["--ca", `${files}/ca.pem`, "--cert", `${files}/agent.pem`, "--key", `${files}/agent-key.pem`],
  ]);
  const login = "--client-cert pki/clients/alice/alice-login.pem";
  await session.type(`lpr auth login localhost:${port} --name web1 ${login}`);
  const busy = "while :; do head -c 20000000 /dev/urandom | sha256sum >/dev/null; sleep 0.2; done";
  await session.type("lpr job run nightly-backup --label team=db --wait -- /bin/true");
  await session.type("lpr job run deploy --wait -- /bin/sh -c 'exit 3'", { exitCode: 3 });
  await session.type("lpr job run report --timeout 1s --wait -- sleep 60", { exitCode: 143 });
  await session.type(`lpr job run indexer --label team=search -- /bin/sh -c '${busy}'`);
  await session.type(
    "lpr job run web --label team=web --kill-mode all -- /bin/sh -c 'sleep infinity & sleep infinity'",
  );
}

async function takeAll(): Promise<void> {
  await take("help", "lpr --help", /tell more\.\n\$$/);
  const build = 'echo "compile: ok"; echo "test: 1 of 212 failed" >&2; exit 3';
  await take(
    "follow",
    `lpr job run build --follow -- /bin/sh -c '${build}'; echo "exit code $?"`,
    /^exit code 3/m,
  );
  await take("list", "lpr job list", /nightly-backup[^\n]*\n\$$/);
  await take("get", "lpr job get report", /\n\$$/);
  await take("error", "lpr job run web --memroy 1G -e NOVALUE --timeout 10 -- ./server", /hint: [^\n]*\n\$$/);
  // The second sample is the first that knows rates.
  await take("stats", "lpr job stats", /indexer +\d/);
  terminal.interrupt();
}

async function take(name: string, line: string, wanted: RegExp): Promise<void> {
  const screen = await terminal.shows(line, wanted);
  const [svg, png] = [join(session.dir, `${name}.svg`), join(images, `${name}.png`)];
  // The prompt that waits for the next line belongs to no picture.
  await Bun.write(svg, svgOf(screen.trimEnd().replace(/\n\$ ?$/, ""), COLUMNS));
  run("rsvg-convert", "-o", png, svg);
  run("pngquant", "--speed", "1", "--force", "--output", png, "32", png);
  const { length } = readFileSync(png);
  if (length > MOST_BYTES) throw new Error(`${png} has ${length} bytes, more than a page should load`);
  console.log(`${png}: ${length} bytes`);
}

function run(...command: string[]): void {
  const { exitCode, stderr } = Bun.spawnSync(command);
  if (exitCode !== 0) throw new Error(`${command[0]}: ${stderr}`);
}

function freePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const { port } = probe;
  probe.stop(true);
  return port;
}
