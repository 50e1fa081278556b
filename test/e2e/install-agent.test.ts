import { beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { quickOpenssl } from "../certs/recipe.ts";
import { testRelease } from "../helpers/release.ts";
import { onSystemdHost, whyNoSystemdHost } from "../helpers/systemd-host.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const installer = join(import.meta.dir, "../../install.sh");
const { version } = packageJson;
/** Only turns a hang into a failure. */
const SLOW = 300_000;

/** Runs a script on a host of its own, where `$install` is install.sh. */
async function onHost(script: string) {
  using quick = tempDir();
  // RSA 4096 takes its time.
  quickOpenssl(quick.path);
  const env = {
    LPR_BASE_URL: `file://${await testRelease()}`,
    ...{ install: `sh ${installer}`, quick: quick.path },
  };
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

  /** As it was left by install.sh. */
  const INSTALLED = "$install --agent >/dev/null && : >/run/systemctl";
  const LEFT =
    "find /etc/lpr /var/lib/lpr /usr/local/bin/lpr /etc/systemd/system/lpr* -prune 2>/dev/null | sort";

  test.each([
    ["cgroup v2", "/sys/fs/cgroup/system.slice/lpr-jobs.service/LPR"],
    ["cgroup v1 and v2", "/sys/fs/cgroup/unified/LPR"],
  ])(
    "with %s an agent is uninstalled when no job runs, and not before",
    async (_, group) => {
      const { stdout, stderr } = await onHost(`
        ${INSTALLED}
        mkdir -p ${group}/lpr.supervisors ${group}/web
        $install --uninstall || cat /run/systemctl && ${LEFT}
        rmdir ${group}/web
        $install --uninstall >/dev/null && cat /run/systemctl && ${LEFT}`);
      expect(stderr).toBe("install.sh: 1 jobs are running\nhint: --uninstall --force stops them\n");
      expect(stdout.trimEnd().split("\n")).toEqual([
        ...["/etc/lpr", "/etc/systemd/system/lpr-jobs.service", "/etc/systemd/system/lpr.service"],
        ...["/usr/local/bin/lpr", "/var/lib/lpr"],
        ...["--quiet disable --now lpr.service lpr-jobs.service", "daemon-reload"],
        ...["/etc/lpr", "/var/lib/lpr"],
      ]);
    },
    SLOW,
  );

  test(
    "jobs that run are stopped by --force, by an agent that does not keep them",
    async () => {
      const { stdout } = await onHost(`
        ${INSTALLED}
        mkdir -p /sys/fs/cgroup/system.slice/lpr-jobs.service/LPR/web
        # What systemd starts anew.
        sed -i '2i case $1 in restart) grep ^ExecStart= /etc/systemd/system/lpr.service >>/run/systemctl ;; esac' /run/bin/systemctl
        $install --uninstall --force >/dev/null; cat /run/systemctl; ${LEFT}`);
      expect(stdout).toBe(
        [
          "daemon-reload",
          "ExecStart=/usr/local/bin/lpr agent serve --on-shutdown stop --cgroup-root /sys/fs/cgroup/system.slice/lpr-jobs.service/LPR",
          "restart lpr.service",
          "--quiet disable --now lpr.service lpr-jobs.service",
          "daemon-reload",
          "/etc/lpr",
          "/var/lib/lpr\n",
        ].join("\n"),
      );
    },
    SLOW,
  );

  test(
    "who uninstalls an lpr of another directory leaves the agent alone",
    async () => {
      const { stdout, stderr } = await onHost(`
        ${INSTALLED}
        export LPR_INSTALL_DIR=/usr/local/tools
        $install >/dev/null && $install --uninstall && cat /run/systemctl && ls /usr/local/bin/lpr /etc/systemd/system/lpr.service`);
      expect({ stdout, stderr }).toEqual({
        stdout: "/usr/local/tools/lpr is removed\n/etc/systemd/system/lpr.service\n/usr/local/bin/lpr\n",
        stderr: "",
      });
    },
    SLOW,
  );

  test(
    "certificates that were not put in place, as something broke off, are when it is run again",
    async () => {
      const { exitCode, stdout, stderr } = await onHost(`
        PATH=$quick:$PATH
        # What is killed before it has put the certificate itself there.
        printf '#!/bin/sh\\ncase "$*" in *" /etc/lpr/agent.pem.new") kill -9 $PPID ;; esac\\nexec /usr/bin/install "$@"\\n' >/run/bin/install
        chmod 755 /run/bin/install
        $install --agent --certs web1.example.com >/dev/null 2>&1; rm /run/bin/install
        ls /etc/lpr/*.pem
        $install --agent --certs web1.example.com >/dev/null && ls /etc/lpr/*.pem &&
          cmp /etc/lpr/agent.pem /etc/lpr/certs/agents/web1.example.com/agent.pem`);
      expect({ exitCode, stdout, stderr }).toEqual({
        exitCode: 0,
        stdout: `${["agent-key", "ca", "agent-key", "agent", "ca"].map((name) => `/etc/lpr/${name}.pem`).join("\n")}\n`,
        stderr: "",
      });
    },
    SLOW,
  );

  test(
    "an upgrade restarts an agent that serves with certificates of another directory",
    async () => {
      const { stdout } = await onHost(`
        ${INSTALLED}
        $install --agent | grep -c '^next: lpr certs init'
        touch /run/active && $install --agent | grep -e '^the agent' -e '^next: lpr certs init'; tail -n 1 /run/systemctl`);
      expect(stdout).toBe("1\nthe agent serves: systemctl status lpr\nrestart lpr.service\n");
    },
    SLOW,
  );

  test(
    "parts of the unit that the host needs no more go with the next installation, an administrator's own stay",
    async () => {
      const { stdout, stderr } = await onHost(`
        parts=/etc/systemd/system/lpr.service.d
        mkdir -p /etc/lpr $parts && echo secret >/etc/lpr/passphrase && touch $parts/override.conf
        mv /run/bin/stat /run/stat && $install --agent >/dev/null && ls $parts
        mv /run/stat /run/bin/stat && rm /etc/lpr/passphrase && $install --agent >/dev/null && ls $parts
        $install --uninstall >/dev/null && ls $parts`);
      expect({ stdout, stderr }).toEqual({
        stdout: "cgroup-v1.conf\noverride.conf\npassphrase.conf\noverride.conf\noverride.conf\n",
        stderr: "",
      });
    },
    SLOW,
  );
});
