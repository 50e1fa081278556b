import type { RemoteJob } from "../client/client.ts";
import { hasEnded } from "../client/ended.ts";
import type { Usage } from "../job/types.ts";
import { formatAge } from "./age.ts";
import { paintStatus } from "./color.ts";
import { formatDuration } from "./duration.ts";
import { fields } from "./output.ts";
import { commandLine, printable } from "./quote.ts";
import { exitCodeOf } from "./render-job.ts";
import { renderResources } from "./render-resources.ts";
import { renderLabels } from "./render-run.ts";
import { formatSpan } from "./render-usage.ts";
import { formatSize } from "./size.ts";
import { type ObservedJob, ranForMs, summarize } from "./summary.ts";

/** Lines of output that are likely to say what went wrong. */
const LAST_LINES = 20;

/** One job on one screen: what became of it in a sentence, then the facts. */
export function renderGet(observed: ObservedJob, { color = false } = {}): string {
  const { status } = observed.job.state;
  const [first = "", ...others] = summarize(observed);
  const sentence = color ? paintStatus(status, first) : first;
  const resources = renderResources(observed);
  return [
    [sentence, ...others.map((it) => `  ${it}`)].join("\n"),
    fields(rowsOf(observed)),
    ...(resources === undefined ? [] : [resources]),
  ].join("\n\n");
}

function rowsOf(observed: ObservedJob): [name: string, value: string][] {
  const { job, usage, now } = observed;
  const { state } = job;
  const ago = (date: Date) => `${date.toISOString()} (${formatAge(now.getTime() - date.getTime())} ago)`;
  const labels = renderLabels(job.labels);
  const waited = waitedFor(usage, state.status === "RUNNING");
  const timeout = job.timeoutAt && job.timeoutAt.getTime() - job.createdAt.getTime();
  return [
    ["Status", statusOf(job)],
    ...fleetRows(job),
    ["Command", commandLine([job.command, ...job.args])],
    ...row("Working dir", printable(job.workingDir)),
    ...row("Account", printable(job.user)),
    ...row("Isolated", job.isolated && "yes: processes, mounts, IPC and network of its own"),
    ...row("Labels", labels || undefined),
    ["Created", `${ago(job.createdAt)} by ${printable(job.createdBy)}`],
    ...row(
      "Ended",
      "finishedAt" in state &&
        `${ago(state.finishedAt)}${job.startedAt ? `, ran for ${formatSpan(ranForMs(observed))}` : ""}`,
    ),
    ...row(
      "Times out",
      job.timeoutAt && `${job.timeoutAt.toISOString()}, ${formatDuration(timeout ?? 0)} after it was created`,
    ),
    ...row("Kill mode", job.killMode === "all" && "all: SIGTERM goes to every process when it is stopped"),
    ...row("Waited for", waited),
    ["Output", outputOf(job)],
    ["Id", job.id],
  ];
}

function row(name: string, value: string | false | undefined): [name: string, value: string][] {
  return value ? [[name, value]] : [];
}

/** Of a job of a fleet: where it waits, runs or ran, and whether it may run again. */
function fleetRows(job: RemoteJob): [name: string, value: string][] {
  if (!job.fleet) return [];
  const { pool, agent, attempt, retry } = job.fleet;
  const often = retry === 1 ? "once" : `${retry} times`;
  const again = `${retry === 0 ? "not run again" : `run again ${often} at most`} when its host is lost`;
  return [
    ["Pool", printable(pool)],
    ...row("Agent", agent && printable(agent)),
    ["Attempt", hasEnded(job) ? `${attempt}` : `${attempt}; ${again}`],
  ];
}

function statusOf({ state }: RemoteJob): string {
  if (state.status === "PENDING") return "PENDING";
  if (state.status === "RUNNING") return state.pid === 0 ? "RUNNING" : `RUNNING, process ${state.pid}`;
  const signal = "signal" in state && state.signal ? [state.signal] : [];
  const why = state.reason === "EXITED" ? [] : [state.reason];
  const details = [...why, ...signal].join(", ");
  const exitCode = exitCodeOf(state);
  return `${state.status}${details && ` (${details})`}, ${exitCode === undefined ? "no exit code" : `exit code ${exitCode}`}`;
}

/** Time in which a process waited: of late while the job runs, in all once it has ended. */
function waitedFor(usage: Usage | undefined, running: boolean): string | undefined {
  const waits = (["cpu", "memory", "io"] as const).flatMap((name) => {
    const pressure = usage?.pressure?.[name];
    if (pressure === undefined) return [];
    return [`${name} ${running ? `${Math.round(pressure.someAvg10)}%` : formatSpan(pressure.someTotalMs)}`];
  });
  return waits.length === 0 ? undefined : `${waits.join(", ")}${running ? " of the last 10s" : ""}`;
}

function outputOf({ name, state, logBytes, logDiscardedBytes: discarded }: RemoteJob): string {
  const lost = discarded > 0 ? `, the first ${formatSize(discarded)} no longer kept` : "";
  const tail = state.status === "RUNNING" || state.status === "PENDING" ? "" : ` --tail ${LAST_LINES}`;
  return logBytes === 0 ? "none" : `${formatSize(logBytes)}${lost}: lpr job logs ${name}${tail}`;
}
