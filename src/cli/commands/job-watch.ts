import type { Client, RemoteJobEvent } from "../../client/client.ts";
import { wantsColor } from "../color.ts";
import { command } from "../command.ts";
import { persistently } from "../follow.ts";
import { hinting } from "../hints.ts";
import { untilInterrupted } from "../interrupted.ts";
import { parseCount } from "../numbers.ts";
import { note, print } from "../output.ts";
import { Patience } from "../patience.ts";
import { ASKING, during } from "../progress.ts";
import { type EventView, eventDocument, eventHead, renderEvent } from "../render-event.ts";
import { connectionFlags, withClient } from "../session.ts";

export default command({
  name: "job watch",
  summary: "Print what happens to jobs, as it happens",
  details: `A line for each job that is started, ends or is removed (of a fleet also that begins to wait), from now on and until Ctrl-C. A lost connection
is taken up again without missing an event. An agent that was restarted, or too much that happened meanwhile, ends the
watch with an error, as events are then missing.`,
  positionals: {
    names: { placeholder: "NAME", description: "only these jobs", multiple: true, complete: "jobs" },
  },
  flags: {
    fleet: { type: "boolean", description: "what happens in the fleet, in place of the agent's own host" },
    "since-sequence": {
      type: "string",
      placeholder: "N",
      parse: parseCount,
      description: "begin after this event, by the sequence that -o json shows",
    },
    output: {
      type: "string",
      short: "o",
      placeholder: "FORMAT",
      choices: ["table", "json"],
      default: "table",
      description: "how to print events; json is a line each",
    },
    ...connectionFlags,
  },
  examples: [
    ["lpr job watch", "see what happens"],
    ["lpr job watch --fleet", "what happens on all hosts of the fleet"],
    ["lpr job watch web db", "what happens to two jobs"],
    ["lpr job watch -o json | jq 'select(.type == \"ENDED\").job.name'", "names of jobs as they end"],
  ],
  async run({ flags, args: { names } }) {
    const show =
      flags.output === "json"
        ? (event: RemoteJobEvent) => print(JSON.stringify(eventDocument(event)))
        : (event: RemoteJobEvent) => print(renderEvent(event, view()));
    await withClient(flags, (client) =>
      untilInterrupted(
        () => undefined,
        (signal) =>
          hinting(
            { SEQUENCE_GONE: "lpr job list shows the jobs as they are; lpr job watch goes on from now" },
            async () => {
              const live = Promise.withResolvers<boolean>();
              // Once the agent has answered: to whoever looks on, it means that nothing is missed from now on.
              const head = during(ASKING, () => live.promise).then(async (isLive) => {
                if (isLive && flags.output === "table") await print(eventHead(view()));
              });
              const sinceSequence = flags["since-sequence"];
              const input = {
                fleet: flags.fleet,
                sinceSequence,
                signal,
                onFirstLive: () => live.resolve(true),
              };
              try {
                for await (const event of events(client, input)) {
                  if (names.length > 0 && !names.includes(event.job.name)) continue;
                  await head;
                  await show(event);
                }
              } finally {
                live.resolve(false);
                await head;
              }
            },
          ),
      ),
    );
    return 0;
  },
});

/** Asked for each line: a terminal may change its width. */
function view(): EventView {
  const { isTTY, columns } = process.stdout;
  return { columns: isTTY ? columns || 80 : undefined, color: wantsColor(process.stdout) };
}

interface EventsInput {
  readonly fleet: boolean;
  readonly sinceSequence: number | undefined;
  readonly signal: AbortSignal;
  readonly onFirstLive: () => void;
}

function events(
  client: Client,
  { fleet, sinceSequence, signal, onFirstLive }: EventsInput,
): AsyncIterable<RemoteJobEvent> {
  let since = sinceSequence;
  const patience = new Patience({ signal, note }, () => "lost the agent");
  const onLive = (sequence: number) => {
    if (!patience.answered) onFirstLive();
    patience.restore();
    since = sequence;
  };
  return persistently(async function* () {
    for await (const event of client.watch({ fleet, sinceSequence: since }, { signal, onLive })) {
      yield event;
      since = event.sequence;
    }
  }, patience);
}
