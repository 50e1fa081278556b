# For the scenes of manuals: what has happened before the manual begins.

# agent_here [ROLE:TENANT...]: an agent serves on this machine, with an authority in /etc/lpr/certs that has issued these.
agent_here() {
  local client
  lpr certs init --key-type ecdsa-p256 --no-passphrase
  lpr certs issue-agent web1.example.com web2.example.com example.com localhost 127.0.0.1 192.0.2.7 \
    --key-type ecdsa-p256 --no-passphrase
  for client; do
    lpr certs issue "${client#*:}" --role "${client%%:*}" --key-type ecdsa-p256 --no-passphrase
  done
  begin_agent
} >>/tmp/scene.log 2>&1

# begin_agent [OPTION...]: with its log in /tmp/agent.log.
begin_agent() {
  : >/tmp/agent.log
  lpr agent serve "$@" </dev/null >>/tmp/agent.log 2>&1 &
  agent=$!
  until grep -q 'serves on' /tmp/agent.log; do
    kill -0 "$agent" || { cat /tmp/agent.log; return 1; }
    sleep 0.05
  done
}

# as TENANT COMMAND...: with a login of that tenant's.
as() {
  local login=/etc/lpr/certs/clients/$1/$1-login.pem
  shift
  LPR_ADDRESS=web1.example.com LPR_CERT=$login "$@"
}

# log_in TENANT ADDRESS [OPTION...]
log_in() {
  local tenant=$1
  shift
  lpr auth login "$@" --client-cert "/etc/lpr/certs/clients/$tenant/$tenant-login.pem"
} >>/tmp/scene.log 2>&1

# The agent that is to begin will be one of a fleet, alone in it, with a NATS server of its own.
fleet_here() {
  printf 'listen: "127.0.0.1:4222"\njetstream { store_dir: "/var/lib/nats" }\n' >/tmp/nats.conf
  nats-server --config /tmp/nats.conf >/tmp/nats.log 2>&1 &
  until (: </dev/tcp/127.0.0.1/4222) 2>/dev/null; do sleep 0.05; done
  cat >>/etc/lpr/agent.yaml <<'END'
fleet:
  servers: [nats://127.0.0.1:4222]
  name: web1.example.com
  labels: {disk: ssd}
  pools:
    build: {slots: 4}
END
}

# The agent that began last ends, as systemd has it end.
end_agent() {
  kill "$agent" && wait "$agent"
}

# The agent ends, and nothing of it is left.
forget_agent() {
  lpr auth logout web1.example.com 2>/dev/null
  end_agent
  rm -rf /etc/lpr/certs /etc/lpr/*.pem /var/lib/lpr
}

# installed_agent HOST: what `install.sh --agent --certs HOST` does, without systemd.
installed_agent() {
  (umask 077 && head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >/etc/lpr/passphrase)
  LPR_KEY_PASSPHRASE_FILE=/etc/lpr/passphrase lpr certs init --key-type ecdsa-p256
  LPR_KEY_PASSPHRASE_FILE=/etc/lpr/passphrase lpr certs issue-agent "$1" --key-type ecdsa-p256
  LPR_KEY_PASSPHRASE_FILE=/etc/lpr/passphrase begin_agent
} >>/tmp/scene.log 2>&1
