#!/bin/sh
# The certificates of LPR: a CA, certificates for agents, certificates for clients.
#
# POSIX sh around openssl. X.509, RSA 4096 (or P-256), SHA-256, private keys encrypted with aes256. `lpr certs`
# carries this very file and runs it; it works as well on its own, see README.md beside it.
#
# Passphrases come from a file, the environment or a prompt, never from the command line, and reach
# openssl in its environment: argv is for everybody to read. Everything is made in a directory of its
# own and renamed into place at the end, so a failure leaves nothing behind and nothing is overwritten.
set -eu
umask 077
# [A-Z] means those 26 letters and lengths count bytes.
LC_ALL=C
export LC_ALL

# The passphrase of a stolen key file can be guessed offline: each guess is made to cost this many rounds.
kdf_rounds=600000
min_passphrase=8
max_days=3650

program=${0##*/}
newline='
'

usage() {
  cat <<USAGE
Usage: $program init [OPTIONS]                            make a certificate authority
       $program issue-agent HOST... [OPTIONS]             issue a certificate for an agent
       $program issue NAME --role user|admin [OPTIONS]    issue a certificate for a client
       $program revoke [NAME|FILE...] [OPTIONS]           refuse clients from now on, or renew the list of them
       $program show [FILE...] [--dir DIR]                show what certificates say

  --dir DIR                  where the CA and all certificates are kept
                             (default: $(default_dir))
  --days N                   days until the certificate expires, or the next list is due (default: CA 3650, others 365)
  --key-type TYPE            rsa-4096 (default) or ecdsa-p256, which connects faster
  --force                    put an existing CA or certificate aside and make a new one
  --passphrase-file FILE     passphrase of the new key, and of the CA key unless it has its own
                             (or LPR_KEY_PASSPHRASE_FILE, or LPR_KEY_PASSPHRASE)
  --ca-passphrase-file FILE  passphrase of the CA key
                             (or LPR_CA_PASSPHRASE_FILE, or LPR_CA_PASSPHRASE)
  --no-passphrase            leave the new key unencrypted
USAGE
}

note() { printf '%s\n' "$1" >&2; }

# fail MESSAGE [HINT]
fail() {
  note "error: $1"
  [ $# -lt 2 ] || note "hint: $2"
  exit 1
}

problems=
# What was typed may hold newlines and escape sequences: they are not for the terminal.
problem() { problems="$problems${problems:+$newline}error: $(printf '%s' "$1" | tr '[:cntrl:]' '?')"; }

# Every problem of the command line at once, before anything is made.
refuse_problems() {
  [ -n "$problems" ] || return 0
  note "$problems"
  note "hint: $program ${command:+$command }--help"
  exit 2
}

# A word as one would have to type it into a shell.
quote() {
  case $1 in
    '' | *[!A-Za-z0-9_./:@%+=,-]*) printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf '%s' "$1" ;;
  esac
}

# ---- where things are ----------------------------------------------------------------------------

is_root() { [ "$(id -u)" = 0 ]; }

config_home() { printf '%s/lpr' "${XDG_CONFIG_HOME:-${HOME:-}/.config}"; }

default_dir() { if is_root; then printf /etc/lpr/certs; else printf '%s/certs' "$(config_home)"; fi; }

# Where `lpr agent serve` looks when it is told nothing.
agent_home() { if is_root; then printf /etc/lpr; else printf '%s/agent' "$(config_home)"; fi; }

# ---- what may be asked for -----------------------------------------------------------------------

check_days() {
  case $1 in
    '' | 0* | *[!0-9]* | ?????*) ;;
    *) [ "$1" -gt "$max_days" ] || return 0 ;;
  esac
  problem "--days must be a whole number from 1 to $max_days, got '$1'"
}

# These characters mean the same to every shell, file system, log and openssl configuration, and no
# two names that look alike differ. A common name holds 64 at most (RFC 5280, ub-common-name).
check_tenant() {
  case $1 in
    [!A-Za-z0-9]* | *[!A-Za-z0-9._@-]* | '') ;;
    *) [ ${#1} -gt 64 ] || return 0 ;;
  esac
  problem "NAME must be 1 to 64 letters, digits or . _ @ - and begin with a letter or digit, got '$1'"
}

check_key_type() {
  case $1 in
    rsa-4096 | ecdsa-p256) ;;
    *) problem "--key-type must be rsa-4096 or ecdsa-p256, got '$1'" ;;
  esac
}

check_role() {
  case $1 in
    user | admin) ;;
    '') problem "--role is missing: user (manages own jobs) or admin (manages all jobs)" ;;
    *) problem "--role must be user or admin, got '$1'" ;;
  esac
}

is_ipv4() (
  case $1 in *[!0-9.]* | .* | *. | *..*) exit 1 ;; esac
  IFS=.
  # shellcheck disable=SC2086 # split at the dots; there is nothing to glob
  set -- $1
  [ $# -eq 4 ] || exit 1
  for octet; do
    # Some programs read 010 as eight.
    case $octet in 0?* | ????*) exit 1 ;; esac
    [ "$octet" -le 255 ] || exit 1
  done
)

is_ipv6() (
  case $1 in
    *[!0-9A-Fa-f:]* | *:::* | *::*::* | :[!:]* | *[!:]: | :) exit 1 ;;
    *::*) fewest=0 most=7 ;;
    *) fewest=8 most=8 ;;
  esac
  IFS=:
  groups=0
  # shellcheck disable=SC2086 # split at the colons; there is nothing to glob
  for group in $1; do
    case $group in '') continue ;; ?????*) exit 1 ;; esac
    groups=$((groups + 1))
  done
  [ "$groups" -ge "$fewest" ] && [ "$groups" -le "$most" ]
)

is_dns_name() (
  case $1 in
    *[!A-Za-z0-9._-]* | .* | *. | *..* | -* | *- | *-.* | *.-* | '') exit 1 ;;
    # All digits and dots would be an address, and a wrong one.
    *[!0-9.]*) ;;
    *) exit 1 ;;
  esac
  [ ${#1} -le 253 ] || exit 1
  IFS=.
  # shellcheck disable=SC2086 # split at the dots; there is nothing to glob
  for label in $1; do [ ${#label} -le 63 ] || exit 1; done
)

first_host=
alt_names=
hosts=0
has_local_host=false

# Adds a host to the alternative names; an address may stand in brackets, as in a URL.
add_host() {
  host=$1
  case $host in \[*\]) host=${host#\[} host=${host%\]} ;; esac
  hosts=$((hosts + 1))
  if is_ipv4 "$host" || is_ipv6 "$host"; then
    kind=IP
  elif is_dns_name "$host"; then
    kind=DNS
  else
    problem "HOST must be a host name or an IP address, without scheme, port or wildcard, got '$1'"
    return 0
  fi
  alt_names="$alt_names$kind.$hosts = $host$newline"
  [ -n "$first_host" ] || first_host=$host
  case $host in localhost | 127.* | ::1 | "$(uname -n)") has_local_host=true ;; esac
}

# ---- passphrases ---------------------------------------------------------------------------------

# Sets $secret to the first line of a file.
read_secret_file() {
  if [ ! -r "$1" ] || [ -d "$1" ]; then fail "cannot read the passphrase file $1"; fi
  if [ -f "$1" ]; then
    case $(ls -ldL "$1") in
      ????------*) ;;
      *) fail "others than its owner can read the passphrase file $1" "chmod 600 $(quote "$1")" ;;
    esac
  fi
  # The last line may lack its end, which read reports as a failure.
  IFS= read -r secret <"$1" || true
  [ -n "$secret" ] || fail "the first line of the passphrase file $1 is empty"
}

# Sets $key_given and $ca_given to what was given without asking. Each file is read once: it may be a pipe.
load_secrets() {
  if [ -n "$key_secret_file" ]; then
    read_secret_file "$key_secret_file"
    key_given=$secret
  fi
  if [ -n "$ca_secret_file" ]; then
    read_secret_file "$ca_secret_file"
    ca_given=$secret
  fi
  : "${ca_given:=$key_given}"
}

can_ask() { [ -t 0 ] && (: </dev/tty >/dev/tty) 2>/dev/null; }

echo_off=false
# Sets $secret to what is typed, unseen.
ask() {
  tidy_up_at_exit
  echo_off=true
  stty -echo </dev/tty
  printf '%s: ' "$1" >/dev/tty
  IFS= read -r secret </dev/tty || secret=
  restore_echo
  printf '\n' >/dev/tty
}

restore_echo() {
  [ "$echo_off" = true ] || return 0
  stty echo </dev/tty
  echo_off=false
}

# check_new_secret WHOSE
check_new_secret() {
  case $secret in
    *[[:cntrl:]]*) fail "the passphrase of $1 holds a control character" "was the file written on Windows? Its lines then end with a carriage return" ;;
  esac
  long_enough || fail "the passphrase of $1 needs $min_passphrase characters or more"
}

long_enough() { [ ${#secret} -ge "$min_passphrase" ]; }

# How often somebody may mistype before it is given up.
attempts=3

# ask_again WHY: before a question is asked once more; fails when that was the last time.
ask_again() {
  attempts=$((attempts - 1))
  [ "$attempts" -gt 0 ] || fail "$1"
  # Not by note: what is passed on could come after the next question.
  printf '  %s\n' "$1" >/dev/tty
}

# ask_new WHOSE: twice, because a slip could never be found out later.
ask_new() {
  while :; do
    ask "New passphrase for $1 ($min_passphrase characters or more)"
    if ! long_enough; then
      ask_again "the passphrase of $1 needs $min_passphrase characters or more"
      continue
    fi
    typed=$secret
    ask "The same again"
    [ "$secret" != "$typed" ] || return 0
    ask_again "the two passphrases differ"
  done
}

# no_secret WHOSE [MORE]
no_secret() {
  fail "no passphrase for $1, and no terminal to ask for it" \
    "use --passphrase-file FILE (or LPR_KEY_PASSPHRASE_FILE=FILE), set LPR_KEY_PASSPHRASE, or run this on a terminal${2-}"
}

# new_secret WHOSE GIVEN: sets $secret for a new key, empty for one that is to stay unencrypted.
new_secret() {
  secret=
  [ "$encrypt" = true ] || return 0
  secret=$2
  if [ -z "$secret" ]; then
    can_ask || no_secret "$1" ", or leave the key unencrypted with --no-passphrase"
    ask_new "$1"
  fi
  check_new_secret "$1"
}

# Sets $ca_secret, empty when the CA key is not encrypted.
unlock_ca() {
  ca_secret=
  if grep -q ENCRYPTED "$dir/ca/ca-key.pem"; then
    if [ -z "$ca_given" ]; then ask_ca_secret && return 0; fi
    ca_secret=$ca_given
  fi
  opens_ca_key || fail "the CA key cannot be opened with this passphrase" \
    "where it is another one than that of the new key, give it with --ca-passphrase-file"
}

ask_ca_secret() {
  can_ask || no_secret "the CA key"
  while :; do
    ask "Passphrase of the CA key"
    ca_secret=$secret
    ! opens_ca_key || return 0
    ask_again "the CA key cannot be opened with this passphrase"
  done
}

opens_ca_key() {
  LPR_SECRET="$ca_secret" openssl pkey -in "$dir/ca/ca-key.pem" -passin env:LPR_SECRET -noout >/dev/null 2>&1
}

# ---- making things -------------------------------------------------------------------------------

need_openssl() {
  hint="install the package openssl (apt-get install openssl, dnf install openssl, apk add openssl, brew install openssl@3)"
  command -v openssl >/dev/null 2>&1 || fail "openssl is not installed, or not in PATH" "$hint"
  version=$(openssl version 2>&1) || version="not able to run: $version"
  case $version in
    'OpenSSL 1.1.1'* | 'OpenSSL '[3-9].* | 'OpenSSL '[1-9][0-9].*) ;;
    *) fail "OpenSSL 1.1.1 or later is needed, but openssl is $version" "$hint" ;;
  esac
}

work=
final=
aside=
made_dir=false
locked=false

# Also on a signal: what was put aside comes back, what was half-made goes.
cleanup() {
  status=$?
  trap '' INT TERM HUP
  [ "$locked" = false ] || rmdir "$dir/ca/.lock" || true
  restore_echo
  if [ -n "$aside" ] && [ -d "$aside" ] && [ ! -e "$final" ]; then mv "$aside" "$final"; fi
  [ -z "$work" ] || rm -rf "$work"
  [ "$made_dir" = false ] || rmdir "$dir" 2>/dev/null || true
  exit "$status"
}

# From the first moment that there is something to tidy up. Not before: a shell with traps cannot be
# interrupted while it waits for somebody to write into a pipe.
tidy_up_at_exit() {
  trap cleanup EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

start_work() {
  tidy_up_at_exit
  if [ ! -d "$dir" ]; then
    mkdir -p "$dir" 2>/dev/null || fail "cannot make the directory $dir" "choose another one with --dir"
    made_dir=true
  fi
  work=$(mktemp -d "$dir/.new.XXXXXX" 2>/dev/null) || fail "cannot write to the directory $dir" "choose another one with --dir"
  mkdir "$work/out"
}

# openssl explains itself at length: only when it has failed.
explain() {
  sed 's/^/openssl: /' "$work/log" >&2 || true
  fail "$1"
}

# new_key FILE PASSPHRASE: the unencrypted key passes through a pipe and never lies on the disk.
new_key() {
  case $key_type in
    ecdsa-p256)
      note "Making a P-256 key ..."
      set -- "$1" "$2" -algorithm EC -pkeyopt ec_paramgen_curve:P-256
      ;;
    *)
      note "Making a 4096-bit RSA key, which takes some seconds ..."
      set -- "$1" "$2" -algorithm RSA -pkeyopt rsa_keygen_bits:4096
      ;;
  esac
  key_file=$1
  key_pass=$2
  shift 2
  if [ -z "$key_pass" ]; then
    openssl genpkey "$@" -out "$key_file" 2>"$work/log" || explain "openssl could not make a key"
    return 0
  fi
  openssl genpkey "$@" 2>"$work/log" |
    LPR_SECRET="$key_pass" openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -iter "$kdf_rounds" \
      -passout env:LPR_SECRET -out "$key_file" 2>>"$work/log" || explain "openssl could not make a key"
}

random_hex() { openssl rand -hex "$1"; }

# Publishes what is in $work/out under a name of its own. existing_ok is --force.
publish() {
  final=$1
  mkdir -p "${final%/*}"
  if [ -e "$final" ]; then
    [ "$force" = true ] || fail "$final exists already"
    stamp=$(date -u +%Y%m%d%H%M%S)
    old=$final.old-$stamp
    count=1
    while [ -e "$old" ]; do
      count=$((count + 1))
      old=$final.old-$stamp-$count
    done
    aside=$old
    mv "$final" "$aside"
  fi
  # Somebody else may be faster: mv then puts ours inside theirs, where its name tells whose it is.
  mv "$work/out" "$work/out.$$"
  mv "$work/out.$$" "$final"
  if [ -d "$final/out.$$" ]; then
    rm -rf "$final/out.$$"
    fail "$final was made by somebody else at the same time"
  fi
  made_dir=false
  [ -z "$aside" ] || note "The old ones are kept in $aside"
  aside=
}

refuse_existing() {
  [ "$force" = true ] || [ ! -e "$1" ] ||
    fail "$2 exists already: $1" "--force puts it aside and makes a new one${3-}"
}

# ---- init ----------------------------------------------------------------------------------------

init() {
  [ $# -eq 0 ] || problem "init takes no operands, got '$1'"
  : "${days:=3650}"
  check_days "$days"
  refuse_problems
  need_openssl
  refuse_existing "$dir/ca" "a certificate authority" ", but what the old one has signed is then no longer accepted"
  load_secrets
  new_secret "the CA key" "$ca_given"
  ca_secret=$secret
  start_work
  new_key "$work/out/ca-key.pem" "$ca_secret"
  # The random part tells one CA from the next where both are trusted for a while.
  cat >"$work/openssl.cnf" <<CONFIG
[req]
prompt = no
distinguished_name = name
string_mask = utf8only
[name]
CN = LPR CA $(random_hex 4)
[ca]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
CONFIG
  LPR_SECRET="$ca_secret" openssl req -new -x509 -sha256 -config "$work/openssl.cnf" -extensions ca \
    -key "$work/out/ca-key.pem" -passin env:LPR_SECRET -set_serial "0x$(random_hex 16)" -days "$days" \
    -out "$work/out/ca.pem" 2>"$work/log" || explain "openssl could not make the CA certificate"
  publish "$dir/ca"
  cat <<DONE
Certificate authority, valid for $days days:
  $dir/ca/ca.pem
  $dir/ca/ca-key.pem    (keep this one secret: who has it can issue certificates)

Next, a certificate for an agent:
  $program issue-agent localhost$dir_option$secret_option
DONE
}

# ---- issue and issue-agent -----------------------------------------------------------------------

# The CA has to be there, to be openable, and to outlive what it signs.
open_ca() {
  find_ca
  openssl x509 -in "$dir/ca/ca.pem" -noout -checkend "$((days * 86400))" >/dev/null 2>&1 ||
    fail "the certificate authority expires in less than $days days" \
      "ask for fewer --days, or make a new one: $program init --force$dir_option"
  unlock_ca
}

find_ca() {
  for file in ca.pem ca-key.pem; do
    [ -f "$dir/ca/$file" ] ||
      fail "there is no certificate authority in $dir: $file is missing" "make one: $program init$dir_option"
  done
  [ -r "$dir/ca/ca-key.pem" ] || fail "cannot read the CA key $dir/ca/ca-key.pem"
}

# issue_leaf NAME serverAuth|clientAuth SUBJECT-LINES ALT-NAMES: NAME.pem and NAME-key.pem in $work/out.
issue_leaf() {
  new_key "$work/out/$1-key.pem" "$key_secret"
  cat >"$work/openssl.cnf" <<CONFIG
[req]
prompt = no
distinguished_name = name
string_mask = utf8only
[name]
$3
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = $2
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
${4:+subjectAltName = @names
[names]
$4}
CONFIG
  LPR_SECRET="$key_secret" openssl req -new -sha256 -config "$work/openssl.cnf" \
    -key "$work/out/$1-key.pem" -passin env:LPR_SECRET -out "$work/request.pem" 2>"$work/log" ||
    explain "openssl could not make the certificate request"
  LPR_SECRET="$ca_secret" openssl x509 -req -sha256 -in "$work/request.pem" \
    -CA "$dir/ca/ca.pem" -CAkey "$dir/ca/ca-key.pem" -passin env:LPR_SECRET \
    -extfile "$work/openssl.cnf" -extensions leaf -set_serial "0x$(random_hex 16)" -days "$days" \
    -out "$work/out/$1.pem" 2>"$work/log" || explain "openssl could not sign the certificate"
  case $2 in serverAuth) purpose=sslserver ;; *) purpose=sslclient ;; esac
  openssl verify -CAfile "$dir/ca/ca.pem" -purpose "$purpose" "$work/out/$1.pem" >"$work/log" 2>&1 ||
    explain "the new certificate does not verify"
  cp "$dir/ca/ca.pem" "$work/out/ca.pem"
}

issue() {
  [ $# -ge 1 ] || problem "NAME is missing: the tenant the certificate is for"
  [ $# -le 1 ] || problem "issue takes one NAME, got also '$2'"
  [ $# -eq 0 ] || check_tenant "$1"
  check_role "$role"
  : "${days:=365}"
  check_days "$days"
  refuse_problems
  need_openssl
  refuse_existing "$dir/clients/$1" "a certificate for $1"
  load_secrets
  open_ca
  new_secret "the key of $1" "$key_given"
  key_secret=$secret
  start_work
  issue_leaf client clientAuth "O = $role${newline}CN = $1" ""
  # All in one file is what gets handed over, and what `lpr auth login --client-cert` takes.
  cat "$work/out/client-key.pem" "$work/out/client.pem" "$work/out/ca.pem" >"$work/out/$1-login.pem"
  publish "$dir/clients/$1"
  cat <<DONE
Client certificate for $1, role $role, valid for $days days:
  $final/client.pem
  $final/client-key.pem
  $final/$1-login.pem    (key, certificate and CA in one file)

Next, as $1:
  lpr auth login $(agent_address) --client-cert $(quote "$final/$1-login.pem")
DONE
  [ "$encrypt" = false ] ||
    printf '\n%s\n' "The key is encrypted: lpr asks for its passphrase, or reads the file that LPR_KEY_PASSPHRASE_FILE names."
}

common_name() { openssl x509 -in "$1" -noout -subject -nameopt multiline | sed -n 's/^ *commonName *= //p'; }

# The agent's host when there is just one, to be typed as it is; HOST otherwise.
agent_address() {
  address=
  for cert in "$dir"/agents/*/agent.pem; do
    case $cert in *.old-[0-9]*/agent.pem | "$dir/agents/*/agent.pem") continue ;; esac
    if [ -n "$address" ]; then address=HOST && break; fi
    address=$(common_name "$cert")
  done
  case ${address:=HOST} in *:*) printf "'[%s]'" "$address" ;; *) printf '%s' "$address" ;; esac
}

issue_agent() {
  [ $# -ge 1 ] || problem "HOST is missing: names and addresses the agent is reached by"
  for host; do add_host "$host"; done
  [ ${#first_host} -le 64 ] || problem "the first HOST names the certificate and may have 64 characters at most, got '$first_host'"
  : "${days:=365}"
  check_days "$days"
  refuse_problems
  need_openssl
  # Colons would read as a host name to scp.
  place=$dir/agents/$(printf '%s' "$first_host" | tr : _)
  refuse_existing "$place" "a certificate for $first_host"
  load_secrets
  open_ca
  new_secret "the key of the agent" "$key_given"
  key_secret=$secret
  start_work
  issue_leaf agent serverAuth "CN = $first_host" "$alt_names"
  publish "$place"
  [ ! -f "$dir/ca/crl.pem" ] || put_list "$final"
  cat <<DONE
Agent certificate for $(printf '%s' "$alt_names" | sed 's/.* = //' | tr '\n' ' ' | sed 's/ $//'), valid for $days days:
  $final/ca.pem
  $final/agent.pem
  $final/agent-key.pem
DONE
  passphrase_option=
  role='user'
  if [ "$encrypt" = true ] && [ -f "$key_secret_file" ]; then
    passphrase_option=" --key-passphrase-file $(quote "$key_secret_file")"
  fi
  if [ -z "$dir_option" ] && [ "$has_local_host" = true ] && install_agent; then
    printf '\n%s\n\n' "Installed in $home, where the agent of this machine looks for them. Next:"
    printf '  lpr agent serve%s\n' "$passphrase_option"
    # An agent that is not root takes users only with --shared-account.
    is_root || role='admin'
  else
    printf '\n%s\n' "Next, on this machine (elsewhere: copy these three files to /etc/lpr of that host):"
    printf '  lpr agent serve --ca %s --cert %s --key %s%s\n' "$(quote "$final/ca.pem")" \
      "$(quote "$final/agent.pem")" "$(quote "$final/agent-key.pem")" "$passphrase_option"
  fi
  printf '\n%s\n' "And a certificate for whoever is to use it:"
  printf '  %s issue NAME --role %s%s\n' "$program" "$role" "$dir_option$secret_option"
}

# Puts the CA's revocation list beside a copy of the CA, in one step: an agent may be reading it.
put_list() {
  cp "$dir/ca/crl.pem" "$1/.crl.pem.$$"
  mv -f "$1/.crl.pem.$$" "$1/crl.pem"
}

# Copies the three files to where the agent of this machine looks; false when others are there.
install_agent() {
  home=$(agent_home)
  for file in ca.pem agent.pem agent-key.pem; do
    if [ -e "$home/$file" ] && [ "$force" = false ]; then
      note "Not installed: $home/$file exists already (--force replaces it)"
      return 1
    fi
  done
  mkdir -p "$home"
  for file in ca.pem agent-key.pem agent.pem; do
    # Renamed, so that an agent that is starting meets whole files only.
    cp "$final/$file" "$home/.$file.$$"
    mv -f "$home/.$file.$$" "$home/$file"
  done
}

# ---- revoke --------------------------------------------------------------------------------------

# Adds the certificates of a tenant to $revoked_files: also those that --force has put aside, which are still good.
add_tenant() {
  found=false
  for cert in "$dir/clients/$1/client.pem" "$dir/clients/$1".old-[0-9]*/client.pem; do
    [ -f "$cert" ] || continue
    # alice.old-1 may be a tenant, too.
    [ "$(common_name "$cert")" = "$1" ] || continue
    found=true
    revoked_files="$revoked_files$cert$newline"
  done
  [ "$found" = true ] || fail "there is no certificate for $1 in $dir/clients" \
    "name its file instead: $program revoke FILE"
}

# A file is named by a path; names of tenants hold no slash.
add_revoked() {
  case $1 in
    */* | *.pem)
      [ -f "$1" ] || fail "there is no certificate $1"
      revoked_files="$revoked_files$(absolute "$1")$newline"
      ;;
    *) add_tenant "$1" ;;
  esac
}

# The database of `openssl ca`, in $work: it comes back only when all has gone well.
prepare_index() {
  for file in index.txt crlnumber; do
    [ ! -f "$dir/ca/$file" ] || cp "$dir/ca/$file" "$work/$file"
  done
  [ -f "$work/index.txt" ] || : >"$work/index.txt"
  [ -f "$work/crlnumber" ] || echo 01 >"$work/crlnumber"
  cat >"$work/openssl.cnf" <<CONFIG
[ca]
default_ca = signer
[signer]
database = index.txt
crlnumber = crlnumber
unique_subject = no
default_md = sha256
default_crl_days = $days
crl_extensions = list
[list]
authorityKeyIdentifier = keyid:always
CONFIG
}

# ca_database WORDS...: openssl ca with that database, from where it is: its configuration has no way to quote a path.
ca_database() (
  cd "$work"
  LPR_SECRET="$ca_secret" openssl ca -config "$work/openssl.cnf" -cert "$dir/ca/ca.pem" \
    -keyfile "$dir/ca/ca-key.pem" -passin env:LPR_SECRET "$@" >"$work/log" 2>&1
)

revoke_file() {
  openssl x509 -in "$1" -noout 2>/dev/null || fail "$1 holds no certificate"
  # -no_check_time: who has an old certificate might turn back a clock.
  openssl verify -no_check_time -CAfile "$dir/ca/ca.pem" "$1" >/dev/null 2>&1 ||
    fail "$1 was not issued by the certificate authority in $dir"
  serial=$(openssl x509 -in "$1" -noout -serial)
  if awk -F '\t' -v serial="${serial#serial=}" '$1 == "R" && $4 == serial { found = 1 } END { exit !found }' \
    "$work/index.txt"; then
    note "Revoked before: $1"
    return 0
  fi
  ca_database -revoke "$1" || explain "openssl could not revoke $1"
  note "Revoked: $1"
}

revoke() {
  : "${days:=365}"
  check_days "$days"
  for operand; do case $operand in */* | *.pem) ;; *) check_tenant "$operand" ;; esac; done
  refuse_problems
  need_openssl
  find_ca
  revoked_files=
  for operand; do add_revoked "$operand"; done
  load_secrets
  unlock_ca
  start_work
  mkdir "$dir/ca/.lock" 2>/dev/null || fail "somebody else is revoking certificates at this moment" \
    "if that is not so: rmdir $(quote "$dir/ca/.lock")"
  locked=true
  prepare_index
  while IFS= read -r cert; do
    [ -z "$cert" ] || revoke_file "$cert"
  done <<FILES
$revoked_files
FILES
  ca_database -gencrl -out "$work/crl.pem" || explain "openssl could not make the revocation list"
  openssl crl -in "$work/crl.pem" -CAfile "$dir/ca/ca.pem" -noout >"$work/log" 2>&1 ||
    explain "the new revocation list does not verify"
  install_crl=false
  # Only in the place of the list before: another one may hold more.
  if [ -z "$dir_option" ] && cmp -s "$dir/ca/ca.pem" "$(agent_home)/ca.pem"; then
    if [ ! -e "$(agent_home)/crl.pem" ] || [ "$force" = true ] ||
      cmp -s "$dir/ca/crl.pem" "$(agent_home)/crl.pem"; then
      install_crl=true
    else
      note "Not installed: $(agent_home)/crl.pem is not the list of this CA from before (--force replaces it)"
    fi
  fi
  # The list last: while it is not there, doing it all again does no harm.
  for file in index.txt crlnumber crl.pem; do mv -f "$work/$file" "$dir/ca/$file"; done
  # Agents may be served from where their certificates were made, with the CA's copy that lies there.
  beside=
  for agent in "$dir"/agents/*/ca.pem; do
    [ -f "$agent" ] || continue
    put_list "${agent%/*}"
    beside="$beside  ${agent%/*}/crl.pem$newline"
  done
  cat <<DONE
Revocation list, the next one is due in $days days:
  $dir/ca/crl.pem
DONE
  [ -z "$beside" ] || printf '\nAlso beside the CA of each agent that is served from there:\n%s' "$beside"
  if [ "$install_crl" = true ]; then
    put_list "$(agent_home)"
    printf '\n%s\n' "Installed in $(agent_home): the agent of this machine takes it without a restart."
  fi
  cat <<DONE

Next, for agents elsewhere:
  scp $(quote "$dir/ca/crl.pem") root@HOST:/etc/lpr/crl.pem
DONE
}

# ---- show ----------------------------------------------------------------------------------------

show() {
  refuse_problems
  need_openssl
  [ $# -gt 0 ] || set -- "$dir"/ca/ca.pem "$dir"/agents/*/agent.pem "$dir"/clients/*/client.pem
  shown=0
  for file; do
    case $file in
      *.old-[0-9]*) continue ;;
      # A pattern that has matched nothing.
      *'/*/'*) [ -e "$file" ] || continue ;;
    esac
    [ -f "$file" ] || fail "there is no certificate $file" "make some first: $program init$dir_option"
    [ "$shown" -eq 0 ] || printf '\n'
    printf '%s\n' "$file"
    openssl x509 -in "$file" -noout -nameopt RFC2253 -subject -issuer -dates -serial -fingerprint -sha256 \
      -ext basicConstraints,keyUsage,extendedKeyUsage,subjectAltName 2>/dev/null ||
      fail "$file holds no certificate"
    shown=$((shown + 1))
  done
}

# ---- the command line ----------------------------------------------------------------------------

command=
dir=$(default_dir)
dir_option=
secret_option=
days=
role=
key_type=rsa-4096
force=false
encrypt=true
key_secret_file=${LPR_KEY_PASSPHRASE_FILE-}
key_given=${LPR_KEY_PASSPHRASE-}
ca_secret_file=${LPR_CA_PASSPHRASE_FILE-}
ca_given=${LPR_CA_PASSPHRASE-}
# Only openssl is to have them, and only the one it needs.
unset LPR_KEY_PASSPHRASE LPR_CA_PASSPHRASE

# The commands that are printed for later have to work from any directory.
absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$(pwd)" "${1#./}" ;; esac; }

# set_option --NAME VALUE
set_option() {
  if [ -z "$2" ]; then problem "$1 needs a value" && return 0; fi
  case $1 in
    --dir)
      dir=$(absolute "$2")
      dir_option=" --dir $(quote "$dir")"
      ;;
    --days) days=$2 ;;
    --key-type)
      check_key_type "$2"
      key_type=$2
      ;;
    --role) role=$2 ;;
    --passphrase-file)
      key_secret_file=$(absolute "$2")
      secret_option=" --passphrase-file $(quote "$key_secret_file")"
      ;;
    --ca-passphrase-file) ca_secret_file=$2 ;;
    *) problem "unknown option $1" ;;
  esac
}

case ${1-} in
  init | issue | issue-agent | revoke | show)
    command=$1
    shift
    ;;
  -h | --help | help)
    usage
    exit 0
    ;;
  '') problem "a command is missing: init, issue-agent, issue, revoke or show" ;;
  *) problem "unknown command '$1': it must be init, issue-agent, issue, revoke or show" ;;
esac
refuse_problems

# Options may stand anywhere: operands are moved to the end, one by one.
left=$#
while [ "$left" -gt 0 ]; do
  word=$1
  shift
  left=$((left - 1))
  case $word in
    -h | --help)
      usage
      exit 0
      ;;
    --force) force=true ;;
    --no-passphrase) encrypt=false ;;
    --)
      while [ "$left" -gt 0 ]; do
        set -- "$@" "$1"
        shift
        left=$((left - 1))
      done
      ;;
    --*=*) set_option "${word%%=*}" "${word#*=}" ;;
    --dir | --days | --role | --key-type | --passphrase-file | --ca-passphrase-file)
      if [ "$left" -gt 0 ]; then
        set_option "$word" "$1"
        shift
        left=$((left - 1))
      else
        problem "$word needs a value"
      fi
      ;;
    -?*) problem "unknown option $word" ;;
    *) set -- "$@" "$word" ;;
  esac
done
[ -z "$role" ] || [ "$command" = issue ] || problem "--role is for issue only"

case $command in
  init) init "$@" ;;
  issue) issue "$@" ;;
  issue-agent) issue_agent "$@" ;;
  revoke) revoke "$@" ;;
  show) show "$@" ;;
esac
