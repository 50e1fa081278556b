# Becomes the command: runs as the job's account, inside its cgroup. Made complete by environment.ts,
# which sets $PATH, $working_dir and $command before these lines, and adds the environment and the exec after them.
# fd 3 is the pipe to the agent, 4 and 6 are the logs of stdout and stderr, 5 is JOB_DIR/started; stderr is the pipe
# as well, or where the account is kept still the supervisor's.
set -f
# An agent that dies while it writes this script cuts it off anywhere: that end must not look like success.
# The exec at its end takes this trap away; where the exec fails, its own 126 or 127 stays.
trap 'exit $(($? > 125 ? $? : 125))' EXIT
fail() {
  echo "failed $1" >&3
  exit 125
}

# shellcheck disable=SC2154 # set by the lines before
cd -- "$working_dir" 2>/dev/null || fail working_dir

# By hand, as `command -v` answers for built-ins too.
find_command() {
  case $1 in
  '') fail command_missing ;;
  */*)
    [ -e "$1" ] || fail command_missing
    [ -f "$1" ] && [ -x "$1" ] && return
    fail command_not_executable
    ;;
  esac
  problem=command_missing
  IFS=:
  # An empty entry is the current directory; at the end it takes one more colon to be seen.
  entries=$PATH:
  for directory in $entries; do
    [ -e "${directory:-.}/$1" ] || continue
    [ -f "${directory:-.}/$1" ] && [ -x "${directory:-.}/$1" ] && return
    problem=command_not_executable
  done
  fail "$problem"
}
# shellcheck disable=SC2154 # set by the lines before
find_command "$command"

# What shells set on their own is not the job's. The environment comes last, and after it no variable is used: any
# name may be one of the job's.
unset IFS PWD OLDPWD SHLVL command
# bash complains of each locale it does not know.
exec 2>/dev/null
