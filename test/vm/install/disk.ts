import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { quickOpenssl, recipePath } from "../../certs/recipe.ts";
import { makeRelease } from "../../helpers/release.ts";
import type { Prerequisites } from "../prerequisites.ts";
import { makeDebianDisk, UNITS } from "../systemd-root.ts";

/** What `lpr version` says of the release that an agent is upgraded to. */
export const UPGRADED = "0123456789ab";

/** Tenants and the roles of their certificates. */
export const TENANTS = { root: "admin", alice: "user", bob: "user" } as const;

/**
 * As an administrator would, once; then the logins go to the console, as nothing else is outside yet. The recipe makes
 * the clients' certificates, as each start of lpr takes an emulated processor many seconds.
 */
const SET_UP = `#!/bin/sh
set -e
exec >/dev/ttyS0 2>&1
trap 'echo "guest failed: $?"' EXIT
export PATH=/opt/quick:$PATH
if [ ! -e /opt/installed ]; then
  LPR_BASE_URL=file:///opt/release sh /opt/release/install.sh --agent --certs localhost
  export LPR_CA_PASSPHRASE_FILE=/etc/lpr/passphrase
  for tenant in ${Object.entries(TENANTS)
    .map(([name, role]) => `${name}:${role}`)
    .join(" ")}; do
    sh /opt/lpr-certs.sh issue "\${tenant%:*}" --role "\${tenant#*:}" --no-passphrase >/dev/null
    echo "login \${tenant%:*} $(base64 -w 0 "/etc/lpr/certs/clients/\${tenant%:*}/\${tenant%:*}-login.pem")"
  done
  touch /opt/installed
fi
systemctl is-active --wait lpr.service
trap - EXIT
echo ready
`;

const NETWORK = `#!/bin/sh
set -e
insmod() { /opt/busybox insmod "$@"; }
ip() { /opt/busybox ip "$@"; }
insmod /opt/vmxnet3.ko
ip link set lo up
ip link set eth0 up
ip addr add 10.0.2.15/24 dev eth0
ip route add default via 10.0.2.2
`;

const unit = (script: string, order: string) => `[Unit]
${order}
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh ${script}
`;

/** A Debian with two releases of LPR on its disk, which it installs when it boots first. */
export async function makeInstallDisk(path: string, host: Prerequisites, cacheDir: string): Promise<void> {
  const [release, next, quick] = ["release", "release-2", "quick"].map((name) => `${path}.${name}`);
  if (!release || !next || !quick) throw new Error("unreachable");
  await makeRelease(release);
  await makeRelease(next, UPGRADED);
  // RSA 4096 takes minutes of an emulated processor.
  mkdirSync(quick);
  quickOpenssl(quick);
  const content = {
    files: {
      "/opt/set-up": SET_UP,
      "/opt/network": NETWORK,
      [`${UNITS}/network-of-guest.service`]: unit("/opt/network", "Before=network-online.target lpr.service"),
      [`${UNITS}/set-up.service`]: unit("/opt/set-up", "After=network-of-guest.service lpr.service"),
      "/etc/fstab": "/dev/nvme0n1 / ext4 rw,noatime 0 0\n",
      "/etc/hostname": "guest\n",
    },
    links: {
      [`${UNITS}/multi-user.target.wants/network-of-guest.service`]: "../network-of-guest.service",
      [`${UNITS}/multi-user.target.wants/set-up.service`]: "../set-up.service",
    },
    copies: {
      "/opt/release": release,
      "/opt/release-2": next,
      "/opt/quick/openssl": join(quick, "openssl"),
      "/opt/busybox": host.busybox,
      "/opt/vmxnet3.ko": host.networkDriver,
      "/opt/lpr-certs.sh": recipePath,
    },
  };
  makeDebianDisk(path, content, cacheDir, host.mke2fs);
}
