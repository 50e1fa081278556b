import type { Client, StatsStreamInput } from "../../client/client.ts";
import { hasEnded } from "../../client/ended.ts";
import type { JobSelector, JobStats } from "../../job/types.ts";
import { command } from "../command.ts";
import { obeysControlSequences } from "../control-sequences.ts";
import { parseDuration } from "../duration.ts";
import { persistently } from "../follow.ts";
import { untilInterrupted } from "../interrupted.ts";
import { LiveText } from "../live-text.ts";
import { note, type OutputFormat, outputFlag, print, write } from "../output.ts";
import { Patience } from "../patience.ts";
import { ASKING, duringFirst } from "../progress.ts";
import { type RatedStats, Rater } from "../rates.ts";
import { renderRates, renderStats, renderTotals, sampleDocument } from "../render-stats.ts";
import { connectionFlags, withClient } from "../session.ts";
import { UsageError } from "../usage-error.ts";

const DEFAULT_INTERVAL_MS = 1_000;

export default command({
  name: "job stats",
  summary: "Show what running jobs use",
  details: `On a terminal a table that is drawn again at each interval, busiest job first, until Ctrl-C; of one job that is named, until
it ends. Otherwise, and with --no-stream, a single sample; with --interval one after another everywhere.

Percentages are of one core. Rates are taken between two samples, so a single one shows totals. What the agent's
host does not measure is shown as -.`,
  positionals: { name: { placeholder: "NAME", description: "only this job", complete: "running jobs" } },
  flags: {
    stream: { type: "boolean", default: true, description: "show a single sample and end" },
    interval: {
      type: "string",
      placeholder: "DURATION",
      parse: parseInterval,
      description: "time between two samples, 100ms to 1h; 1s if not given",
    },
    output: outputFlag,
    ...connectionFlags,
  },
  examples: [
    ["lpr job stats", "watch all running jobs"],
    ["lpr job stats foo", "watch one job"],
    ["lpr job stats --no-stream -o json", "one sample for programs"],
    ["lpr job stats -o json --interval 10s", "a line of JSON every ten seconds"],
  ],
  async run({ flags, args: { name } }) {
    const { interval, output } = flags;
    if (!flags.stream && interval !== undefined) {
      throw new UsageError(["--no-stream and --interval exclude each other"]);
    }
    const streams = flags.stream && (interval !== undefined || process.stdout.isTTY);
    const intervalMs = streams ? (interval ?? DEFAULT_INTERVAL_MS) : undefined;
    await withClient(flags, (client) =>
      untilInterrupted(
        () => undefined,
        async (signal) => {
          const job = name === undefined ? undefined : await client.get({ name }, { signal });
          // Samples of a job that has ended are all the same.
          const input = { name, jobId: job?.id, intervalMs: job && hasEnded(job) ? undefined : intervalMs };
          const show = printer(output, { streams, one: name !== undefined });
          const rater = new Rater();
          const ended = job && streams ? endOf(client, { name: job.name, jobId: job.id }, signal) : undefined;
          const until = ended ? AbortSignal.any([signal, ended]) : signal;
          try {
            const answers = duringFirst(ASKING, samples(client, input, until));
            for await (const sample of answers) await show(rater.next(sample));
          } catch (error) {
            if (!ended?.aborted || signal.aborted) throw error;
          }
          if (ended?.aborted) note(`job ${name} has ended: lpr job get ${name}`);
        },
      ),
    );
    return 0;
  },
});

/** As the agent has it, but told in the words of the option. */
function parseInterval(text: string): number {
  const ms = parseDuration(text);
  if (ms >= 100 && ms <= 3_600_000) return ms;
  throw new Error(`must be 100ms to 1h, got ${JSON.stringify(text)}`);
}

function samples(client: Client, input: StatsStreamInput, signal: AbortSignal): AsyncIterable<JobStats[]> {
  const patience = new Patience({ signal, note }, () => "lost the agent");
  return persistently(() => client.stats(input, { signal }), patience);
}

/** Aborted when the job has ended. */
function endOf(client: Client, job: Required<JobSelector>, signal: AbortSignal): AbortSignal {
  const ended = new AbortController();
  // That the agent was lost is noticed by whoever reads the samples.
  client.wait(job, { signal }).then(
    () => ended.abort(),
    () => undefined,
  );
  return ended.signal;
}

interface Shown {
  readonly streams: boolean;
  /** A single job was asked for. */
  readonly one: boolean;
}

function printer(format: OutputFormat, shown: Shown): (sample: readonly RatedStats[]) => Promise<void> {
  if (format === "table") return tablePrinter(shown);
  if (format === "json") {
    return (sample) => print(JSON.stringify(sampleDocument(sample), null, shown.streams ? undefined : 2));
  }
  return async (sample) => {
    const { stringify } = await import("yaml");
    await write(`${shown.streams ? "---\n" : ""}${stringify(sampleDocument(sample))}`);
  };
}

function tablePrinter({ streams, one }: Shown): (sample: readonly RatedStats[]) => Promise<void> {
  const live = streams && obeysControlSequences(process.stdout) ? new LiveText(process.stdout) : undefined;
  const render = streams ? renderRates : renderTotals;
  let first = true;
  return async (sample) => {
    if (sample.length === 0 && !live) note("no running jobs");
    const [only] = sample;
    const text = one && only ? renderStats(only) : render(sample, process.stdout.columns || undefined);
    if (live) await write(live.frame(text));
    else await print(first ? text : `\n${text}`);
    first = false;
  };
}
