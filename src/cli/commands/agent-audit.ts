import type { Client } from "../../client/client.ts";
import type { AuditEntry, AuditInput } from "../../job/types.ts";
import { command } from "../command.ts";
import { untilInterrupted } from "../interrupted.ts";
import { parseCount } from "../numbers.ts";
import { note, outputFlag, print, printAs } from "../output.ts";
import { parsePointInTime } from "../point-in-time.ts";
import { renderAudit } from "../render-audit.ts";
import { connectionFlags, withClient } from "../session.ts";

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
    ["lpr agent audit --since 2026-11-01 -o jsonl", "all since then, for programs"],
  ],
  async run({ flags }) {
    const { since, until, tenant, action, job, refused } = flags;
    const limit = flags.limit ?? (since === undefined ? DEFAULT_ENTRIES : Number.POSITIVE_INFINITY);
    const filter = { since, until, tenant, action, jobName: job, refusedOnly: refused };
    const { entries, more } = await withClient(flags, (client) =>
      untilInterrupted(
        () => undefined,
        (signal) => newest(client, filter, limit, signal),
      ),
    );
    const { auditDocument } = await import("../../agent/audit/document.ts");
    const documents = entries.map(auditDocument);
    if (flags.output === "jsonl") {
      if (documents.length > 0) await print(documents.map((document) => JSON.stringify(document)).join("\n"));
    } else await printAs(flags.output, documents, () => renderAudit(entries, process.stdout.columns));
    if (entries.length === 0 && flags.output === "table") note("no entries");
    const shown = entries.length === 1 ? "newest entry is" : `${entries.length} newest entries are`;
    if (more) note(`the ${shown} shown; more of them: --limit, --since`);
    return 0;
  },
});

/** In the order in which things happened. */
async function newest(
  client: Client,
  filter: AuditInput,
  limit: number,
  signal: AbortSignal,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly more: boolean }> {
  const entries: AuditEntry[] = [];
  let pageToken: string | undefined;
  do {
    const page = await client.audit({ ...filter, pageToken }, { signal });
    entries.push(...page.entries);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined && entries.length < limit);
  const shown = entries.slice(0, limit).reverse();
  return { entries: shown, more: pageToken !== undefined || entries.length > limit };
}

function parseAction(text: string): string {
  const action = ACTIONS.find((known) => known.toLowerCase() === text.toLowerCase());
  if (action !== undefined) return action;
  throw new Error(`must be one of ${ACTIONS.join(", ")}, got ${JSON.stringify(text)}`);
}
