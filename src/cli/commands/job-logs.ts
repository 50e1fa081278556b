import { JobError } from "../../job/errors.ts";
import type { LogChunk, LogStream } from "../../job/types.ts";
import { command } from "../command.ts";
import { copyLogs } from "../follow.ts";
import { untilInterrupted } from "../interrupted.ts";
import { parseNumber } from "../numbers.ts";
import { onAgents } from "../on-agents.ts";
import { parsePointInTime } from "../point-in-time.ts";
import { TimestampedLines } from "../render-logs.ts";
import { allContextsFlag, connectionFlags } from "../session.ts";
import { untilPlaced } from "../until-placed.ts";
import { UsageError } from "../usage-error.ts";

const selection = "What to print";

export default command({
  name: "job logs",
  summary: "Stream the output of a job",
  details: `Prints what the job has written to its standard output and error, byte for byte, and goes on until it
ends. Ctrl-C only stops the reading. Of a job that was started with --split-output each stream goes to the one of its
name; together they are in the order of the times below, so approximately.

Times are those of the agent's host, exact to 250 ms, more coarsely for what is long past (10 s after a day), and for
what a job wrote while no agent was running.`,
  positionals: { name: { placeholder: "NAME", description: "the job", required: true, complete: "jobs" } },
  flags: {
    follow: {
      type: "boolean",
      short: "f",
      default: true,
      description: "end with the output there is now",
    },
    tail: {
      type: "string",
      short: "n",
      placeholder: "LINES",
      group: selection,
      parse: parseNumber,
      description: "only so many of the last lines, and what follows",
    },
    since: {
      type: "string",
      placeholder: "TIME",
      group: selection,
      parse: (text) => parsePointInTime(text),
      description: "only what was written since: 10m (ago), or 2026-11-24T10:00:00Z",
    },
    until: {
      type: "string",
      placeholder: "TIME",
      group: selection,
      parse: (text) => parsePointInTime(text),
      description: "only what was written before",
    },
    stdout: { type: "boolean", group: selection, description: "only standard output (of --split-output)" },
    stderr: { type: "boolean", group: selection, description: "only standard error (of --split-output)" },
    timestamps: {
      type: "boolean",
      short: "t",
      group: selection,
      description: "begin each line with the time it was written",
    },
    compress: {
      type: "boolean",
      description: "have output packed for the way; the default, unless the agent is on this machine",
    },
    "no-compress": { type: "boolean", description: "have it sent as it is" },
    ...connectionFlags,
    ...allContextsFlag,
  },
  examples: [
    ["lpr job logs foo", "follow a job until it ends"],
    ["lpr job logs foo --tail 20", "from the last lines on, as tail -f"],
    ["lpr job logs foo --since 1h --timestamps --no-follow", "the last hour, with times"],
    ["lpr job logs foo --all-contexts", "follow the jobs of that name on every host"],
    ["lpr job logs foo --no-follow | grep error", "search what it has written so far"],
  ],
  async run({ flags, args: { name } }) {
    const { tail, since, until, timestamps, follow } = flags;
    const problems = [
      ...(flags.stdout && flags.stderr
        ? ["--stdout and --stderr exclude each other: without either both are printed"]
        : []),
      ...(flags.compress && flags["no-compress"] ? ["--compress and --no-compress exclude each other"] : []),
    ];
    if (problems.length > 0) throw new UsageError(problems);
    const compress = flags.compress || flags["no-compress"] ? flags.compress : undefined;
    const stream = flags.stdout ? "stdout" : flags.stderr ? "stderr" : undefined;
    const input = { name, stream, tailLines: tail, since, until, timestamps, follow } as const;
    await onAgents(flags, (client, sink) => {
      const lines = new TimestampedLines();
      const write = (chunk: LogChunk) =>
        sink.write(timestamps ? { ...chunk, output: lines.add(chunk) } : chunk);
      return untilInterrupted(
        () => `stopped reading; job ${name} is not touched by that`,
        async (signal) => {
          // By id from here on, so that a lost connection can be taken up even before the first byte.
          const job = await client.get({ name }, { signal });
          const { id, output } = job;
          if (stream !== undefined && output === "combined") throw notSplit(name, stream);
          const note = (text: string) => sink.note(text);
          if (follow) await untilPlaced(client, job, { signal, note });
          await copyLogs(client, { ...input, jobId: id }, { signal, note, write, compress });
        },
      );
    });
    return 0;
  },
});

function notSplit(name: string, stream: LogStream): JobError {
  return new JobError(
    "INVALID_INPUT",
    `job ${name} keeps no ${stream} of its own: its streams are in one log`,
    {
      hint: `leave --${stream} out; a job that is started with --split-output has a log of each`,
    },
  );
}
