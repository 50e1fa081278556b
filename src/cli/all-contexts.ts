import type { Client } from "../client/client.ts";
import { type Login, loginsPath, readLogins } from "../client/logins.ts";
import { JobError } from "../job/errors.ts";
import { resolveConnection } from "./connection.ts";
import { type Outcomes, settleEach } from "./for-each-name.ts";
import { Interrupted } from "./interrupted.ts";
import { type AllContextsFlags, type ConnectionFlags, useClient } from "./session.ts";
import { LabelledSink, type Sink } from "./sink.ts";
import { UsageError } from "./usage-error.ts";

export interface OfContext<T> {
  /** Name of the login. */
  readonly context: string;
  readonly value: T;
}

/**
 * Does something on every agent with a saved login, at once. What fails on one does not keep the others; its error
 * names the login, and the last one sums up.
 */
export async function onAllContexts<T>(
  flags: AllContextsFlags,
  action: (client: Client, sink: Sink, context: string) => Promise<T>,
): Promise<Outcomes<OfContext<T>>> {
  refuseOthers(flags);
  const { logins } = await readLogins(loginsPath());
  if (logins.length === 0) {
    throw new JobError("UNAUTHENTICATED", "you are not logged in to any agent", { hint: "lpr auth login" });
  }
  const width = Math.max(...logins.map(({ name }) => name.length));
  const connections = await openAll(logins);
  const { values, failures } = await settleEach(connections, async ({ context, options }) => {
    const sink = new LabelledSink(context, width);
    try {
      const value = await useClient(await options, (client) => action(client, sink, context));
      return { context, value };
    } catch (error) {
      throw labelled(context, error);
    } finally {
      await sink.end();
    }
  });
  return { values, failures: summed(failures, logins, values) };
}

/** One after the other: passphrases may be asked for. */
async function openAll(logins: readonly Login[]) {
  const connections = [];
  for (const { name } of logins) {
    const options = resolveConnection({ ...NOWHERE, context: name });
    await options.catch(() => undefined);
    connections.push({ context: name, options });
  }
  return connections;
}

const NOWHERE: ConnectionFlags = {
  ...{ context: undefined, address: undefined, cacert: undefined, cert: undefined, key: undefined },
};

function refuseOthers(flags: ConnectionFlags): void {
  const given = (Object.keys(NOWHERE) as (keyof ConnectionFlags)[]).filter(
    (name) => flags[name] !== undefined,
  );
  if (given.length === 0) return;
  throw new UsageError(given.map((name) => `--all-contexts and --${name} exclude each other`));
}

function labelled(context: string, error: unknown): unknown {
  if (error instanceof Interrupted) return error;
  if (error instanceof AggregateError)
    return new AggregateError(error.errors.map((it) => labelled(context, it)));
  if (error instanceof UsageError)
    return new UsageError(
      error.problems.map((it) => `${context}: ${it}`),
      error.hint,
    );
  if (error instanceof JobError) {
    return new JobError(error.code, `${context}: ${error.message}`, { hint: error.hint, cause: error });
  }
  return new Error(`${context}: ${error instanceof Error ? error.message : error}`, { cause: error });
}

/** The user interrupts all at once; other failures are counted. */
function summed(
  failures: readonly unknown[],
  logins: readonly Login[],
  succeeded: readonly OfContext<unknown>[],
): readonly unknown[] {
  const interrupted = failures.filter((it) => it instanceof Interrupted);
  if (interrupted.length > 0) {
    const remarks = new Set(interrupted.flatMap(({ remark }) => remark ?? []));
    return [new Interrupted([...remarks].join("\n") || undefined)];
  }
  if (failures.length === 0 || logins.length === 1) return failures;
  const failed = logins.filter(({ name }) => !succeeded.some(({ context }) => context === name));
  const names = failed.map(({ name }) => name).join(", ");
  return [...failures, new Error(`failed on ${failed.length} of ${logins.length} agents: ${names}`)];
}
