import type { CapabilityLevel } from "../../job/types.ts";
import type { ResponseOf } from "../schema.ts";
import { levelFromWire, levelToWire } from "./enums.ts";
import { type FleetMembership, fromFleetMembership, toFleetMembership } from "./fleet.ts";
import { fromTimestamp, toTimestamp } from "./time.ts";

/** What an agent says about itself, its host and the caller. */
export interface AgentInfo {
  readonly version: string;
  readonly hostname: string;
  readonly startedAt: Date;
  readonly capabilityLevel: CapabilityLevel;
  /** What the host lacks of the level "limits", a sentence each. */
  readonly missing: readonly string[];
  /** Jobs that are running, of all tenants. */
  readonly runningJobs: number;
  /** Who the agent takes the caller for. */
  readonly tenant: string;
  readonly role: string;
  readonly agentCertificateExpiresAt: Date;
  readonly clientCertificateExpiresAt: Date;
  /** How often the agent has refused somebody since it was started, by what was refused; empty unless an admin asks. */
  readonly refusals: Readonly<Record<string, number>>;
  /** What whoever runs the agent should see to, a sentence each; empty unless an admin asks. */
  readonly warnings: readonly string[];
  /** Absent: it is in no fleet. */
  readonly fleet?: FleetMembership | undefined;
}

export function toInfoResponse(info: AgentInfo): ResponseOf<"info"> {
  return {
    version: info.version,
    hostname: info.hostname,
    startedAt: toTimestamp(info.startedAt),
    capabilityLevel: levelToWire[info.capabilityLevel],
    missing: [...info.missing],
    runningJobs: info.runningJobs,
    tenant: info.tenant,
    role: info.role,
    agentCertificateExpiresAt: toTimestamp(info.agentCertificateExpiresAt),
    clientCertificateExpiresAt: toTimestamp(info.clientCertificateExpiresAt),
    refusals: { ...info.refusals },
    warnings: [...info.warnings],
    fleet: info.fleet ? toFleetMembership(info.fleet) : null,
  };
}

export function fromInfoResponse(response: ResponseOf<"info">): AgentInfo {
  return {
    version: response.version,
    hostname: response.hostname,
    startedAt: fromTimestamp(response.startedAt),
    capabilityLevel: levelFromWire(response.capabilityLevel),
    missing: response.missing,
    runningJobs: response.runningJobs,
    tenant: response.tenant,
    role: response.role,
    agentCertificateExpiresAt: fromTimestamp(response.agentCertificateExpiresAt),
    clientCertificateExpiresAt: fromTimestamp(response.clientCertificateExpiresAt),
    refusals: { ...response.refusals },
    warnings: response.warnings,
    ...(response.fleet ? { fleet: fromFleetMembership(response.fleet) } : {}),
  };
}
