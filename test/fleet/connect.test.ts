import { expect, test } from "bun:test";
import { doubtOf } from "../../src/fleet/connect.ts";

test.each(["2.9.10", "2.10.22", "2.10.23-RC.1"])("NATS server %s is told of", (version) => {
  expect(doubtOf(version)).toBe(
    `NATS server ${version} may lose what it has acknowledged when servers are killed, so that a job runs twice: run 2.10.23 or later`,
  );
});

test.each(["2.10.23", "2.11.0-dev", "3.0.0", undefined])("NATS server %s is not", (version) => {
  expect(doubtOf(version)).toBeUndefined();
});
