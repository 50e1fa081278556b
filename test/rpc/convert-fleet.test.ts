import { expect, test } from "bun:test";
import {
  type FleetAgent,
  type FleetPool,
  fromFleetAgentsRequest,
  fromFleetAgentsResponse,
  fromFleetPoolsResponse,
  fromFleetState,
  fromPageRequest,
  toFleetAgentsRequest,
  toFleetAgentsResponse,
  toFleetPoolsResponse,
  toFleetState,
  toPageRequest,
} from "../../src/rpc/convert/fleet.ts";
import { jobService, type RequestOf, type ResponseOf, type Rpc } from "../../src/rpc/schema.ts";

/** As the other side receives it. */
function sentRequest<R extends Rpc>(rpc: R, request: RequestOf<R>): RequestOf<R> {
  const { requestSerialize, requestDeserialize } = jobService[rpc];
  return requestDeserialize(requestSerialize(request as never)) as RequestOf<R>;
}
function sentResponse<R extends Rpc>(rpc: R, response: ResponseOf<R>): ResponseOf<R> {
  const { responseSerialize, responseDeserialize } = jobService[rpc];
  return responseDeserialize(responseSerialize(response as never)) as ResponseOf<R>;
}

const lastSeenAt = new Date("2026-11-24T01:02:03.456Z");
const agents: FleetAgent[] = [
  {
    ...{ name: "b1.example.org", state: "up", version: "1.2.3", hostname: "b1", lastSeenAt },
    labels: { disk: "ssd", empty: "" },
    pools: [
      {
        ...{ pool: "build", slots: 4, running: 1, cpuCores: 8, freeCpuCores: 0 },
        ...{ memoryBytes: 2 ** 40, freeMemoryBytes: 2 ** 39 },
      },
      { pool: "test", slots: 1, running: 0 },
    ],
  },
  { name: "b2", state: "draining", version: "", hostname: "", labels: {}, pools: [], lastSeenAt },
  { name: "b3", state: "lost", version: "", hostname: "", labels: {}, pools: [], lastSeenAt },
];

test("agents of a fleet arrive as they were sent, without what they do not count", () => {
  const page = { agents, nextPageToken: "b3" };
  const sent = sentResponse("fleetAgents", toFleetAgentsResponse(page));
  expect(fromFleetAgentsResponse(sent)).toStrictEqual(page);
  const last = sentResponse("fleetAgents", toFleetAgentsResponse({ agents: [] }));
  expect(fromFleetAgentsResponse(last)).toStrictEqual({ agents: [] });
});

test("an agent in a state that only newer peers know is not taken for one that is up", () => {
  const [agent] = toFleetAgentsResponse({ agents }).agents;
  const unknown = { ...agent, state: 9 } as never;
  expect(fromFleetAgentsResponse({ agents: [unknown], nextPageToken: "" }).agents[0]?.state).toBe("lost");
});

test("pools of a fleet arrive as they were sent", () => {
  const idle: FleetPool = { name: "build", agents: 2, slots: 8, running: 3, queued: 0 };
  const page = {
    pools: [idle, { ...idle, queued: 2 ** 33, oldestQueuedAt: lastSeenAt }],
    nextPageToken: "x",
  };
  const sent = sentResponse("fleetPools", toFleetPoolsResponse(page));
  expect(fromFleetPoolsResponse(sent)).toStrictEqual(page);
});

test("which page is asked for arrives as it was sent", () => {
  const input = { pageSize: 7, pageToken: "b2", pool: "build" };
  const sent = sentRequest("fleetAgents", toFleetAgentsRequest(input));
  expect(fromFleetAgentsRequest(sent)).toStrictEqual(input);
  const { pool: _, ...page } = input;
  expect(fromPageRequest(sentRequest("fleetPools", toPageRequest(page)))).toStrictEqual(page);
  expect(fromPageRequest(sentRequest("fleetPools", toPageRequest({})))).toStrictEqual({
    ...{ pageSize: undefined, pageToken: undefined },
  });
});

test("how a job is placed arrives as it was sent", () => {
  const waiting = { pool: "build", attempt: 1, fence: 0, retry: 3, queuedAt: lastSeenAt };
  for (const state of [waiting, { ...waiting, agent: "b1", attempt: 2, fence: 2 ** 33 }]) {
    expect(fromFleetState(toFleetState(state))).toStrictEqual(state);
  }
});
