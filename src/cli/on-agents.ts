import type { Client } from "../client/client.ts";
import { throwAll } from "./for-each-name.ts";
import { type AllContextsFlags, withClient } from "./session.ts";
import { ownSink, type Sink } from "./sink.ts";

/**
 * Does something on the agent that the flags name, or with `--all-contexts` on each that there is a saved login for,
 * at once. Gives back what came of it; throws what failed, in the end.
 */
export async function onAgents<T>(
  flags: AllContextsFlags,
  action: (client: Client, sink: Sink) => Promise<T>,
): Promise<readonly T[]> {
  if (!flags["all-contexts"]) return [await withClient(flags, (client) => action(client, ownSink))];
  const { onAllContexts } = await import("./all-contexts.ts");
  const { values, failures } = await onAllContexts(flags, action);
  throwAll(failures);
  return values.map(({ value }) => value);
}
