import { headers, type Msg } from "@nats-io/transport-node";
import { JobError } from "../job/errors.ts";
import { collect } from "./collect.ts";
import { type FleetContext, FORWARDED_RPCS, type ForwardedCall } from "./context.ts";
import { joinMessages } from "./messages.ts";
import { callSubject } from "./names.ts";
import { parseEnvelope, parseSealed } from "./parse.ts";
import { CALL_HEADERS, type CallFailure } from "./protocol.ts";
import { Replay } from "./replay.ts";

/** Calls of other agents that are answered at a time; a follower through another agent is one all the time. */
const MAX_CALLS = 1_000;

/**
 * Answers what other agents ask for those who called them, until the agent closes. Resolves when the last call is
 * answered, which then is told to come again.
 */
export async function serveCalls(context: FleetContext): Promise<void> {
  const { connection, settings, closing, log } = context;
  const replay = new Replay();
  const subscription = connection.subscribe(callSubject(settings.name));
  const stop = () => subscription.unsubscribe();
  closing.addEventListener("abort", stop, { once: true });
  const calls = new Set<Promise<void>>();
  try {
    for await (const message of subscription) {
      const call = (calls.size < MAX_CALLS ? answer(context, replay, message) : tooMany(message))
        // The connection went away under it: who has called finds out by itself.
        .catch((error: unknown) => log.warn(`a call of an agent was not answered: ${error}`))
        .finally(() => calls.delete(call));
      calls.add(call);
    }
    await Promise.all(calls);
  } finally {
    closing.removeEventListener("abort", stop);
  }
}

async function answer(context: FleetContext, replay: Replay, message: Msg): Promise<void> {
  let rpc = "a call of an agent";
  try {
    const call = await open(context, replay, message);
    rpc = call.rpc;
    const isStream = rpc === "streamLogs";
    const { messages, ended } = await collect((signal) => context.answer(call, signal), {
      isStream,
      closing: context.closing,
    });
    const header = headers();
    header.set(CALL_HEADERS.code, "OK");
    if (!ended) header.set(CALL_HEADERS.more, "1");
    message.respond(joinMessages(messages), { headers: header });
  } catch (error) {
    fail(message, context.closing.aborted ? stopping() : context.explain(error, rpc));
  }
}

/** @throws JobError UNAUTHENTICATED, INVALID_INPUT */
async function open({ seals, settings }: FleetContext, replay: Replay, message: Msg): Promise<ForwardedCall> {
  const sealed = parseSealed(message.json());
  const { agent, body } = await seals.verify(sealed);
  const envelope = parseEnvelope(JSON.parse(body));
  if (envelope.to !== settings.name) {
    throw new JobError("UNAUTHENTICATED", `the call of ${agent} is meant for another agent`);
  }
  replay.admit(envelope, Date.now());
  const rpc = FORWARDED_RPCS.find((known) => known === envelope.rpc);
  if (rpc === undefined) {
    throw new JobError("HOST_UNSUPPORTED", `agent ${settings.name} cannot answer ${envelope.rpc} to others`, {
      hint: "bring all agents of the fleet to one version",
    });
  }
  const caller = { ...envelope.caller, address: `${envelope.caller.address} through ${agent}` };
  return { rpc, caller, request: Buffer.from(envelope.request, "base64") };
}

function stopping(): JobError {
  return new JobError("UNAVAILABLE", "the agent that has the job is stopping");
}

async function tooMany(message: Msg): Promise<void> {
  fail(
    message,
    new JobError("UNAVAILABLE", "the agent that has the job answers too many calls at the moment"),
  );
}

function fail(message: Msg, { code, message: text, hint }: JobError): void {
  const header = headers();
  header.set(CALL_HEADERS.code, code);
  const failure: CallFailure = { code, message: text, hint };
  message.respond(JSON.stringify(failure), { headers: header });
}
