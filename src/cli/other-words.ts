/** Other words for the verbs of a noun: accepted, not shown. Only where they mean exactly the same elsewhere. */
export type Synonyms = Readonly<Partial<Record<string, string>>>;

/** Verbs and options of other tools that are none here: refused with what to do instead. */
export type Unlike = Readonly<Partial<Record<string, string>>>;

/** As people of docker, kubectl, systemctl and gh say it. */
export const JOB_SYNONYMS: Synonyms = {
  ...{ ls: "list", ps: "list" },
  ...{ remove: "rm", delete: "rm" },
  ...{ inspect: "get", describe: "get", show: "get", status: "get" },
  ...{ log: "logs", top: "stats", events: "watch" },
};

const noImages = "there are no images: a job runs what is installed on the host";

export const JOB_UNLIKE: Unlike = {
  kill: "at once, with all of its processes: lpr job stop NAME --grace-period 0\na signal alone: lpr job signal NAME KILL",
  start: "lpr job run NAME -- COMMAND starts a new job; one that has ended is not started again",
  create: "lpr job run NAME -- COMMAND",
  restart: "lpr job run NAME --if-exists replace -- COMMAND",
  attach: "lpr job logs NAME shows the output; standard input cannot be reached yet",
  exec: "a running job cannot be entered yet; lpr job run -- COMMAND runs beside it, on the same host",
  cp: "files cannot be copied yet",
  prune: "lpr job rm $(lpr job list --mine --status succeeded -q)",
  ...{ build: noImages, pull: noImages, push: noImages, images: noImages, image: noImages },
  context:
    "lpr auth list shows your logins, lpr auth use NAME chooses one, --context NAME takes one for a command",
  compose: "lpr job run -f job.yaml runs what a job file describes, see lpr help job.yaml",
  rename: "a job keeps its name; labels can say more: lpr job run --label KEY=VALUE",
};

const noTerminal = "standard input and terminals cannot be reached yet; --follow shows the output";
const noContainer = "a job is a process of the host, and sees its files and, without --isolate, its network";
const inBackground = "a job runs in the background, unless --follow or --wait is given";

/** Options of `docker run` and the like. */
export const RUN_UNLIKE: Unlike = {
  "--name": "the name stands by itself: lpr job run NAME -- COMMAND",
  ...{ "-d": inBackground, "--detach": inBackground },
  ...{ "-i": noTerminal, "-t": noTerminal, "--interactive": noTerminal, "--tty": noTerminal },
  ...{ "-v": noContainer, "--volume": noContainer, "-p": noContainer, "--publish": noContainer },
  "--restart": "a job that has ended is not started again",
};

const gracePeriod = "the time is given as --grace-period 10s";
export const STOP_UNLIKE: Unlike = { "--time": gracePeriod, "--timeout": gracePeriod };

const signalAlone = "the signal stands by itself: lpr job signal NAME HUP";
export const SIGNAL_UNLIKE: Unlike = { "-s": signalAlone, "--signal": signalAlone };

export const LIST_SYNONYMS: Synonyms = { ls: "list" };
