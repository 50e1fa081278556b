import { randomBytes } from "node:crypto";
import { JobError } from "../job/errors.ts";
import { toWireStatus, type WireStatus } from "../rpc/status.ts";
import type { AgentLog } from "./log.ts";

/** What a caller may know of an error. The rest goes to the agent's log, under an id that the caller sees too. */
export function answerFor(error: unknown, rpc: string, log: AgentLog): WireStatus {
  if (error instanceof JobError && error.code !== "INTERNAL") return toWireStatus(error);
  const id = randomBytes(4).toString("hex");
  log.error(`${rpc} failed, reported to the caller as ${id}`, error);
  return toWireStatus(
    new JobError("INTERNAL", `the agent failed to do this (error ${id})`, {
      hint: `whoever runs the agent finds the reason in its log, beside ${id}`,
    }),
  );
}
