import { describe, expect, test } from "bun:test";
import { chmodSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { loadConfig, loadPolicy } from "../../src/agent/config.ts";
import { fleetSettingsOf, type GivenFleet } from "../../src/agent/fleet-settings.ts";
import { testCerts } from "../helpers/certs.ts";
import { errorOf } from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const servers = ["nats://127.0.0.1:4222"];

function issuesOf(given: GivenFleet): string[] {
  const issues: string[] = [];
  fleetSettingsOf({ servers, name: "b1", ...given }, issues);
  return issues;
}

test("defaults are the documented ones, and the agent is called as its host", () => {
  const issues: string[] = [];
  expect(fleetSettingsOf({ servers, name: "b1" }, issues)).toEqual({
    ...{ servers, name: "b1", replicas: 1, heartbeatMs: 5_000, leaseMs: 20_000, keepMs: 604_800_000 },
    ...{ archive: false, warden: true, labels: {}, pools: {} },
  });
  expect(issues).toEqual([]);
  expect(fleetSettingsOf({ servers }, []).name).toBe(hostname().toLowerCase());
});

describe("what makes no sense is refused, with field, rule and value", () => {
  test.each<[GivenFleet, string]>([
    [{ servers: [] }, "fleet: servers must name one NATS server at least, got []"],
    [{ servers: ["127.0.0.1:4222"] }, 'nats://HOST:PORT or tls://HOST:PORT, got "127.0.0.1:4222"'],
    [{ servers: ["http://a"] }, 'got "http://a"'],
    [{ servers: ["nats://me:secret@a:4222"] }, "servers must each be nats://HOST:PORT"],
    [{ name: "build host" }, 'fleet: name must be a DNS name, got "build host"'],
    [{ replicas: 2 }, "fleet: replicas must be 1, 3, 5, got 2"],
    [{ heartbeatMs: 500 }, 'heartbeat must be from 1s to 60s, got "0.5s"'],
    [{ leaseMs: 14_000 }, 'lease must be from 15s to 3600s, got "14s"'],
    [{ keepMs: 60_000 }, "keep must be from 3600s"],
    [{ tls: { cert: "/x" } }, "tls.cert and tls.key are given together"],
    [{ labels: { "a b": "c" } }, "a label's key must be"],
    [{ pools: { "a.b": { slots: 1 } } }, "pools must have names of 1 to 32 of A-Z a-z 0-9 _ -"],
    [{ pools: { a: { slots: 1.5 } } }, "pools.a.slots must be a whole number from 1 to 10000, got 1.5"],
    [{ pools: { a: { slots: 1, cpuCores: 0 } } }, "pools.a.cpu must be above 0, got 0"],
    [{ pools: { a: { slots: 1, memoryBytes: -1 } } }, "pools.a.memory must be above 0, got -1"],
  ])("%j", (given, problem) => {
    expect(issuesOf(given)).toEqual([expect.stringContaining(problem)]);
  });

  test("all of it at once, together with what is wrong elsewhere", async () => {
    const wrong = { listen: "nowhere", fleet: { servers: [], replicas: 4 } };
    const { message } = await errorOf(Promise.try(() => loadPolicy(wrong, { env: {}, isRoot: false })));
    expect(message).toContain("--listen must be HOST:PORT");
    expect(message).toContain("fleet: servers must name");
    expect(message).toContain("fleet: replicas must be");
  });
});

describe("at its start", () => {
  const start = async (fleet: GivenFleet) => {
    const { ca, agent } = await testCerts();
    chmodSync(agent.keyPath, 0o600);
    const files = { ca: ca.certPath, cert: agent.certPath, key: agent.keyPath };
    return loadConfig({ ...files, fleet: { servers, ...fleet } }, { env: {}, isRoot: false });
  };

  test("an agent needs a certificate with its name in the fleet", async () => {
    expect((await start({ name: "localhost" })).fleet?.name).toBe("localhost");
    const { message } = await errorOf(start({ name: "b1.example.com" }));
    expect(message).toContain("fleet: name must be a DNS name of the agent's certificate (it has localhost");
    expect(message).toContain("lpr certs issue-agent b1.example.com");
  });

  test("credentials that cannot be read, or that others can read, are refused", async () => {
    using dir = tempDir();
    const credentials = dir.join("fleet.creds");
    const given = { name: "localhost", credentials };
    expect((await errorOf(start(given))).message).toContain(
      `fleet: credentials ${credentials}: no such file`,
    );
    writeFileSync(credentials, "x", { mode: 0o644 });
    expect((await errorOf(start(given))).message).toContain(`run: chmod 600 ${credentials}`);
    chmodSync(credentials, 0o600);
    expect((await start(given)).fleet?.credentials).toBe(credentials);
  });
});
