#!/bin/sh
# First process of the guest. Stays a shell to the end, because it takes in orphans as init must.
export PATH=/bin:/usr/bin HOME=/root TMPDIR=/tmp
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t tmpfs -o mode=755 tmpfs /run
mount -t cgroup2 cgroup2 /sys/fs/cgroup
chmod 666 /dev/null /dev/zero
mount -t ext4 -o noatime /dev/nvme0n1p1 /disk || echo 'not ok boot: the disk cannot be mounted'
ip link set lo up
/lpr-guest </dev/null
echo "guest exit $?"
# -no-reboot makes qemu end on this.
sync
reboot -f
