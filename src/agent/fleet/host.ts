import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { AttemptToStart, ForwardedCall } from "../../fleet/context.ts";
import type { FleetOptions } from "../../fleet/fleet.ts";
import { FLEET_LABEL, fleetLabelOf, localNameOf } from "../../fleet/names.ts";
import type { FleetSettings, Order } from "../../fleet/types.ts";
import type { JobError } from "../../job/errors.ts";
import type { JobService } from "../../job/index.ts";
import { fromRunRequest } from "../../rpc/convert/requests.ts";
import { job_runner as wire } from "../../rpc/generated/job_runner.js";
import { jobService, type RequestOf } from "../../rpc/schema.ts";
import { fromWireStatus } from "../../rpc/status.ts";
import { VERSION } from "../../version.ts";
import { describeRun } from "../audit/order.ts";
import { answerFor } from "../errors.ts";
import type { CallContext, Handlers, Served } from "../handlers.ts";
import { refuseUnprotected } from "../handlers.ts";
import type { Caller } from "../identity.ts";
import type { AgentLog } from "../log.ts";
import { accountFor } from "../run-as.ts";
import type { LiveTls } from "../tls/live.ts";
import { agentObjection } from "./trust.ts";

/** How long a stop is waited for before its caller is told that it is under way, in milliseconds. */
const STOP_PATIENCE_MS = 5_000;

export interface FleetSurroundings {
  readonly settings: FleetSettings;
  readonly stateDir: string;
  readonly jobs: JobService;
  readonly tls: Pick<LiveTls, "current">;
  readonly log: AgentLog;
  readonly served: Served;
  /** Handlers of the calls about this agent's own jobs. */
  readonly own: Handlers;
}

/** What the fleet has to know of this agent. */
export function fleetOptionsOf(around: FleetSurroundings): FleetOptions {
  const { settings, stateDir, jobs, tls, log, served, own } = around;
  return {
    ...{ settings, jobs, log },
    instance: instanceOf(stateDir),
    draining: drainingMark(stateDir),
    about: { version: VERSION, hostname: hostname() },
    proof: () => ({ certificates: tls.current.pem.cert, key: tls.current.pem.key }),
    objection: (certificates, agent) => agentObjection(certificates, agent, tls.current, new Date()),
    startOrder: (order, attempt) => startOrder(served, order, attempt),
    answer: (call, signal) => answer(own, call, signal),
    explain: (error, rpc) => explain(error, rpc, log),
  };
}

/** Tells this state directory from that of another agent that calls itself the same. */
function instanceOf(stateDir: string): string {
  const path = join(stateDir, "fleet-instance");
  try {
    const text = readFileSync(path, "utf8").trim();
    if (text !== "") return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const instance = randomUUID();
  // All of it or none, whenever the host goes down.
  writeFileSync(`${path}.new`, `${instance}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  return instance;
}

/** A file that is there while the agent drains. */
function drainingMark(stateDir: string): FleetOptions["draining"] {
  const path = join(stateDir, "fleet-draining");
  return {
    get: () => existsSync(path),
    set: (isDraining) => {
      if (isDraining) writeFileSync(path, "", { mode: 0o600, flush: true });
      else rmSync(path, { force: true });
    },
  };
}

/** As `run` does for a caller of this agent: the same account, the same limits, an entry on the audit log. */
async function startOrder(
  { jobs, ownAccounts, runAs, sharedAccount }: Served,
  order: Order,
  { name, fence, via, leased }: AttemptToStart,
): Promise<{ readonly id: string }> {
  const { tenant, role } = order;
  refuseUnprotected({ role }, { ownAccounts, sharedAccount });
  const request = wire.RunRequest.decode(Buffer.from(order.request, "base64"));
  const { user, fleet: _, requestId: __, ...input } = fromRunRequest(request);
  const fleetRun = { fingerprint: "", address: `fleet, through ${via}`, action: "Run" };
  return jobs.run({
    ...input,
    name: localNameOf(name, fence),
    generateName: false,
    ifExists: "fail",
    env: [...(input.env ?? []), `LPR_FLEET_JOB=${name}`, `LPR_FENCE=${fence}`],
    labels: { ...input.labels, [FLEET_LABEL]: fleetLabelOf(name, fence) },
    leased,
    createdBy: tenant,
    runAs: accountFor(user, { role }, { ownAccounts, runAs: runAs() }),
    audit: {
      tenant,
      role,
      ...fleetRun,
      detail: `${describeRun({ ...input, user })}, as ${name} of the fleet`,
    },
  });
}

async function* answer(
  own: Handlers,
  { rpc, request, caller }: ForwardedCall,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  // The agent that forwards has checked the certificate; it ends with the call.
  const asCaller: Caller = { ...caller, certificateExpiresAt: new Date() };
  const context: CallContext = { caller: asCaller, address: caller.address, signal };
  const bytes = Buffer.from(request);
  if (rpc === "streamLogs") {
    const { requestDeserialize, responseSerialize } = jobService.streamLogs;
    for await (const message of own.streamLogs(requestDeserialize(bytes), context))
      yield responseSerialize(message);
    return;
  }
  if (rpc === "stats") {
    const { requestDeserialize, responseSerialize } = jobService.stats;
    for await (const message of own.stats(requestDeserialize(bytes), context))
      yield responseSerialize(message);
    return;
  }
  if (rpc === "stop") {
    yield jobService.stop.responseSerialize(
      await beginStop(own, jobService.stop.requestDeserialize(bytes), context),
    );
    return;
  }
  const method = jobService[rpc];
  const handle = own[rpc] as (request: unknown, context: CallContext) => Promise<never>;
  yield method.responseSerialize(await handle(method.requestDeserialize(bytes), context));
}

/** Who asks waits for the record of the end, which takes as long as the grace period. */
async function beginStop(own: Handlers, request: RequestOf<"stop">, context: CallContext) {
  const stopping = own.stop(request, context);
  stopping.catch(() => undefined);
  const underWay = Bun.sleep(STOP_PATIENCE_MS).then(() => ({ status: wire.Status.RUNNING, exitCode: 0 }));
  return Promise.race([stopping, underWay]);
}

/** As every caller is told; what is said beside it stays in the log. */
function explain(error: unknown, rpc: string, log: AgentLog): JobError {
  return fromWireStatus(answerFor(error, rpc, log));
}
