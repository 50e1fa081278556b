import { Metadata, type MethodDefinition, type ServiceError } from "@grpc/grpc-js";
import { JobError } from "../job/errors.ts";
import { fromWireStatus, isFromAgent } from "../rpc/status.ts";
import { cancelled } from "./cancelled.ts";
import type { Channel } from "./channel.ts";
import type { Channels } from "./channels.ts";
import { decodeInPlace } from "./message-decoder.ts";

/** One request, one answer. Without a deadline: keepalive finds an agent that has gone. */
export function unary<Request, Response>(
  channels: Channels,
  method: MethodDefinition<Request, Response>,
  request: Request,
  signal: AbortSignal,
): Promise<Response> {
  return channels.call(async (channel) => {
    await channel.ready(signal);
    return send(channel, method, request, signal);
  });
}

function send<Request, Response>(
  channel: Channel,
  method: MethodDefinition<Request, Response>,
  request: Request,
  signal: AbortSignal,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { path, requestSerialize, responseDeserialize } = method;
    const call = channel.grpc.makeUnaryRequest(
      ...([path, requestSerialize, responseDeserialize, request, new Metadata(), {}] as const),
      (error, response) => {
        signal.removeEventListener("abort", onAbort);
        if (error) return reject(translate(error, channel, signal));
        if (response === undefined) return reject(new JobError("INTERNAL", "the agent sent no answer"));
        resolve(response);
      },
    );
    const onAbort = () => call.cancel();
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

/** One request, many answers: the next is taken from the connection only when it is asked for. */
export async function* serverStreaming<Request, Response>(
  channels: Channels,
  method: MethodDefinition<Request, Response>,
  request: Request,
  signal: AbortSignal,
): AsyncGenerator<Response, void, undefined> {
  const channel = channels.take();
  let complete = false;
  try {
    await channel.ready(signal);
    yield* receive(channel, method, request, signal);
    complete = true;
  } finally {
    if (complete) channels.giveBack(channel);
    else channel.close();
  }
}

async function* receive<Request, Response>(
  channel: Channel,
  method: MethodDefinition<Request, Response>,
  request: Request,
  signal: AbortSignal,
): AsyncGenerator<Response, void, undefined> {
  const { path, requestSerialize, responseDeserialize } = method;
  const call = channel.grpc.makeServerStreamRequest(
    ...([path, requestSerialize, responseDeserialize, request, new Metadata(), {}] as const),
  );
  const onAbort = () => call.cancel();
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  // A call that was left emits its CANCELLED when nobody iterates any more, which would end the process.
  call.on("error", () => undefined);
  call.on("metadata", () => void decodeInPlace(call));
  try {
    for await (const message of call) yield message as Response;
  } catch (error) {
    throw translate(error as ServiceError, channel, signal);
  } finally {
    signal.removeEventListener("abort", onAbort);
    call.cancel();
  }
}

function translate(error: ServiceError, channel: Channel, signal: AbortSignal): JobError {
  if (signal.aborted) return cancelled(signal);
  const translated = fromWireStatus(error);
  if (translated.code !== "UNAVAILABLE" || isFromAgent(error)) return translated;
  return new JobError("UNAVAILABLE", `the connection to the agent at ${channel.target.name} was lost`, {
    hint: "the agent may have been stopped or restarted; try again",
    cause: error,
  });
}
