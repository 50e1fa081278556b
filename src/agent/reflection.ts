import { once } from "node:events";
import { type ServerDuplexStream, status } from "@grpc/grpc-js";
import { JobError } from "../job/errors.ts";
import { DESCRIPTORS } from "../rpc/generated/descriptors.ts";
import type {
  ReflectionAnswer,
  ReflectionQuery,
  ReflectionRequest,
  ReflectionResponse,
} from "../rpc/reflection.ts";
import { toWireStatus } from "../rpc/status.ts";
import type { CallEnvironment } from "./calls.ts";
import { http2StreamOf } from "./http2-stream.ts";

/** Services that are described, and the files that do. */
const SERVICES = {
  "job_runner.JobService": "job_runner.proto",
  "grpc.health.v1.Health": "grpc/health/v1/health.proto",
} as const;

/** What the files declare: a name within one of these packages is asked of its file. */
const PACKAGES = {
  "job_runner.": "job_runner.proto",
  "grpc.health.v1.": "grpc/health/v1/health.proto",
} as const;

/** Answers from what was described when LPR was built. */
function answerReflection(query: ReflectionQuery): ReflectionAnswer {
  switch (query.kind) {
    case "services":
      return { services: Object.keys(SERVICES) };
    case "file":
      return fileNamed(query.name);
    case "symbol": {
      const [, name = ""] = Object.entries(PACKAGES).find(([start]) => query.name.startsWith(start)) ?? [];
      return fileNamed(name, query.name);
    }
    case "other":
      return { error: { code: status.UNIMPLEMENTED, message: "there are no extensions here" } };
  }
}

function fileNamed(name: string, asked = name): ReflectionAnswer {
  const base64 = Object.hasOwn(DESCRIPTORS, name) ? DESCRIPTORS[name] : undefined;
  if (base64 !== undefined) return { file: Buffer.from(base64, "base64") };
  return { error: { code: status.NOT_FOUND, message: `nothing is known of ${JSON.stringify(asked)}` } };
}

/** Like all calls for clients with a certificate alone; for any of them. Reads no further than its client does. */
export function serveReflection({ peers, quotas }: Pick<CallEnvironment, "peers" | "quotas">) {
  return async (call: ServerDuplexStream<ReflectionRequest, ReflectionResponse>): Promise<void> => {
    try {
      const stream = http2StreamOf(call);
      if (!stream) return;
      quotas.startCall(peers.identifiedOn(stream.session).caller.tenant, stream);
      // Otherwise the end of the requests would destroy the answers with them.
      const requests = call.iterator({ destroyOnReturn: false });
      for await (const { query, bytes } of requests as AsyncIterable<ReflectionRequest>) {
        const more = call.write({ request: bytes, answer: answerReflection(query) });
        if (!more) await once(call, "drain");
      }
      call.end();
    } catch (error) {
      // Whoever has gone hears nothing.
      if (error instanceof JobError) call.emit("error", toWireStatus(error));
    }
  };
}
