# The supervisor of one job: stays outside the job's cgroup, outlives the agent, records the exit code.
# Only built-ins of POSIX shells (dash, bash, busybox ash), so that it costs one fork and no exec of its own.
#
# Arguments: JOB_DIR CGROUP_DIR ('' for none) SETSID (its path) SETPRIV ('' keeps the account) UID GID COMMAND [ARG...]
# stdin:     what the job's side runs before the command (enter.sh and the environment), then end of file
# stdout:    a pipe to the agent, for the lines of start.ts: pid, then started or failed
# stderr:    JOB_DIR/supervisor.log
umask 077
set -f # nothing here is a pattern

# A handler is reset in the child; "ignored" would be inherited by the command.
trap : TERM INT HUP

# Whoever makes this file owns the start: either this shim, or an agent that gave the job up meanwhile.
set -C
true >"$1/claim" || exit 1
set +C

# Identity, before anything is started: a pid alone is never believed. /proc/self is the process
# that opens it, here the shell, as `read` and `printf` are built-ins.
read -r boot_id </proc/sys/kernel/random/boot_id
read -r stat </proc/self/stat
printf 'boot %s\nsupervisor %s\n' "$boot_id" "$stat" >"$1/pid"

( # The job's side. 0 means the writing process.
  if [ -n "$2" ] && ! echo 0 >"$2/cgroup.procs"; then
    echo 'failed cgroup'
    exit 125
  fi
  read -r stat </proc/self/stat
  printf 'job %s\n' "$stat" >>"$1/pid"
  printf 'pid %s\n' "$stat"
  exec 3>&1 4>>"$1/output.log" || exit 125
  # Bun raises the soft limit to the hard one; 1024 is the kernel's default, and select(2) needs it.
  ulimit -Sn 1024
  umask 022
  setsid=$3 setpriv=$4 uid=$5 gid=$6
  shift 6
  if [ -n "$setpriv" ]; then
    # enter.sh runs after the drop, from this very stdin.
    exec "$setsid" "$setpriv" --reuid "$uid" --regid "$gid" --clear-groups --no-new-privs -- /bin/sh -s -- "$@"
  fi
  . /proc/self/fd/0
)
code=$?

# Stragglers go first, also while the agent is away. Without a cgroup: the job's process group.
if [ -n "$2" ]; then
  [ ! -e "$2/cgroup.kill" ] || echo 1 >"$2/cgroup.kill"
else
  while read -r kind pid stat; do
    [ "$kind" != job ] || kill -s KILL -- "-$pid" 2>/dev/null
  done <"$1/pid"
fi

# In place: the bytes are there already, so a full disk cannot lose the record, nor an empty file pass for 0.
printf '%4d\n' "$code" 1<>"$1/exit"
