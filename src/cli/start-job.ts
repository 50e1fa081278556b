import type { Client, RunCall } from "../client/client.ts";
import { JobError } from "../job/errors.ts";
import type { RunOutput } from "../job/types.ts";
import { hinted, withOptionNames } from "./hints.ts";
import { Patience, type PatienceOptions } from "./patience.ts";

/** A run with an id, so that sending it again cannot start a second job. */
export type IdentifiedRun = RunCall & { readonly requestId: string };

export function identified(input: RunCall): IdentifiedRun {
  return { ...input, requestId: input.requestId ?? crypto.randomUUID() };
}

/**
 * Starts a job once, whatever becomes of the connection: a run whose answer was lost is sent again, and the agent
 * knows it by its request id.
 */
export async function startJob(
  client: Client,
  input: IdentifiedRun,
  options: PatienceOptions,
): Promise<RunOutput> {
  const patience = new Patience(options, () => "lost the agent while it was starting the job");
  let mayBeStarted = false;
  for (;;) {
    try {
      return await client.run(input, options);
    } catch (error) {
      mayBeStarted ||= mayHaveArrived(error);
      // An agent that cannot be reached in the first place is reported at once.
      if (!mayBeStarted) throw explained(input, error);
      await patience.spend(error).catch((lost) => {
        throw options.signal.aborted ? lost : explained(input, lost, unsure(input));
      });
    }
  }
}

/** Of a run that was not answered. */
export function unsure({ requestId }: IdentifiedRun): string {
  return (
    "the job may have been started (lpr job list); " +
    `the same command with --request-id ${requestId} starts it only if it was not`
  );
}

/** The client has no cause for what it finds out before it sends anything: why there is no connection. */
function mayHaveArrived(error: unknown): boolean {
  return error instanceof JobError && error.code === "UNAVAILABLE" && error.cause !== undefined;
}

function explained(
  { name = "NAME", ifExists = "fail" }: RunCall,
  error: unknown,
  unavailable?: string,
): unknown {
  const taken =
    ifExists === "fail"
      ? "if it is yours: --if-exists attach goes on with it, --if-exists replace takes its place\n" +
        `lpr job rm ${name} removes it (--force stops it first); or choose another name`
      : "it belongs to somebody else, or is just being started: choose another name";
  const hints = {
    NAME_TAKEN: taken,
    ...(unavailable === undefined ? {} : { UNAVAILABLE: unavailable }),
  };
  return hinted(hints, withOptionNames(error));
}
