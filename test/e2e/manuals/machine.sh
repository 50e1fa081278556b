# The first process of a machine of its own (see machine.ts), made by `unshare`: $1 is an empty directory, $2 the text of
# agent.yaml, the others are directories of the host that are seen as they are. All other files of the host are there too,
# and what is written to them is gone with the machine.
set -eu
scratch=$1 agent_yaml=$2
shift 2

mount -t tmpfs -o mode=755 lpr-manuals "$scratch"
mkdir "$scratch/written" "$scratch/work" "$scratch/root"
root=$scratch/root
mount -t overlay -o "lowerdir=/,upperdir=$scratch/written,workdir=$scratch/work" lpr-manuals "$root"
for dir in sys dev; do mount --rbind "/$dir" "$root/$dir"; done
mount -t proc proc "$root/proc"
# No systemd to be found, and nothing of the host's daemons.
mount -t tmpfs -o mode=755 run "$root/run"
for dir; do
  mkdir -p "$root$dir"
  mount --bind "$dir" "$root$dir"
  mount -o remount,bind,ro "$root$dir"
done

mkdir -p "$root/etc/lpr"
printf '%s' "$agent_yaml" >"$root/etc/lpr/agent.yaml"
echo web1.example.com >/proc/sys/kernel/hostname
ip link set lo up
# For documentation alone (RFC 5737), as the names are.
ip address add 192.0.2.7/32 dev lo
printf '127.0.0.1 localhost example.com web1.example.com web2.example.com\n' >"$root/etc/hosts"

# The first process has to bury those whose parents have gone: a dead supervisor would look alive.
exec chroot "$root" /bin/sh -c 'echo up; while :; do sleep 3600 & wait $!; done'
