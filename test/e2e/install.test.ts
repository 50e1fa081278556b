import { beforeAll, describe, expect, test } from "bun:test";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { installer } from "../../tools/release/installer.ts";
import { outcomeOf } from "../helpers/binary.ts";
import { testRelease } from "../helpers/release.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const root = join(import.meta.dir, "../..");
const { version } = packageJson;
const archive = `lpr-${version}-${process.platform}-${process.arch}.tar.gz`;
/** Only turns a hang into a failure. */
const SLOW = 300_000;
const path = process.env["PATH"] ?? "";
let release = "";

beforeAll(async () => {
  release = await testRelease();
}, SLOW);

/** Somebody's machine, and the release as that machine gets it. */
function machine({ shell = ["sh"] }: { readonly shell?: readonly string[] } = {}) {
  const dir = tempDir();
  const bin = dir.join("bin");
  return {
    ...{ dir, bin, lpr: join(bin, "lpr") },
    /** A copy of the release, to be spoilt. */
    ownRelease() {
      cpSync(release, dir.join("release"), { recursive: true });
      return dir.join("release");
    },
    install: (words: readonly string[] = [], env: Record<string, string> = {}) =>
      outcomeOf([...shell, join(root, "install.sh"), ...words], {
        env: { PATH: path, HOME: dir.path, LPR_BASE_URL: `file://${release}`, LPR_INSTALL_DIR: bin, ...env },
      }),
    [Symbol.dispose]: () => dir[Symbol.dispose](),
  };
}

const shells = [["dash"], ["bash", "--posix"], ["busybox", "sh"]];

describe.each(shells)("under %s", (...shell) => {
  test.skipIf(Bun.which(shell[0] ?? "") === null)(
    "lpr is installed, runs, and is installed again to no effect",
    async () => {
      using here = machine({ shell });
      const first = await here.install();
      expect(first).toMatchObject({ exitCode: 0, stderr: "" });
      expect(first.stdout).toContain(`lpr ${version} is in ${here.bin}\nnext: add ${here.bin} to your PATH`);
      expect((await outcomeOf([here.lpr, "version"])).stdout).toStartWith(`lpr ${version} `);
      const { ino, mode } = statSync(here.lpr);
      expect(mode & 0o777).toBe(0o755);
      const again = await here.install([], { PATH: `${here.bin}:${path}` });
      expect(again).toMatchObject({ exitCode: 0, stderr: "" });
      expect(again.stdout).toBe(
        `lpr ${version} is already in ${here.bin}\nnext: lpr auth login HOST --client-cert FILE\n`,
      );
      expect(statSync(here.lpr).ino).toBe(ino);
      expect(readdirSync(here.bin)).toEqual(["lpr"]);
    },
    SLOW,
  );
});

test(
  "an lpr that is running is replaced in one step",
  async () => {
    using here = machine();
    mkdirSync(here.bin);
    writeFileSync(here.lpr, "#!/bin/sh\necho old\n", { mode: 0o755 });
    const { ino } = statSync(here.lpr);
    expect((await here.install()).exitCode).toBe(0);
    expect(statSync(here.lpr).ino).not.toBe(ino);
    expect((await outcomeOf([here.lpr, "version"])).stdout).toStartWith(`lpr ${version} `);
  },
  SLOW,
);

describe("nothing is changed", () => {
  /** An installation that fails must leave the old lpr, and nothing of its own. */
  async function failing(
    here: ReturnType<typeof machine>,
    words: readonly string[],
    env: Record<string, string>,
  ) {
    mkdirSync(here.bin);
    writeFileSync(here.lpr, "old");
    mkdirSync(here.dir.join("tmp"));
    const outcome = await here.install(words, { TMPDIR: here.dir.join("tmp"), ...env });
    expect(readFileSync(here.lpr, "utf8")).toBe("old");
    expect(readdirSync(here.bin)).toEqual(["lpr"]);
    expect(readdirSync(here.dir.join("tmp"))).toEqual([]);
    expect(outcome).toMatchObject({ exitCode: 1, stdout: "" });
    return outcome.stderr;
  }

  test(
    "when the archive is not the one that was published",
    async () => {
      using here = machine();
      const own = here.ownRelease();
      writeFileSync(join(own, archive), "x", { flag: "a" });
      const complaint = await failing(here, [], { LPR_BASE_URL: `file://${own}` });
      expect(complaint).toContain(`${archive} is damaged or has been changed: its SHA-256 is `);
    },
    SLOW,
  );

  test("when the release has nothing for this platform", async () => {
    using here = machine();
    const own = here.ownRelease();
    writeFileSync(join(own, "SHA256SUMS"), `${"0".repeat(64)}  lpr-${version}-plan9-mips.tar.gz\n`);
    const complaint = await failing(here, [], { LPR_BASE_URL: `file://${own}` });
    expect(complaint).toBe(
      `install.sh: the release at file://${own} has no lpr for ${process.platform}-${process.arch}\n`,
    );
  });

  test("when another version is wanted than the release has", async () => {
    using here = machine();
    const complaint = await failing(here, ["--version", "v9.9.9"], {});
    expect(complaint).toContain(`is version ${version}, not 9.9.9`);
  });

  test("when there is a directory of that name", async () => {
    using here = machine();
    mkdirSync(here.lpr, { recursive: true });
    const { exitCode, stdout, stderr } = await here.install();
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toBe(
      `install.sh: ${here.lpr} is a directory\nhint: LPR_INSTALL_DIR takes another directory\n`,
    );
    expect(readdirSync(here.bin)).toEqual(["lpr"]);
    expect(readdirSync(here.lpr)).toEqual([]);
  });

  test("when there is no release", async () => {
    using here = machine();
    const url = `file://${here.dir.path}/none`;
    const complaint = await failing(here, [], { LPR_BASE_URL: url });
    // What cp says, and then what it means.
    expect(complaint).toMatch(/^cp: .*none\/SHA256SUMS.*\n/);
    expect(complaint).toEndWith(`\ninstall.sh: cannot get ${url}/SHA256SUMS\n`);
  });

  test("when what was unpacked does not run on this machine", async () => {
    using here = machine();
    const own = here.ownRelease();
    mkdirSync(here.dir.join("fake"));
    writeFileSync(here.dir.join("fake/lpr"), "#!/bin/sh\necho 'GLIBC_2.17 not found' >&2\nexit 1\n", {
      mode: 0o755,
    });
    const pack = ["tar", "-czf", join(own, archive), "-C", here.dir.join("fake"), "lpr"];
    expect((await outcomeOf(pack, { env: { PATH: path } })).exitCode).toBe(0);
    const sum = new Bun.CryptoHasher("sha256").update(readFileSync(join(own, archive))).digest("hex");
    writeFileSync(join(own, "SHA256SUMS"), `${sum}  ${archive}\n`);
    const complaint = await failing(here, [], { LPR_BASE_URL: `file://${own}` });
    expect(complaint).toContain("lpr does not run on this machine: GLIBC_2.17 not found\n");
  });

  test.each([
    ["http://example.com", "LPR_BASE_URL must begin with https:// or file:///, got http://example.com"],
    ["", "this install.sh does not know where releases are"],
  ])("when LPR_BASE_URL is %j", async (url, message) => {
    using here = machine();
    expect(await failing(here, [], { LPR_BASE_URL: url })).toContain(`install.sh: ${message}\n`);
  });

  test.each([
    [["--nope"], "unknown option --nope"],
    [["--version"], "--version needs a value"],
    [["--certs", "localhost"], "--certs goes with --agent"],
    [["--force"], "--force goes with --uninstall"],
  ])("by %j", async (words, message) => {
    using here = machine();
    expect(await failing(here, words, {})).toContain(`install.sh: ${message}\n`);
  });

  test("when a download of the script itself breaks off, at whatever line", async () => {
    using here = machine();
    const lines = readFileSync(join(root, "install.sh"), "utf8").split("\n");
    const script = here.dir.join("part.sh");
    for (let count = 1; count < lines.length - 1; count += 7) {
      writeFileSync(script, lines.slice(0, count).join("\n"));
      await outcomeOf(["sh", script], {
        env: {
          PATH: path,
          HOME: here.dir.path,
          LPR_BASE_URL: `file://${release}`,
          LPR_INSTALL_DIR: here.bin,
        },
      });
      expect(existsSync(here.bin), `${count} lines`).toBe(false);
    }
  });
});

test("an agent is not set up where no agent can be, before anything is changed", async () => {
  using here = machine();
  const { exitCode, stderr } = await here.install(["--agent"]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /--agent needs root|does not run systemd|the agent's unit runs \/usr\/local\/bin\/lpr/,
  );
  expect(existsSync(here.bin)).toBe(false);
});

test(
  "manual pages and completions are put beside a bin directory, and what a release has no more goes with the next",
  async () => {
    using here = machine({ shell: ["sh", "-c", 'umask 077 && exec sh "$@"', "sh"] });
    const share = here.dir.join("share");
    expect(await here.install()).toMatchObject({ exitCode: 0, stderr: "" });
    const man = Bun.spawnSync(["cat", join(share, "man/man1/lpr-job-run.1")]).stdout.toString();
    expect(man).toContain('.TH "LPR\\-JOB\\-RUN" 1');
    for (const path of [
      ...["man/man5/lpr-job.yaml.5", "man/man7/lpr-limits.7", "lpr/THIRD-PARTY-LICENSES.txt"],
      ...["bash-completion/completions/lpr", "zsh/site-functions/_lpr", "fish/vendor_completions.d/lpr.fish"],
    ]) {
      const modes = [path, dirname(path)].map((it) => statSync(join(share, it)).mode & 0o777);
      expect(modes, path).toEqual([0o644, 0o755]);
    }
    // As if the release before had had it; and one that somebody else has put there.
    const [old, foreign] = [join(share, "man/man1/lpr-old.1"), join(share, "man/man1/lpr-foreign.1")];
    for (const path of [old, foreign]) writeFileSync(path, "");
    writeFileSync(join(share, "lpr/installed"), `${old}\n`, { flag: "a" });
    await here.install();
    expect([existsSync(old), existsSync(foreign)]).toEqual([false, true]);
    expect(existsSync(join(share, "man/man1/lpr.1"))).toBe(true);

    await here.install(["--uninstall"]);
    const left = readdirSync(share, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(left.map(({ name }) => name)).toEqual(["lpr-foreign.1"]);
  },
  SLOW,
);

test(
  "lpr is installed also where its manual pages cannot be, and says so",
  async () => {
    using here = machine();
    writeFileSync(here.dir.join("share"), "a file");
    const { exitCode, stdout, stderr } = await here.install();
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`lpr ${version} is in ${here.bin}\n`);
    expect(stderr).toBe(
      `install.sh: manual pages and completions cannot be put into ${here.dir.join("share")}\n`,
    );
  },
  SLOW,
);

test(
  "a directory that is named from where one is can be uninstalled from elsewhere",
  async () => {
    using here = machine({ shell: ["sh", "-c", 'cd "$HOME" && exec sh "$@"', "sh"] });
    const { stdout } = await here.install([], { LPR_INSTALL_DIR: "./mine/bin/" });
    expect(stdout).toStartWith(`lpr ${version} is in ${here.dir.path}/./mine/bin\n`);
    await here.install(["--uninstall"], { LPR_INSTALL_DIR: here.dir.join("mine/bin") });
    const left = readdirSync(here.dir.join("mine"), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  },
  SLOW,
);

test(
  "a directory that is no bin gets lpr alone",
  async () => {
    using here = machine();
    const tools = here.dir.join("tools");
    expect((await here.install([], { LPR_INSTALL_DIR: tools })).exitCode).toBe(0);
    expect(readdirSync(here.dir.path)).toEqual(["tools"]);
    expect(readdirSync(tools)).toEqual(["lpr"]);
  },
  SLOW,
);

test(
  "lpr is uninstalled, and once more to no effect",
  async () => {
    using here = machine();
    await here.install();
    expect(await here.install(["--uninstall"])).toEqual({
      exitCode: 0,
      stdout: `${here.lpr} is removed\n`,
      stderr: "",
    });
    expect(existsSync(here.lpr)).toBe(false);
    expect(await here.install(["--uninstall"])).toEqual({
      exitCode: 0,
      stdout: `there is no lpr in ${here.bin}\n`,
      stderr: "",
    });
  },
  SLOW,
);

test(
  "without LPR_INSTALL_DIR an ordinary user's lpr goes into ~/.local/bin",
  async () => {
    using here = machine();
    // Whoever runs this test: an id that says 1000.
    mkdirSync(here.dir.join("tools"));
    writeFileSync(here.dir.join("tools/id"), "#!/bin/sh\necho 1000\n", { mode: 0o755 });
    const { exitCode } = await here.install([], {
      LPR_INSTALL_DIR: "",
      PATH: `${here.dir.join("tools")}:${path}`,
    });
    expect(exitCode).toBe(0);
    expect(existsSync(here.dir.join(".local/bin/lpr"))).toBe(true);
  },
  SLOW,
);

test("musl is refused with its name", async () => {
  using here = machine();
  const tools = here.dir.join("tools");
  mkdirSync(tools);
  // The other machine: its loader of glibc is not here. And one that has musl's.
  const other = process.arch === "x64" ? "aarch64" : "x86_64";
  writeFileSync(join(tools, "uname"), `#!/bin/sh\n[ "$1" = -m ] && echo ${other} || echo Linux\n`, {
    mode: 0o755,
  });
  writeFileSync(join(tools, "ls"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
  const { exitCode, stderr } = await here.install([], { PATH: `${tools}:${path}` });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^install\.sh: lpr needs glibc 2\.17 or later, and there is no \/lib.*\nhint: this system uses musl: /,
  );
});

test.skipIf(Bun.which("shellcheck") === null)("shellcheck has nothing to say about install.sh", async () => {
  const { stdout } = await outcomeOf(["shellcheck", join(root, "install.sh")], { env: { PATH: path } });
  expect(stdout).toBe("");
});

test("the installer of a release knows where releases are", async () => {
  using here = machine();
  const script = here.dir.join("install.sh");
  writeFileSync(script, installer(root, "https://example.invalid/lpr/releases/"));
  const tools = here.dir.join("tools");
  mkdirSync(tools);
  writeFileSync(
    join(tools, "curl"),
    '#!/bin/sh\nfor last; do :; done; echo "asked for $last" >&2; exit 1\n',
    { mode: 0o755 },
  );
  const ask = async (...words: string[]) => {
    const env = { PATH: `${tools}:${path}`, HOME: here.dir.path, LPR_INSTALL_DIR: here.bin };
    return (await outcomeOf(["sh", script, ...words], { env })).stderr.split("\n")[0];
  };
  const releases = "https://example.invalid/lpr/releases";
  expect(await ask()).toBe(`asked for ${releases}/latest/download/SHA256SUMS`);
  expect(await ask("--version", "1.2.3")).toBe(`asked for ${releases}/download/v1.2.3/SHA256SUMS`);
  expect(() => installer(root, "https://example.com/'; rm -rf /")).toThrow("special characters");
});
