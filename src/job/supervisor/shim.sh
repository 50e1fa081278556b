# The supervisor of one job: outlives the agent, records the exit code. It lives outside the job's cgroup; where it is
# made INSIDE, so that the job's side need not enter, the agent moves it out after a moment.
# Only built-ins of POSIX shells (dash, bash, busybox ash), so that it costs one fork and no exec of its own.
#
# Arguments: JOB_DIR CGROUP_DIR ('' for none) BOOT_ID SH SETSID (their paths) SETPRIV ('' keeps the account)
#            UID GID OPEN_FILES ('' for the usual soft limit)
#            UNSHARE ('' leaves the job in the host's namespaces) MOUNT IP (the paths of these tools)
#            INSIDE ('' outside the cgroup)
#            LEASE ('' for none: the file that says until when the job may run) SLEEP (the path of this tool)
#            After `init`, the same again: process 1 of the job's own namespaces.
# stdin:     what becomes the command (enter.sh, the environment, the command itself), then end of file; not among the
#            arguments, as every account of the host can read those for as long as the job runs
# stdout:    a pipe to the agent, for the lines of start.ts: pid, then started or failed
# stderr:    the log of all supervisors, supervisors.log in the state directory
umask 077
set -f # nothing here is a pattern

# A handler is reset in the child; "ignored" would be inherited by the command.
trap : TERM INT HUP

# The job's side, in a subshell: becomes the command.
become_command() {
  # The quick way to one's own pid, as $$ is the shell's that made this subshell; on the host, as long as /proc
  # is the host's.
  cd -P /proc/self || exit 125
  pid=${PWD#/proc/}
  exec 3>&1 5>>"$1/started" 7>>"$1/pid" || exit 125
  # The agent has made them: one log of all output, or one of each stream.
  if [ -e "$1/stderr.log" ]; then
    exec 4>>"$1/stdout.log" 6>>"$1/stderr.log" || exit 125
  else
    exec 4>>"$1/output.log" || exit 125
    exec 6>&4
  fi
  # The descriptors are open: of the files behind them nothing can be seen from here on.
  if [ -n "${10}" ] && ! furnish "${11}" "${12}"; then
    echo 'failed isolation' >&3
    exit 125
  fi
  # 0 means the writing process.
  if [ -n "$2" ] && [ -z "${13}" ] && ! echo 0 >"$2/cgroup.procs"; then
    echo 'failed cgroup' >&3
    exit 125
  fi
  printf 'job %s\n' "$pid" >&7
  exec 7>&-
  printf 'pid %s\n' "$pid" >&3
  if [ -z "$9" ]; then
    # Bun raises the soft limit to the hard one; 1024 is the kernel's default, and select(2) needs it.
    # Where the hard one is lower, that is the limit.
    ulimit -Sn 1024 2>/dev/null || :
  elif ! ulimit -n "$9"; then
    echo 'failed open_files' >&3
    exit 125
  fi
  umask 022
  if [ -n "$6" ]; then
    # enter.sh runs after the drop, from this very stdin. From then on other processes of that account may stop it and
    # take its descriptors, ptrace(2): all of them are the job's own, and what comes by them is not to be believed.
    exec "$5" "$6" --reuid "$7" --regid "$8" --clear-groups --no-new-privs -- "$4" -s 2>&3
  fi
  # shellcheck source=/dev/null # enter.sh, made complete
  . /proc/self/fd/0
}

# What the namespaces of a job need to be lived in. MOUNT IP
furnish() {
  for private in /tmp /dev/shm; do
    [ ! -d "$private" ] || "$1" -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$private" || return
  done
  # Shows the queues of the ipc namespace it is mounted from, mq_overview(7), as proc does the processes of the pid namespace.
  [ ! -d /dev/mqueue ] || "$1" -t mqueue -o nosuid,nodev,noexec mqueue /dev/mqueue || return
  "$1" -t proc -o nosuid,nodev,noexec proc /proc && "$2" link set lo up
}

if [ "$1" = init ]; then
  # Orphans are reparented to process 1, and shells wait for any child. When it ends, the kernel kills all others.
  shift
  (become_command "$@")
  exit
fi

# Who and when we are, before anything is started: a pid alone is never believed. /proc/self is the process
# that opens it, here the shell, as `read` and `printf` are built-ins. The file must not exist: whoever makes
# it owns the start, either this shim or an agent that gave the job up meanwhile.
read -r stat </proc/self/stat
set -C
printf 'boot %s\nsupervisor %s\n' "$3" "$stat" >"$1/pid" || exit 1
set +C

# Whether the job may run, by the clock that goes on while the host sleeps: /proc/uptime. A lease that cannot be read
# has run out.
has_lease() {
  read -r boot until <"${14}" && [ "$boot" = "$3" ] && read -r now _ </proc/uptime &&
    # In hundredths of a second.
    [ "${now%.*}${now#*.}" -lt "$until" ]
}

# Ends the job when its lease has run out: nobody else may be there to do it. It looks every second, as sleeping does
# not count the time that the host sleeps.
watch_lease() {
  nap=
  trap 'trap - EXIT; [ -z "$nap" ] || kill "$nap"; exit 0' TERM
  # Where no process is left for a nap, a shell ends. What nobody looks after must not go on.
  trap 'end_lease "$@" :' EXIT
  while kill -0 $$ 2>/dev/null && has_lease "$@"; do
    "${15}" 1 &
    nap=$!
    wait "$nap"
    nap=
  done
  end_lease "$@" "${15}"
  trap - EXIT
}

# Kills the job, again and again, as the command may be just about to enter; until this shim has seen it end. The last
# argument is what to do between.
end_lease() {
  for pause; do :; done
  # Before it is killed, so that whoever reads the record of its exit knows why.
  kill -0 $$ 2>/dev/null && : >"$1/lease-expired"
  while echo 1 >"$2/cgroup.kill" && kill -0 $$ 2>/dev/null; do
    "$pause" 1
  done
}

watcher=
if [ -n "${14}" ]; then
  # The agent has looked as well, and may have been stopped since.
  if ! has_lease "$@"; then
    echo 'failed lease'
    exit 125
  fi
  watch_lease "$@" </dev/null >/dev/null &
  watcher=$!
fi

if [ -z "${10}" ]; then
  (become_command "$@")
else
  # Ends as its child does, by the same code or signal. Outside the cgroup, as is its child: a signal for all of
  # the job must not end them.
  "${10}" --fork --kill-child --pid --mount --ipc --net -- "$4" "$0" init "$@"
fi
code=$?
[ -z "$watcher" ] || kill "$watcher"

# In place: the bytes are there already, so a full disk cannot lose the record, nor an empty file pass for 0.
record() {
  printf '%4d\n' "$code" 1<>"$1/exit"
}

# Or below it, where a job of root's has moved all that is in its group, as those do that make groups of their own.
is_inside() {
  while read -r line; do
    case $line in
    0::*/"${1##*/}" | 0::*/"${1##*/}"/*) return 0 ;;
    esac
  done </proc/self/cgroup
  return 1
}

if [ -n "${13}" ] && is_inside "$2"; then
  # Still among them: this ends us as well.
  record "$1"
  echo 1 >"$2/cgroup.kill"
fi

# Stragglers go first, also while the agent is away. Without a cgroup: the job's process group.
if [ -n "$2" ]; then
  [ ! -e "$2/cgroup.kill" ] || echo 1 >"$2/cgroup.kill"
else
  while read -r kind pid _; do
    [ "$kind" != job ] || kill -s KILL -- "-$pid" 2>/dev/null
  done <"$1/pid"
fi

record "$1"
