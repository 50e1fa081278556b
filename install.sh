#!/bin/sh
# Installs lpr, and with --agent an agent below systemd. POSIX sh; nothing is changed before all of it is known to fit.
# See docs/install.md.
set -eu

# Where the project publishes releases; filled in by `npm run release -- --releases-url URL`.
releases_url=''

usage() {
  cat <<'END'
Usage: sh install.sh [OPTIONS]

Installs lpr into /usr/local/bin as root, into ~/.local/bin otherwise.

  --version V        this version, not the latest one
  --agent            also set up an agent of this host below systemd; as root
  --certs HOST,...   with --agent: make an authority, and a certificate of the agent for these names and addresses
  --uninstall        remove what was installed; certificates, configuration and jobs' records stay
  --force            with --uninstall: also when jobs are running, which stops them
  -h, --help         show this

LPR_BASE_URL         directory of one release, https:// or file://, in place of the project's own
LPR_INSTALL_DIR      where lpr goes
END
}

fail() {
  printf 'install.sh: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
  exit 1
}

say() {
  printf '%s\n' "$*"
}

has() {
  command -v "$1" >/dev/null 2>&1
}

# What is unfinished lies in these two, and goes however this ends.
scratch=''
draft=''
cleanup() {
  [ -z "$scratch" ] || rm -rf "$scratch"
  [ -z "$draft" ] || rm -f "$draft"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

parse_options() {
  action=install version='' agent=false certs='' force=false
  while [ $# -gt 0 ]; do
    case $1 in
      --version | --certs)
        [ $# -ge 2 ] || fail "$1 needs a value" 'sh install.sh --help'
        if [ "$1" = --version ]; then version=${2#v}; else certs=$2; fi
        shift
        ;;
      --version=*) version=${1#*=} version=${version#v} ;;
      --certs=*) certs=${1#*=} ;;
      --agent) agent=true ;;
      --uninstall) action=uninstall ;;
      --force) force=true ;;
      -h | --help)
        usage
        exit 0
        ;;
      *) fail "unknown option $1" 'sh install.sh --help' ;;
    esac
    shift
  done
  [ -z "$certs" ] || $agent || fail '--certs goes with --agent'
  [ "$action" = uninstall ] || ! $force || fail '--force goes with --uninstall'
}

elsewhere='LPR_INSTALL_DIR takes another directory'

is_root() {
  [ "$(id -u)" -eq 0 ]
}

install_dir() {
  if [ -n "${LPR_INSTALL_DIR:-}" ]; then
    # What is installed is told from wherever it is uninstalled.
    case $LPR_INSTALL_DIR in
      /*) printf '%s\n' "${LPR_INSTALL_DIR%/}" ;;
      *) printf '%s\n' "$(pwd)/${LPR_INSTALL_DIR%/}" ;;
    esac
  elif is_root; then
    printf '%s\n' /usr/local/bin
  else
    printf '%s\n' "${HOME:?}/.local/bin"
  fi
}

# Sets platform, as releases name it.
detect_platform() {
  case $(uname -s) in
    Linux) system=linux ;;
    Darwin) system=darwin ;;
    *) fail "lpr does not run on $(uname -s): only on Linux, and as a client on macOS" ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) machine=x64 loader=/lib64/ld-linux-x86-64.so.2 ;;
    aarch64 | arm64) machine=arm64 loader=/lib/ld-linux-aarch64.so.1 ;;
    *) fail "there is no lpr for $(uname -m): only for x86_64 and arm64" ;;
  esac
  platform=$system-$machine
  [ "$system" = linux ] || return 0
  # The loader is what a program for glibc asks the kernel for; systems with another libc lack it.
  [ -e "$loader" ] || fail "lpr needs glibc 2.17 or later, and there is no $loader" \
    "$(if ls /lib/ld-musl-* >/dev/null 2>&1; then echo 'this system uses musl: run lpr on a host with glibc, Debian for instance'; else echo 'install the C library of GNU'; fi)"
}

# Sets base, the directory of the release.
find_base() {
  if [ -n "${LPR_BASE_URL:-}" ]; then
    base=${LPR_BASE_URL%/}
  elif [ -z "$releases_url" ]; then
    fail 'this install.sh does not know where releases are' \
      'take the one of a release, or set LPR_BASE_URL to the directory of one (https:// or file://)'
  elif [ -n "$version" ]; then
    base=$releases_url/download/v$version
  else
    base=$releases_url/latest/download
  fi
  case $base in
    https://* | file:///*) ;;
    *) fail "LPR_BASE_URL must begin with https:// or file:///, got $base" ;;
  esac
}

# fetch NAME: from the release into the scratch directory.
fetch() {
  case $base in
    file://*) cp "${base#file://}/$1" "$scratch/$1" ;;
    *)
      if has curl; then
        curl --fail --silent --show-error --location --proto '=https' --tlsv1.2 --output "$scratch/$1" "$base/$1"
      elif has wget; then
        wget -q -O "$scratch/$1" "$base/$1"
      else
        fail 'neither curl nor wget is installed'
      fi
      ;;
  esac || fail "cannot get $base/$1"
}

sha256_of() {
  if has sha256sum; then
    sha256sum "$1" | cut -d ' ' -f 1
  elif has shasum; then
    shasum -a 256 "$1" | cut -d ' ' -f 1
  elif has openssl; then
    openssl dgst -sha256 -r "$1" | cut -d ' ' -f 1
  else
    fail 'the download cannot be verified: none of sha256sum, shasum and openssl is installed'
  fi
}

# Sets archive to the verified and unpacked one's name.
download() {
  fetch SHA256SUMS
  # A line is the sum, two spaces and the name: lpr-VERSION-PLATFORM.tar.gz.
  line=$(grep -E "^[0-9a-f]{64}  lpr-[0-9][^/ ]*-$platform\.tar\.gz\$" "$scratch/SHA256SUMS") ||
    fail "the release at $base has no lpr for $platform"
  [ "$(printf '%s\n' "$line" | wc -l)" -eq 1 ] || fail "the release at $base has several lpr for $platform"
  expected=${line%% *}
  archive=${line##* }
  released=${archive#lpr-}
  released=${released%-"$platform".tar.gz}
  [ -z "$version" ] || [ "$version" = "$released" ] ||
    fail "the release at $base is version $released, not $version"
  fetch "$archive"
  actual=$(sha256_of "$scratch/$archive")
  [ "$actual" = "$expected" ] ||
    fail "$archive is damaged or has been changed: its SHA-256 is $actual, not $expected" 'try again; if it stays so, tell the project'
  tar -xzf "$scratch/$archive" -C "$scratch" || fail "$archive cannot be unpacked"
}

# Sets candidate, an lpr of this release that runs on this machine: the one that is installed, or a draft beside it. Not
# the one in the scratch directory: programs may not be allowed to run in /tmp.
try_binary() {
  (umask 022 && mkdir -p "$dir") || fail "cannot make $dir" "$elsewhere"
  # A program that is moved onto a directory ends up inside of it.
  [ ! -d "$dir/lpr" ] || fail "$dir/lpr is a directory" "$elsewhere"
  candidate=$dir/lpr
  if [ -x "$candidate" ] && cmp -s "$scratch/lpr" "$candidate"; then
    return 0
  fi
  draft=$(mktemp "$dir/.lpr.XXXXXX") || fail "cannot write to $dir" "$elsewhere"
  cat "$scratch/lpr" >"$draft"
  chmod 755 "$draft"
  "$draft" version >/dev/null 2>"$scratch/complaint" ||
    fail "lpr does not run on this machine: $(tail -n 1 "$scratch/complaint")" 'it needs glibc 2.17 or later'
  candidate=$draft
}

# In one step, so that there is an old lpr or a new one, and never half of one.
install_binary() {
  if [ "$candidate" = "$dir/lpr" ]; then
    say "lpr $released is already in $dir"
    return 0
  fi
  mv -f "$draft" "$dir/lpr"
  draft=''
  say "lpr $released is in $dir"
}

# Manual pages and completions go where those of programs in such a directory are looked for.
share_of() {
  case $dir in
    */bin) printf '%s\n' "${dir%/bin}/share" ;;
  esac
}

# put FROM TO: in one step, and on the list.
put() {
  [ -f "$1" ] || return 0
  if mkdir -p "${2%/*}" && cp "$1" "$2.new" && chmod 644 "$2.new" && mv -f "$2.new" "$2"; then
    printf '%s\n' "$2" >>"$scratch/list"
  else
    rm -f "$2.new"
    return 1
  fi
}

put_companions() {
  : >"$scratch/list"
  for page in "$scratch"/man/*; do
    put "$page" "$share/man/man${page##*.}/${page##*/}" || return 1
  done
  put "$scratch/completion/lpr.bash" "$share/bash-completion/completions/lpr" &&
    put "$scratch/completion/lpr.zsh" "$share/zsh/site-functions/_lpr" &&
    put "$scratch/completion/lpr.fish" "$share/fish/vendor_completions.d/lpr.fish" &&
    put "$scratch/THIRD-PARTY-LICENSES.txt" "$share/lpr/THIRD-PARTY-LICENSES.txt" || return 1
  # What the release before had and this one has not.
  remove_companions "$scratch/list"
  put "$scratch/list" "$share/lpr/installed"
}

# lpr works without them.
install_companions() {
  share=$(share_of)
  [ -n "$share" ] || return 0
  # For everybody to read, however strict the caller is.
  (umask 022 && put_companions) 2>/dev/null || printf 'install.sh: manual pages and completions cannot be put into %s\n' "$share" >&2
}

# remove_companions LIST: all that was put there, but what is on the list.
remove_companions() {
  [ -f "$share/lpr/installed" ] || return 0
  while IFS= read -r file; do
    grep -Fqx -e "$file" "$1" || rm -f "$file"
  done <"$share/lpr/installed"
}

uninstall_companions() {
  share=$(share_of)
  [ -n "$share" ] && [ -f "$share/lpr/installed" ] || return 0
  remove_companions /dev/null
  rm -f "$share/lpr/installed"
  rmdir "$share/lpr" 2>/dev/null || true
}

tell_client_steps() {
  case :$PATH: in
    *:"$dir":*) ;;
    *) say "next: add $dir to your PATH: export PATH=\"$dir:\$PATH\"" ;;
  esac
  say 'next: lpr auth login HOST --client-cert FILE'
}

# --agent ---------------------------------------------------------------------------------------------------------

units=/etc/systemd/system
groups=/sys/fs/cgroup
config=/etc/lpr
state=/var/lib/lpr
passphrase=$config/passphrase

check_agent_host() {
  [ "$system" = linux ] || fail 'agents run on Linux only'
  is_root || fail '--agent needs root' 'sudo sh install.sh --agent'
  [ -d /run/systemd/system ] || fail 'this host does not run systemd: its units cannot be installed' \
    'install lpr without --agent, and have your init system run: lpr agent serve'
  [ "$dir" = /usr/local/bin ] || fail "the agent's unit runs /usr/local/bin/lpr, not $dir/lpr" 'leave LPR_INSTALL_DIR out'
  [ -z "$certs" ] || has openssl || fail '--certs needs openssl' 'apt-get install openssl, or dnf install openssl'
}

# install_file MODE FROM TO: in one step.
install_file() {
  install -m "$1" "$2" "$3.new"
  mv -f "$3.new" "$3"
}

make_directories() {
  # Directories that are there keep their mode: somebody may have chosen it.
  [ -d "$config" ] || install -d -m 755 "$config"
  [ -d "$state" ] || install -d -m 700 "$state"
  [ -e "$config/agent.yaml" ] || install_file 644 "$scratch/agent.yaml" "$config/agent.yaml"
}

# An authority and the agent's certificate, where there are none, under one passphrase that root alone can read.
make_certificates() {
  [ -n "$certs" ] || return 0
  if [ -e "$config/agent.pem" ]; then
    say "the agent has a certificate already: $config/agent.pem stays"
    return 0
  fi
  if [ ! -e "$passphrase" ]; then
    (umask 077 && head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$passphrase.new" && mv "$passphrase.new" "$passphrase")
  fi
  export LPR_KEY_PASSPHRASE_FILE="$passphrase"
  [ -e "$config/certs/ca/ca.pem" ] || "$dir/lpr" certs init >"$scratch/certs" || fail 'the authority cannot be made'
  made=$config/certs/agents/${certs%%,*}
  if [ ! -e "$made" ]; then
    hosts=$(printf '%s' "$certs" | tr ',' ' ')
    # shellcheck disable=SC2086 # a list of names
    "$dir/lpr" certs issue-agent $hosts >"$scratch/certs" || fail "the agent's certificate cannot be made"
  fi
  # They are there already when the first name is this machine's own. agent.pem comes last: where it is, the others are.
  for file in ca.pem agent-key.pem agent.pem; do
    [ -e "$config/agent.pem" ] || install_file 600 "$made/$file" "$config/$file"
  done
  say "certificates are in $config, their passphrase in $passphrase"
}

# drop_in NAME: standard input becomes a part of the agent's unit.
drop_in() {
  mkdir -p "$units/lpr.service.d"
  cat >"$units/lpr.service.d/$1.conf"
}

# Ours: an administrator's own stay (systemctl edit lpr).
remove_drop_ins() {
  rm -f "$units/lpr.service.d/passphrase.conf" "$units/lpr.service.d/cgroup-v1.conf"
  rmdir "$units/lpr.service.d" 2>/dev/null || true
}

install_units() {
  for unit in lpr-jobs.service lpr.service; do
    install_file 644 "$scratch/systemd/$unit" "$units/$unit"
  done
  # The host may have changed since they were written.
  remove_drop_ins
  if [ -e "$passphrase" ]; then
    # systemd knows %d, the directory of credentials, since version 250.
    if [ "$(systemctl --version | sed -n '1s/^systemd \([0-9]*\).*/\1/p')" -ge 250 ]; then
      printf '[Service]\nLoadCredential=key-passphrase:%s\nEnvironment=LPR_KEY_PASSPHRASE_FILE=%%d/key-passphrase\n' "$passphrase"
    else
      printf '[Service]\nEnvironment=LPR_KEY_PASSPHRASE_FILE=%s\n' "$passphrase"
    fi | drop_in passphrase
  fi
  if [ "$(stat -f -c %T "$groups")" != cgroup2fs ]; then
    say 'this host uses cgroup v1: jobs are tracked, but cannot be limited (lpr agent doctor)'
    printf '[Service]\nExecStart=\nExecStart=/usr/local/bin/lpr agent serve --on-shutdown keep\n' | drop_in cgroup-v1
  fi
  systemctl daemon-reload
  systemctl --quiet enable lpr-jobs.service lpr.service
}

# A running agent is replaced by the new one; its jobs do not notice.
start_agent() {
  # One that serves has its certificates, wherever its configuration says that they are.
  if [ ! -e "$config/agent.pem" ] && ! systemctl is-active --quiet lpr.service; then
    say 'next: lpr certs init && lpr certs issue-agent HOST, or put ca.pem, agent.pem and agent-key.pem into /etc/lpr'
    say 'next: systemctl start lpr'
    return 0
  fi
  systemctl restart lpr.service || fail 'the agent does not start' 'journalctl -u lpr -n 20 tells why'
  say 'the agent serves: systemctl status lpr'
  opening=''
  [ ! -e "$passphrase" ] || opening=" --ca-passphrase-file $passphrase"
  say "next: lpr certs issue NAME --role user$opening, and on your own machine: lpr auth login HOST --client-cert NAME-login.pem"
}

# --uninstall -----------------------------------------------------------------------------------------------------

# Groups of jobs are in one of these: of a host with cgroup v2, of one with both. No name of a job has a dot.
count_jobs() {
  find "$groups/system.slice/lpr-jobs.service/LPR" "$groups/unified/LPR" -mindepth 1 -maxdepth 1 -type d ! -name '*.*' \
    2>/dev/null | wc -l
}

# By an agent that keeps none, so that their ends are on record, wherever they are on this host.
stop_jobs() {
  for file in "$units/lpr.service" "$units/lpr.service.d/cgroup-v1.conf"; do
    [ ! -e "$file" ] || sed -i 's/--on-shutdown keep/--on-shutdown stop/' "$file"
  done
  systemctl daemon-reload
  systemctl restart lpr.service || say 'the agent does not start: what runs is killed with its unit'
}

remove_units() {
  # It is that of the agent's unit.
  [ "$dir" = /usr/local/bin ] && [ -e "$units/lpr.service" ] || return 0
  is_root || fail 'an agent is installed here: --uninstall needs root'
  running=$(count_jobs)
  if $force; then
    stop_jobs
  elif [ "$running" -gt 0 ]; then
    fail "$running jobs are running" '--uninstall --force stops them'
  fi
  systemctl --quiet disable --now lpr.service lpr-jobs.service
  rm -f "$units/lpr.service" "$units/lpr-jobs.service"
  remove_drop_ins
  systemctl daemon-reload
  say "the agent is removed; $config and $state stay: rm -rf $config $state removes certificates and records as well"
}

# -----------------------------------------------------------------------------------------------------------------

main() {
  parse_options "$@"
  dir=$(install_dir)
  if [ "$action" = uninstall ]; then
    remove_units
    uninstall_companions
    if [ -e "$dir/lpr" ]; then
      rm -f "$dir/lpr" || fail "cannot remove $dir/lpr"
      say "$dir/lpr is removed"
    else
      say "there is no lpr in $dir"
    fi
    return 0
  fi
  detect_platform
  ! $agent || check_agent_host
  find_base
  scratch=$(mktemp -d)
  download
  try_binary
  if ! $agent; then
    install_binary
    install_companions
    tell_client_steps
    return 0
  fi
  "$candidate" agent config default >"$scratch/agent.yaml"
  [ ! -e "$config/agent.yaml" ] || "$candidate" agent config check "$config/agent.yaml" >/dev/null ||
    fail "lpr $released would not start with $config/agent.yaml: nothing has been changed"
  install_binary
  install_companions
  make_directories
  make_certificates
  install_units
  start_agent
}

# Last, so that a download of this script that breaks off does nothing.
main "$@"
