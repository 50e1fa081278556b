import { command } from "../command.ts";
import { forEachName } from "../for-each-name.ts";
import { type Hints, hinting } from "../hints.ts";
import { SIGNAL_UNLIKE } from "../other-words.ts";
import { note } from "../output.ts";
import { connectionFlags, withClient } from "../session.ts";
import { closest } from "../suggest.ts";

const SIGNALS = ["HUP", "INT", "QUIT", "USR1", "USR2", "TERM", "STOP", "CONT", "KILL"];

export default command({
  name: "job signal",
  summary: "Send a signal to running jobs",
  details: `Sends it to the main process of each job, or with --all to every process of it. To end a job use
lpr job stop, which makes sure of it.`,
  positionals: {
    names: {
      placeholder: "NAME",
      description: "the jobs",
      required: true,
      multiple: true,
      complete: "running jobs",
    },
    signal: {
      placeholder: "SIGNAL",
      description: "name of the signal: HUP, SIGUSR1",
      required: true,
      complete: SIGNALS,
    },
  },
  flags: {
    all: { type: "boolean", short: "a", description: "to every process of a job" },
    ...connectionFlags,
  },
  unlike: SIGNAL_UNLIKE,
  examples: [
    ["lpr job signal foo HUP", "have it read its configuration again"],
    ["lpr job signal foo bar SIGSTOP --all", "halt all processes of two jobs"],
  ],
  async run({ flags, args: { names, signal } }) {
    const { all } = flags;
    const whom = `${signal.toUpperCase()} sent to ${all ? "every process" : "the main process"} of job`;
    await withClient(flags, (client) =>
      forEachName(names, async (name) => {
        const hints = { JOB_ENDED: `lpr job get ${name} shows how`, ...mistyped(signal) };
        await hinting(hints, () => client.signal({ name, signal, all }));
        note(`${whom} ${name}`);
      }),
    );
    return 0;
  },
});

/** What an agent refuses that does not know the signal. */
function mistyped(signal: string): Hints {
  const name = signal.toUpperCase().replace(/^SIG/, "");
  const meant = SIGNALS.includes(name) ? undefined : closest(name, SIGNALS);
  return meant === undefined ? {} : { INVALID_INPUT: `did you mean ${meant}?` };
}
