import { beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { testRelease } from "../helpers/release.ts";
import { onSystemdHost, whyNoSystemdHost } from "../helpers/systemd-host.ts";

const installer = join(import.meta.dir, "../../install.sh");
const { version } = packageJson;
/** Only turns a hang into a failure. */
const SLOW = 300_000;

/** Runs a script on a host of its own, where `$install` is install.sh. */
async function onHost(script: string) {
  const env = { LPR_BASE_URL: `file://${await testRelease()}`, install: `sh ${installer}` };
  return await onSystemdHost(script, env);
}

describe.skipIf(whyNoSystemdHost !== undefined)(`below systemd (${whyNoSystemdHost ?? "as root"})`, () => {
  beforeAll(async () => void (await testRelease()), SLOW);

  test(
    "an agent is set up also where no program may run in the directory for temporary files",
    async () => {
      const { exitCode, stdout, stderr } = await onHost(`
        mkdir /run/tmp && mount -t tmpfs -o noexec tmpfs /run/tmp
        TMPDIR=/run/tmp $install --agent && lpr agent config check && ls -A /usr/local/bin | grep lpr`);
      expect(stderr).toBe("");
      expect(stdout).toStartWith(`lpr ${version} is in /usr/local/bin\n`);
      expect(stdout).toEndWith("/etc/lpr/agent.yaml: no problem found\nlpr\n");
      expect(exitCode).toBe(0);
    },
    SLOW,
  );
});
