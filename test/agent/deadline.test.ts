/** Clients of gRPC may give a call a deadline (ours gives none), and need not keep it themselves. */
import { expect, test } from "bun:test";
import { connect } from "node:http2";
import { status } from "@grpc/grpc-js";
import { toStreamLogsRequest } from "../../src/rpc/convert/requests.ts";
import { frame } from "../../src/rpc/frame.ts";
import { jobService } from "../../src/rpc/schema.ts";
import { startAgent, type TestAgent } from "../helpers/agent.ts";

/** Follows a job by HTTP/2 alone, with a deadline that only the agent knows of; resolves to the status it answers. */
async function statusAfterDeadline(agent: TestAgent, name: string, { stallsMs }: { stallsMs: number }) {
  const { ca, cert, key } = await agent.options();
  const session = connect(`https://${agent.address}`, { ca, cert, key });
  const request = session.request({
    ...{ ":method": "POST", ":path": jobService.streamLogs.path, te: "trailers" },
    ...{ "content-type": "application/grpc", "grpc-timeout": "300m" },
  });
  request.end(
    frame([jobService.streamLogs.requestSerialize(toStreamLogsRequest({ name }, { acceptZstd: false }))]),
  );
  const answered = Promise.withResolvers<number>();
  request.on("trailers", (trailers) => answered.resolve(Number(trailers["grpc-status"])));
  request.on("error", answered.reject);
  request.once("data", () => {
    request.pause();
    setTimeout(() => request.resume(), stallsMs);
  });
  const code = await answered.promise;
  session.destroy();
  return code;
}

test("the agent ends a stream at its deadline, read or unread, and serves on", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  const script = "head -c 20000000 /dev/zero; while :; do echo; sleep 0.01; done";
  await client.run({ name: "endless", command: "/bin/sh", args: ["-c", script] });
  const codes = await Promise.all(
    [0, 600, 900].map((stallsMs) => statusAfterDeadline(agent, "endless", { stallsMs })),
  );
  expect(codes).toEqual(Array(3).fill(status.DEADLINE_EXCEEDED));
  expect((await client.get({ name: "endless" })).state.status).toBe("RUNNING");
  expect(agent.logged.filter((line) => line.startsWith("error"))).toEqual([]);
  await client.stop({ name: "endless", gracePeriodMs: 0 });
});
