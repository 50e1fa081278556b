import { randomBytes } from "node:crypto";
import { JobError } from "../job/errors.ts";
import { toWireStatus, type WireStatus } from "../rpc/status.ts";
import type { AgentLog } from "./log.ts";

/** What a caller may know of an error. The rest goes to the agent's log, under an id that the caller sees too. */
export function answerFor(error: unknown, rpc: string, log: AgentLog): WireStatus {
  if (error instanceof JobError && error.code !== "INTERNAL") return toWireStatus(error);
  if (isDiskFull(error)) {
    log.error(`${rpc} failed: the disk is full`, error);
    return toWireStatus(
      new JobError("QUOTA_EXCEEDED", "the disk of the agent is full", {
        hint: "whoever runs the agent has to make room; removing jobs that have ended may help: lpr job rm NAME",
      }),
    );
  }
  const id = randomBytes(4).toString("hex");
  log.error(`${rpc} failed, reported to the caller as ${id}`, error);
  return toWireStatus(
    new JobError("INTERNAL", `the agent failed to do this (error ${id})`, {
      hint: `whoever runs the agent finds the reason in its log, beside ${id}`,
    }),
  );
}

const DISK_FULL = new Set(["ENOSPC", "EDQUOT", "SQLITE_FULL"]);

/** Of the file system or the database; what the job library says of it is about a step of its own. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && DISK_FULL.has(String(error.code))) || isDiskFull(error.cause);
}
