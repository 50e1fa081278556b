import { defineCommand, type SubCommandsDef } from "citty";
import type { Command } from "./command.ts";
import { JOB_SYNONYMS, JOB_UNLIKE, LIST_SYNONYMS } from "./other-words.ts";
import type { Noun, Root } from "./resolve.ts";

type Loader = () => Promise<{ default: Command }>;

/** The file of a verb is imported only when it is run, or help about it is asked for. */
function noun({
  name,
  description,
  verbs,
  synonyms = {},
  unlike = {},
  examples,
}: {
  readonly name: string;
  readonly description: string;
  readonly verbs: Record<string, Loader>;
} & Partial<Pick<Noun, "synonyms" | "unlike">> &
  Pick<Noun, "examples">): Noun {
  const definition = defineCommand({ meta: { name, description }, subCommands: lazily(verbs) });
  return { ...definition, synonyms, unlike, examples };
}

function lazily(commands: Record<string, Loader>): SubCommandsDef {
  return Object.fromEntries(
    Object.entries(commands).map(([name, load]) => [name, async () => (await load()).default]),
  );
}

/** Every command of LPR. A verb of the first noun may stand alone: `lpr run`. */
export const ROOT: Root = {
  ...defineCommand({
    meta: { name: "lpr", description: "Run any Linux process on any of your hosts, safely" },
    subCommands: {
      job: noun({
        name: "job",
        description: "Run processes on a host, follow and stop them",
        verbs: {
          run: () => import("./commands/job-run.ts"),
          logs: () => import("./commands/job-logs.ts"),
          get: () => import("./commands/job-get.ts"),
          list: () => import("./commands/job-list.ts"),
          stop: () => import("./commands/job-stop.ts"),
          signal: () => import("./commands/job-signal.ts"),
          wait: () => import("./commands/job-wait.ts"),
          rm: () => import("./commands/job-remove.ts"),
          stats: () => import("./commands/job-stats.ts"),
          watch: () => import("./commands/job-watch.ts"),
        },
        synonyms: JOB_SYNONYMS,
        unlike: JOB_UNLIKE,
        examples: [
          ["lpr job run backup -- /usr/local/bin/backup --full", "start a job"],
          ["lpr job logs backup", "see its output, live until it ends"],
          ["lpr job stop backup", "stop it, with every process that it started"],
        ],
      }),
      auth: noun({
        name: "auth",
        description: "Log in to agents and choose between them",
        verbs: {
          login: () => import("./commands/auth-login.ts"),
          logout: () => import("./commands/auth-logout.ts"),
          use: () => import("./commands/auth-use.ts"),
          list: () => import("./commands/auth-list.ts"),
          whoami: () => import("./commands/auth-whoami.ts"),
        },
        synonyms: LIST_SYNONYMS,
        examples: [
          [
            "lpr auth login web1.example.com --cert alice-login.pem",
            "log in with the file that you were given",
          ],
          ["lpr auth use web2.example.com", "have commands talk to another agent"],
        ],
      }),
      agent: noun({
        name: "agent",
        description: "Serve jobs on this host, or ask an agent about itself",
        verbs: {
          serve: () => import("./commands/agent-serve.ts"),
          config: () => import("./commands/agent-config.ts"),
          info: () => import("./commands/agent-info.ts"),
          doctor: () => import("./commands/agent-doctor.ts"),
          audit: () => import("./commands/agent-audit.ts"),
          drain: () => import("./commands/agent-drain.ts"),
          "nats-config": () => import("./commands/agent-nats-config.ts"),
        },
        examples: [
          ["lpr agent doctor", "see what this host lacks for an agent"],
          ["lpr agent serve", "serve jobs on port 50051"],
        ],
      }),
      fleet: noun({
        name: "fleet",
        description: "Look at the hosts of a fleet, and at its queues",
        verbs: {
          agents: () => import("./commands/fleet-agents.ts"),
          pools: () => import("./commands/fleet-pools.ts"),
        },
        examples: [
          ["lpr fleet pools", "see where jobs can go, and how many wait"],
          ["lpr job run --pool build -- make test", "run one on any host that has room"],
        ],
      }),
      certs: noun({
        name: "certs",
        description: "Make the certificates that agents and clients know each other by",
        verbs: {
          init: () => import("./commands/certs-init.ts"),
          issue: () => import("./commands/certs-issue.ts"),
          "issue-agent": () => import("./commands/certs-issue-agent.ts"),
          revoke: () => import("./commands/certs-revoke.ts"),
          show: () => import("./commands/certs-show.ts"),
        },
        examples: [
          ["lpr certs init", "make an authority, once"],
          ["lpr certs issue-agent web1.example.com", "a certificate for the agent of a host"],
          ["lpr certs issue alice --role user", "one for a person or a program that runs jobs"],
        ],
      }),
      ...lazily({
        completion: () => import("./commands/completion.ts"),
        version: () => import("./commands/version.ts"),
      }),
    },
  }),
  examples: [
    ["lpr auth login host.example.com --cert me.pem", "log in to the agent of a host"],
    [`lpr job run foo -- /bin/sh -c 'echo "hello"'`, "run something there"],
    ["lpr job logs foo", "see its output"],
    ["lpr help job.yaml", "read about job files"],
  ],
};
