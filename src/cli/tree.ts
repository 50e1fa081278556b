import { type CommandDef, defineCommand, type SubCommandsDef } from "citty";
import type { Command } from "./command.ts";
import { JOB_SYNONYMS, JOB_UNLIKE, LIST_SYNONYMS } from "./other-words.ts";
import type { Noun } from "./resolve.ts";

type Loader = () => Promise<{ default: Command }>;

/** A noun; the file of a verb is imported only when it is run, or help about it is asked for. */
function noun(
  name: string,
  description: string,
  verbs: Record<string, Loader>,
  { synonyms = {}, unlike = {} }: Partial<Pick<Noun, "synonyms" | "unlike">> = {},
): Noun {
  return { ...defineCommand({ meta: { name, description }, subCommands: lazily(verbs) }), synonyms, unlike };
}

function lazily(commands: Record<string, Loader>): SubCommandsDef {
  return Object.fromEntries(
    Object.entries(commands).map(([name, load]) => [name, async () => (await load()).default]),
  );
}

/** Every command of LPR. A verb of the first noun may stand alone: `lpr run`. */
export const ROOT: CommandDef = defineCommand({
  meta: { name: "lpr", description: "Run any Linux process on any of your hosts, safely" },
  subCommands: {
    job: noun(
      "job",
      "Run processes on a host, follow and stop them",
      {
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
      { synonyms: JOB_SYNONYMS, unlike: JOB_UNLIKE },
    ),
    auth: noun(
      "auth",
      "Log in to agents and choose between them",
      {
        login: () => import("./commands/auth-login.ts"),
        logout: () => import("./commands/auth-logout.ts"),
        use: () => import("./commands/auth-use.ts"),
        list: () => import("./commands/auth-list.ts"),
        whoami: () => import("./commands/auth-whoami.ts"),
      },
      { synonyms: LIST_SYNONYMS },
    ),
    agent: noun("agent", "Serve jobs on this host, or ask an agent about itself", {
      serve: () => import("./commands/agent-serve.ts"),
      info: () => import("./commands/agent-info.ts"),
      doctor: () => import("./commands/agent-doctor.ts"),
    }),
    certs: noun("certs", "Make the certificates that agents and clients know each other by", {
      init: () => import("./commands/certs-init.ts"),
      issue: () => import("./commands/certs-issue.ts"),
      "issue-agent": () => import("./commands/certs-issue-agent.ts"),
      show: () => import("./commands/certs-show.ts"),
    }),
    ...lazily({ version: () => import("./commands/version.ts") }),
  },
});
