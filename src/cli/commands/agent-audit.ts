import type { AuditEntry } from "../../job/types.ts";
import { command } from "../command.ts";
import { untilInterrupted } from "../interrupted.ts";
import { parseCount } from "../numbers.ts";
import { note, outputFlag, print, printAs } from "../output.ts";
import { parsePointInTime } from "../point-in-time.ts";
import { followAudit, newestEntries } from "../read-audit.ts";
import { renderAudit, renderAuditLine } from "../render-audit.ts";
import { connectionFlags, withClient } from "../session.ts";
import { UsageError } from "../usage-error.ts";

const ACTIONS = [
  ...[
    "Run",
    "Stop",
    "Signal",
    "Remove",
    "Get",
    "List",
    "Wait",
    "StreamLogs",
    "Stats",
    "Watch",
    "Info",
    "Audit",
  ],
  ...["connect", "trim"],
];
const DEFAULT_ENTRIES = 100;

export default command({
  name: "agent audit",
  summary: "Show who did what on an agent, and who was refused",
  details: `For admins. Every Run, Stop, Signal and Remove is on the log, whatever came of it, every other call that
was refused, and every refused connection. An outcome of OK means that it was allowed and begun; what failed after that
has an entry more. The newest entry comes last. Neither the arguments nor the environment of a job are on the log.`,
  flags: {
    since: {
      type: "string",
      placeholder: "TIME",
      parse: (text) => parsePointInTime(text),
      description: "only from then on: 10m (ago), or 2026-11-24T10:00:00Z",
    },
    until: {
      type: "string",
      placeholder: "TIME",
      parse: (text) => parsePointInTime(text),
      description: "only before then",
    },
    tenant: { type: "string", placeholder: "TENANT", description: "only what this tenant did" },
    action: {
      type: "string",
      placeholder: "ACTION",
      parse: parseAction,
      description: "only this: run, stop, signal, remove, connect, or another call",
    },
    job: { type: "string", placeholder: "NAME", description: "only what happened to jobs of this name" },
    refused: { type: "boolean", description: "only what was refused, or failed" },
    follow: { type: "boolean", short: "f", description: "go on with entries as they come, until Ctrl-C" },
    limit: {
      type: "string",
      short: "n",
      placeholder: "N",
      parse: parseCount,
      description: `the newest N (${DEFAULT_ENTRIES}, unless there is --since)`,
    },
    output: {
      ...outputFlag,
      choices: ["table", "json", "jsonl", "yaml"],
      description: "how to print the result; jsonl: an object on each line",
    },
    ...connectionFlags,
  },
  examples: [
    ["lpr agent audit", "the newest entries"],
    ["lpr agent audit --refused --since 1h", "who was refused in the last hour"],
    ["lpr agent audit --job web --action stop", "who stopped it"],
    ["lpr agent audit --follow --refused", "see refusals as they come"],
    ["lpr agent audit --since 2026-11-01 -o jsonl", "all since then, for programs"],
  ],
  async run({ flags }) {
    refuseContradictions(flags);
    const { since, until, tenant, action, job, refused, output } = flags;
    const limit = flags.limit ?? (since === undefined ? DEFAULT_ENTRIES : Number.POSITIVE_INFINITY);
    const filter = { since, until, tenant, action, jobName: job, refusedOnly: refused };
    const { auditDocument } = await import("../../agent/audit/document.ts");
    const asLine = (entry: AuditEntry) => JSON.stringify(auditDocument(entry));
    await withClient(flags, (client) =>
      untilInterrupted(
        () => undefined,
        async (signal) => {
          const { entries, more } = await newestEntries(client, filter, limit, signal);
          if (output === "jsonl") {
            if (entries.length > 0) await print(entries.map(asLine).join("\n"));
          } else await printAs(output, entries.map(auditDocument), () => renderAudit(entries, width()));
          if (entries.length === 0 && output === "table") note("no entries");
          const shown = entries.length === 1 ? "newest entry is" : `${entries.length} newest entries are`;
          if (more) note(`the ${shown} shown; more of them: --limit, --since`);
          if (!flags.follow) return;
          const known = entries.at(-1)?.sequence ?? 0;
          const show = output === "jsonl" ? asLine : (entry: AuditEntry) => renderAuditLine(entry, width());
          for await (const entry of followAudit(client, filter, known, signal)) await print(show(entry));
        },
      ),
    );
    return 0;
  },
});

function width(): number | undefined {
  return process.stdout.columns;
}

interface Contradicting {
  readonly follow: boolean;
  readonly until: Date | undefined;
  readonly output: string;
}

function refuseContradictions({ follow, until, output }: Contradicting): void {
  if (!follow) return;
  const problems = [
    ...(until === undefined ? [] : ["--follow and --until exclude each other"]),
    ...(output === "json" || output === "yaml" ? [`--follow cannot print ${output}: take -o jsonl`] : []),
  ];
  if (problems.length > 0) throw new UsageError(problems, "lpr agent audit --help");
}

function parseAction(text: string): string {
  const action = ACTIONS.find((known) => known.toLowerCase() === text.toLowerCase());
  if (action !== undefined) return action;
  throw new Error(`must be one of ${ACTIONS.join(", ")}, got ${JSON.stringify(text)}`);
}
