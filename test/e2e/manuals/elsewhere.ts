/** A command of the manuals that the machine of these tests cannot run as it is printed. */
export interface Elsewhere {
  /** As it is printed, comments left out. */
  readonly command: string;
  readonly why: string;
  /** Where else it is tested: a file, from the top of the repository. */
  readonly testedIn?: string;
  /** Run in its place, so that what follows finds what it would have made; tools.sh has helpers. */
  readonly instead?: string;
}

const NO_SYSTEMD = "the machine has no systemd";
const NPM = "it would build the checkout that is under test, from the registry";
const CHECKOUT = "the machine's reader is in another directory than the checkout";
const BUN = 'node "$LPR_REPOSITORY/tools/bun.mjs"';
const MEASURES = "it measures for minutes, on a machine that should be doing nothing else";
const BENCH_HELP = 'node "$LPR_REPOSITORY/tools/bun.mjs" "$LPR_REPOSITORY/bench/main.ts" --help';

/** Whatever is neither here nor run as printed fails the tests, and so does an entry that no manual has any more. */
export const ELSEWHERE: readonly Elsewhere[] = [
  { command: "npm ci && npm run demo", why: NPM, testedIn: "test/e2e/demo.test.ts" },
  { command: "npm ci && npm test", why: "this is a part of it", testedIn: ".ci/run" },
  { command: "npm ci", why: NPM, testedIn: ".ci/run" },
  {
    command: "npm run release -- --only linux-x64",
    why: NPM,
    testedIn: "test/e2e/release.test.ts",
    instead: 'mkdir dist && cp -r "$LPR_RELEASE" dist/release',
  },
  {
    command: 'LPR_BASE_URL="file://$PWD/release" sh release/install.sh --agent --certs web1.example.com',
    why: NO_SYSTEMD,
    testedIn: "test/vm/install/run.ts",
    instead: "installed_agent web1.example.com",
  },
  {
    command: "sh install.sh --agent --certs web1.example.com",
    why: NO_SYSTEMD,
    testedIn: "test/vm/install/run.ts",
    instead: "installed_agent web1.example.com",
  },
  {
    command: "scp -p /etc/lpr/certs/agents/web1.example.com/*.pem root@web1.example.com:/etc/lpr/",
    why: "there is one machine, without sshd",
    instead: "cp -p /etc/lpr/certs/agents/web1.example.com/*.pem /etc/lpr/",
  },
  {
    command: "systemctl stop lpr && tar -C /var/lib -cf lpr.tar lpr; systemctl start lpr",
    why: NO_SYSTEMD,
    testedIn: "test/vm/install/run.ts",
    instead:
      "end_agent && tar -C /var/lib -cf lpr.tar lpr; begin_agent && lpr job get web | grep 'has been running'",
  },
  { command: "npm ci && npm run build && npm pack", why: NPM, testedIn: "test/e2e/library.test.ts" },
  { command: "npm install ../lpr/lpr-0.1.0.tgz", why: NPM, testedIn: "test/e2e/library.test.ts" },
  {
    command: "npx bun examples/library.ts",
    why: CHECKOUT,
    instead: `${BUN} "$LPR_REPOSITORY/examples/library.ts" | grep "forever: FAILED with exit code 143"`,
  },
  {
    command: "LPR_ADDRESS=web1.example.com LPR_CERT=alice-login.pem npx bun examples/client.ts",
    why: CHECKOUT,
    instead: `LPR_ADDRESS=web1.example.com LPR_CERT=alice-login.pem ${BUN} "$LPR_REPOSITORY/examples/client.ts" |
      grep "it is FAILED, exit code 3"`,
  },
  { command: "npm run bench", why: MEASURES, instead: BENCH_HELP },
  { command: "npm run bench -- --only logs,follow", why: MEASURES, instead: BENCH_HELP },
  { command: "npm run bench -- --full", why: MEASURES, instead: BENCH_HELP },
];

/** Programs other than lpr that manuals name, with what they are given, within lines of text: none of these is run. */
export const IN_PASSING: readonly { readonly text: RegExp; readonly why: string }[] = [
  { text: /^npm (ci && npm )?run \S+|^npm test$/, why: "readme.test.ts looks whether the script is there" },
  { text: /^(systemctl|journalctl) /, why: NO_SYSTEMD },
  { text: /^(sh )?install\.sh --(agent|uninstall)$/, why: "run in a block, or on the list above" },
  { text: /^apt-get install openssl$/, why: "prerequisite of these tests" },
  { text: /^gh attestation verify /, why: "there is no attestation before there is a release on GitHub" },
  { text: /^grpcurl /, why: "Debian has no grpcurl; test/agent/reflection.test.ts asks what it would" },
  { text: /^scp DIR\/ca\/crl\.pem root@HOST:/, why: "another host" },
  { text: /^tail -F FILE \| logger /, why: "the machine has no syslog" },
  { text: /^install lpr \/usr\/local\/bin\/lpr$/, why: "install(1); test/vm/install upgrades by install.sh" },
  {
    text: /^man (dist\/man\/)?lpr-/,
    why: "minimal systems have no man; test/tools/man.test.ts has mandoc read all pages",
  },
  { text: /^(docker run|ssh host cmd|ssh true|tail -f)$/, why: "what LPR is compared with" },
];
