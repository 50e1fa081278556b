import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Outcome, outcomeOf } from "./binary.ts";
import { tempDir } from "./temp-dir.ts";

/** Why there can be no such host here; undefined where there can. */
export const whyNoSystemdHost: string | undefined = (() => {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "it takes root on Linux";
  const tried = Bun.spawnSync(["unshare", "--mount", "/bin/true"]);
  return tried.exitCode === 0 ? undefined : `no mount namespace can be made: ${tried.stderr}`;
})();

/**
 * $1 is an empty directory, $2 a script. What is written to /etc, /usr/local and /var is gone with it. Groups of jobs are
 * plain directories, systemctl writes down what it is told to
 * /run/systemctl, and units are active when /run/active is there.
 */
const BEGIN = `set -e
mount -t tmpfs -o mode=755 tmpfs "$1"
for dir in etc usr/local var; do
  mkdir -p "$1/written/$dir" "$1/work/$dir"
  mount -t overlay -o "lowerdir=/$dir,upperdir=$1/written/$dir,workdir=$1/work/$dir" overlay "/$dir"
done
rm -rf /etc/lpr /var/lib/lpr /usr/local/bin/lpr
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
mkdir -p /run/systemd/system /run/bin
cat >/run/bin/systemctl <<'END'
#!/bin/sh
echo "$*" >>/run/systemctl
case $1 in
  --version) echo 'systemd 252 (252.1)' ;;
  is-active) [ -e /run/active ] ;;
esac
END
# What the kind of the mount is asked of.
printf '#!/bin/sh\\necho cgroup2fs\\n' >/run/bin/stat
chmod 755 /run/bin/systemctl /run/bin/stat
PATH=/run/bin:$PATH exec sh -c "$2"
`;

/** Runs a script as root on a host that, as far as install.sh can tell, systemd has booted, with cgroup v2. */
export async function onSystemdHost(script: string, env: Record<string, string>): Promise<Outcome> {
  using dir = tempDir();
  const files = dir.join("files");
  mkdirSync(files);
  const enter = ["unshare", "--mount", "--propagation", "private"];
  return await outcomeOf([...enter, "sh", "-c", BEGIN, "sh", files, script], {
    env: { PATH: process.env["PATH"] ?? "", HOME: join(dir.path, "home"), ...env },
  });
}
