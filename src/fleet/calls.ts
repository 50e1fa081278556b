import { randomUUID } from "node:crypto";
import type { Msg } from "@nats-io/transport-node";
import { JobError, type JobErrorCode } from "../job/errors.ts";
import type { FleetContext, ForwardedCall } from "./context.ts";
import { splitMessages } from "./messages.ts";
import { callSubject } from "./names.ts";
import { CALL_HEADERS, type CallEnvelope, type CallFailure, PULL_MS } from "./protocol.ts";

/** Time for an answer to come, in milliseconds: that which it may take, and that which it travels. */
const ANSWER_MS = PULL_MS + 5_000;

export interface Answer {
  readonly messages: readonly Uint8Array[];
  /** Nothing more is to come: false only of streams, which are asked again for what follows. */
  readonly ended: boolean;
}

/**
 * Has another agent answer a call, for the caller that this one has authenticated.
 * @throws JobError what the other agent answers; UNAVAILABLE when it does not
 */
export async function callAgent(context: FleetContext, agent: string, call: ForwardedCall): Promise<Answer> {
  const { connection, seals } = context;
  const envelope: CallEnvelope = {
    ...{ to: agent, at: new Date().toISOString(), nonce: randomUUID(), rpc: call.rpc, caller: call.caller },
    request: Buffer.from(call.request).toString("base64"),
  };
  const sealed = JSON.stringify(seals.seal(JSON.stringify(envelope)));
  let reply: Msg;
  try {
    reply = await connection.request(callSubject(agent), sealed, { timeout: ANSWER_MS });
  } catch (cause) {
    throw new JobError("UNAVAILABLE", `agent ${agent} of the fleet, which has the job, cannot be reached`, {
      hint: "try again later: should it be lost, the fleet finds out by itself",
      cause,
    });
  }
  const code = reply.headers?.get(CALL_HEADERS.code);
  if (code !== "OK") throw failureOf(reply, agent);
  return { messages: splitMessages(reply.data), ended: reply.headers?.get(CALL_HEADERS.more) !== "1" };
}

function failureOf(reply: Msg, agent: string): JobError {
  try {
    const { code, message, hint } = reply.json<CallFailure>();
    return new JobError(code as JobErrorCode, message, { hint });
  } catch (cause) {
    return new JobError("INTERNAL", `agent ${agent} of the fleet has answered what makes no sense`, {
      cause,
    });
  }
}
