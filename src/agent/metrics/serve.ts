import type { Registry } from "prom-client";
import { JobError } from "../../job/errors.ts";
import type { ListenAddress } from "../config.ts";

export interface MetricsServer extends AsyncDisposable {
  /** Where it listens, `HOST:PORT`. */
  readonly address: string;
}

/**
 * Serves a registry in the text format of Prometheus, to anybody who can connect: no names of jobs are in it, unless
 * they were asked for.
 * @param sample looks at what is not counted as it happens
 * @throws JobError HOST_UNSUPPORTED when the address cannot be used
 */
export function serveMetrics(
  { host, port }: ListenAddress,
  registry: Registry,
  sample: () => Promise<void>,
): MetricsServer {
  const respond = async (request: Request): Promise<Response> => {
    if (new URL(request.url).pathname !== "/metrics") return new Response("see /metrics\n", { status: 404 });
    if (request.method !== "GET") return new Response("", { status: 405, headers: { allow: "GET" } });
    await sample();
    return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
  };
  try {
    const server = Bun.serve({
      hostname: host.replace(/^\[|\]$/g, ""),
      port,
      fetch: respond,
      idleTimeout: 30,
    });
    return {
      address: `${host}:${server.port}`,
      [Symbol.asyncDispose]: () => server.stop(true),
    };
  } catch (cause) {
    throw new JobError(
      "HOST_UNSUPPORTED",
      `cannot serve metrics on ${host}:${port}: ${(cause as Error).message}`,
      {
        hint: "is another agent running? --metrics takes another address",
        cause,
      },
    );
  }
}
