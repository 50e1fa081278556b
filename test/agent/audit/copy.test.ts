import { expect, test } from "bun:test";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { AuditCopy } from "../../../src/agent/audit/copy.ts";
import type { AuditEntry } from "../../../src/job/index.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const entry = (sequence: number): AuditEntry => ({
  ...{ sequence, time: new Date("2026-11-24T03:00:00Z"), tenant: "zoë\n", role: "user", fingerprint: "ab" },
  ...{ address: "192.0.2.7:1", action: "Run", jobName: "web", jobId: "id", outcome: "OK", detail: "sleep" },
});
const noComplaints = { error: (message: string) => expect.unreachable(message) };
const sequences = (path: string) =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).sequence);

test("the copy has a JSON object on each line, is added to, and is its owner's alone", () => {
  using dir = tempDir();
  for (const sequence of [1, 2]) {
    using copy = new AuditCopy(dir.join("audit.jsonl"), noComplaints);
    copy.append(entry(sequence));
  }
  const [first = ""] = readFileSync(dir.join("audit.jsonl"), "utf8").split("\n");
  expect(JSON.parse(first)).toEqual({ ...entry(1), time: "2026-11-24T03:00:00.000Z" });
  expect(sequences(dir.join("audit.jsonl"))).toEqual([1, 2]);
  expect(statSync(dir.join("audit.jsonl")).mode & 0o777).toBe(0o600);
});

test("a file that is renamed or removed is followed by a new one", () => {
  using dir = tempDir();
  const path = dir.join("audit.jsonl");
  using copy = new AuditCopy(path, noComplaints);
  copy.append(entry(1));
  renameSync(path, `${path}.1`);
  copy.append(entry(2));
  rmSync(path);
  copy.append(entry(3));
  expect(sequences(`${path}.1`)).toEqual([1]);
  expect(sequences(path)).toEqual([3]);
});

test("a copy that cannot be written is complained of once, and goes on when it can be again", () => {
  using dir = tempDir();
  const path = dir.join("logs/audit.jsonl");
  mkdirSync(dir.join("logs"));
  const complaints: string[] = [];
  using copy = new AuditCopy(path, { error: (message) => void complaints.push(message) });
  rmSync(dir.join("logs"), { recursive: true });
  for (const sequence of [1, 2, 3]) copy.append(entry(sequence));
  expect(complaints).toEqual([`entry 1 of the audit log is not copied to ${path}`]);
  mkdirSync(dir.join("logs"));
  copy.append(entry(4));
  expect(sequences(path)).toEqual([4]);
});

test("an agent does not start with a copy that cannot be opened", () => {
  using dir = tempDir();
  writeFileSync(dir.join("file"), "");
  expect(() => new AuditCopy(dir.join("file/audit.jsonl"), noComplaints)).toThrow(
    "file/audit.jsonl cannot be opened (ENOTDIR)",
  );
});
