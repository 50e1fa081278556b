import type { Answer } from "./window.ts";

/** What a manual takes for granted: whoever reads it has that, the machine of the tests has to be given it. */
export interface Scene {
  /** Programs without which nothing of this manual can be done. */
  readonly needs?: readonly string[];
  /** Lines of a shell that come before everything; tools.sh has helpers. */
  readonly given?: string;
  /** Lines that come right before the command that begins so. */
  readonly before?: Readonly<Record<string, string>>;
  /** What is typed at a question, besides a passphrase at every prompt for one. */
  readonly answers?: readonly Answer[];
  /** What may differ from what is shown, besides times, widths of columns and the level of the host. */
  readonly varies?: readonly (readonly [pattern: RegExp, instead: string])[];
}

const LOGGED_IN = "agent_here user:alice admin:root && log_in alice web1.example.com";

export const SCENES: Readonly<Record<string, Scene>> = {
  "README.md": {
    given: `agent_here user:bob && log_in bob web1.example.com && mkdir -m 1777 /backup
      printf '#!/bin/sh\\nwhile :; do echo row; sleep 0.1; done\\n' >/usr/local/bin/pg_dump
      printf '#!/bin/sh\\nexec cat\\n' >/usr/local/bin/zstd
      chmod 755 /usr/local/bin/pg_dump /usr/local/bin/zstd`,
    before: {
      // It is followed: its job has to end at some time.
      "lpr job logs backup  ": "(sleep 1; lpr job stop backup) >/dev/null 2>&1 &",
      'LPR_BASE_URL="file': "forget_agent",
      "lpr auth login": "cp /etc/lpr/certs/clients/alice/alice-login.pem .",
    },
    varies: [[/\/root\/manual\//g, "/home/alice/"]],
  },
  "docs/install.md": {
    given: `LPR_BASE_URL=file://$LPR_RELEASE; export LPR_BASE_URL; cp "$LPR_RELEASE/install.sh" .`,
    before: { "lpr auth login": "cp /etc/lpr/certs/clients/alice/alice-login.pem ." },
  },
  "docs/cli.md": {
    needs: ["nats-server"],
    given: `fleet_here && agent_here user:alice admin:root && printf 'cgroups: off\n' >/etc/lpr/second.yaml
      begin_agent --config /etc/lpr/second.yaml --listen 0.0.0.0:6000 --state-dir /var/lib/lpr-2
      printf '#!/bin/sh\necho tested\n' >/usr/local/bin/make && chmod 755 /usr/local/bin/make
      cp /etc/lpr/certs/clients/alice/alice-login.pem ~/mycertfile.pem
      cp /etc/lpr/certs/ca/ca.pem . && cp /etc/lpr/certs/clients/root/client.pem me.pem
      cp /etc/lpr/certs/clients/root/client-key.pem me.key`,
    answers: [
      { question: /host:port[^\n]*: $/, typed: "web1.example.com" },
      { question: /ertificate[^\n]*: $/, typed: "/root/manual/mycertfile.pem" },
    ],
    before: {
      "lpr job run uptime": "lpr auth logout web1.example.com",
      "lpr job stop web": "lpr job run web --all-contexts -- sleep infinity",
      "lpr job run tests": "lpr auth use example.com",
    },
  },
  "docs/fleet.md": {
    needs: ["nats-server"],
    before: { "lpr agent drain --wait": "log_in root web1.example.com" },
    given: `fleet_here && ${LOGGED_IN} && touch fleet.creds && cp /bin/true /usr/local/bin/nightly
      printf '#!/bin/sh\necho tested\n' >/usr/local/bin/make && chmod 755 /usr/local/bin/make`,
  },
  "docs/security.md": { given: LOGGED_IN },
  "docs/environment.md": {
    given: `${LOGGED_IN} && mkdir /run/secrets && cp /etc/lpr/certs/clients/alice/alice-login.pem /run/secrets/ci.pem`,
  },
  "docs/exit-codes.md": {
    given: `${LOGGED_IN} && cp /bin/true /usr/local/bin/check`,
  },
  "docs/job-yaml.md": {
    given: `${LOGGED_IN} && cp /bin/echo /usr/local/bin/cmd && mkdir /srv/web && touch web.env
      cp /bin/true /srv/web/server`,
  },
  "docs/operations.md": {
    needs: ["curl"],
    before: {
      "lpr agent serve --metrics": "end_agent",
      "lpr agent audit": `agent_here user:alice user:bob admin:root && log_in root web1.example.com
        mkdir -p /srv/web && printf '#!/bin/sh\nexec sleep infinity\n' >/srv/web/server && chmod 755 /srv/web/server
        as alice lpr job run web -- /srv/web/server --port 8080 && ! as bob lpr job stop web
        openssl s_client -connect web1.example.com:50051 </dev/null >/dev/null 2>&1
        until lpr agent audit --since 1h | grep 'no client certificate'; do sleep 0.1; done`,
    },
    varies: [
      // The diagnosis is of the host it is made on: what is looked at is the same everywhere.
      [/^(ok|MISSING) +(cgroups|starts): .*\n( +do: .*\n)?/gm, ""],
      [/^(ok|MISSING) +([\w ]+): .*(\n +do: .*)?/gm, "$2"],
      [/\b\d+(\.\d+){3}:\d+/g, "ADDRESS"],
    ],
  },
  "docs/library.md": {
    given: "agent_here user:alice && cp /etc/lpr/certs/clients/alice/alice-login.pem .",
  },
  "docs/certificates.md": {
    before: {
      "lpr certs revoke ./lost":
        "lpr certs issue bob --role user --key-type ecdsa-p256 && cp /etc/lpr/certs/clients/bob/client.pem lost.pem",
    },
  },
  "certs/README.md": { given: 'ln -s "$LPR_REPOSITORY/certs" certs' },
};
