import type { AuditNote, AuditOrder, RunOutput } from "../../job/types.ts";
import type { RunCall } from "../../rpc/convert/requests.ts";
import type { Identified } from "../peers.ts";

/** What an audit entry says of who calls, and for what. */
export function orderOf({ caller, address }: Identified, action: string, detail: string): AuditOrder {
  const { tenant, role, fingerprint } = caller;
  return { tenant, role, fingerprint, address, action, detail };
}

/**
 * A run in words. Of the arguments only how many, and nothing of the environment: passwords are found in both, and
 * entries outlive their jobs. The job's record has the arguments as long as it is kept.
 */
export function describeRun(input: RunCall): string {
  const count = input.args?.length ?? 0;
  const facts = [
    `${input.command} with ${count} argument${count === 1 ? "" : "s"}`,
    input.user === undefined ? "" : `as ${input.user}`,
    input.isolate ? "isolated" : "",
    input.ifExists === undefined || input.ifExists === "fail" ? "" : `if-exists ${input.ifExists}`,
    input.dryRun ? "only checked" : "",
  ];
  return facts.filter(Boolean).join(", ");
}

export function describeStop(gracePeriodMs: number | undefined): string {
  return gracePeriodMs === undefined ? "" : `grace period ${gracePeriodMs} ms`;
}

export function describeSignal(signal: string, all: boolean): string {
  return all ? `${signal} to all processes` : signal;
}

/** A run that started nothing, as the job was there. */
export function attachedNote(order: AuditOrder, { name, id }: RunOutput): AuditNote {
  const detail = `found the job there already: ${order.detail}`;
  return { ...order, time: new Date(), jobName: name, jobId: id, outcome: "OK", detail };
}
