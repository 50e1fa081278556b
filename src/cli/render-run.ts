import type { FleetPlacement, RunCall } from "../client/client.ts";
import type { RunOutput } from "../job/types.ts";
import { formatDuration } from "./duration.ts";
import { fields } from "./output.ts";
import { commandLine, printable } from "./quote.ts";
import { limitRows } from "./render-limits.ts";

/** What became of a run, in a line. */
export function describeStart(input: RunCall, { name, existing }: RunOutput): string {
  if (existing && input.ifExists === "attach") return `job ${name} is there already`;
  // Without an id of the user's own, only an answer that was lost makes a job of this run one that is there.
  if (existing && input.requestId !== undefined) return `job ${name} was started by this request before`;
  if (input.fleet) return `job ${name} waits for a slot in pool ${printable(input.fleet.pool)}`;
  return `job ${name} started`;
}

/** A run that was only checked. Of variables the names alone: values may be secrets. */
export function renderDryRun(input: RunCall, { name, existing }: RunOutput): string {
  const rows: [string, string][] = [
    ["Name", input.generateName ? `${name} (made anew for each run)` : name],
    ["Command", commandLine([input.command, ...(input.args ?? [])])],
    ["Working dir", printable(input.workingDir ?? "/")],
  ];
  if (existing) {
    rows.push(["Existing job", input.ifExists === "attach" ? "gone on with" : "stopped and removed first"]);
  }
  if (input.fleet) rows.push(...fleetRows(input.fleet));
  if (input.user !== undefined) rows.push(["Account", printable(input.user)]);
  if (input.isolate) rows.push(["Isolated", "yes"]);
  const variables = (input.env ?? []).map((entry) => entry.slice(0, entry.indexOf("=")));
  if (variables.length > 0) rows.push(["Environment", printable([...new Set(variables)].join(", "))]);
  const labels = renderLabels(input.labels ?? {});
  if (labels !== "") rows.push(["Labels", labels]);
  if (input.timeoutMs !== undefined) rows.push(["Time-out", formatDuration(input.timeoutMs)]);
  if (input.killMode !== undefined) rows.push(["Kill mode", input.killMode]);
  rows.push(
    ...limitRows(input.limits ?? {}).map(([limit, value]): [string, string] => [`Limit ${limit}`, value]),
  );
  return fields(rows);
}

function fleetRows({ pool, prefer = {}, retry = 0 }: FleetPlacement): [string, string][] {
  const preferred = renderLabels(prefer);
  return [
    ["Pool", printable(pool)],
    ...(preferred === "" ? [] : [["Prefers", preferred] satisfies [string, string]]),
    [
      "Runs again",
      retry === 0 ? "never" : `${retry === 1 ? "once" : `${retry} times`} at most, when its host is lost`,
    ],
  ];
}

export function renderLabels(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => printable(`${key}=${value}`))
    .join(", ");
}
