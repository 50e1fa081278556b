import { hostname } from "node:os";
import { cgroupLimitsIn } from "../job/cgroup/limits.ts";
import { JobService } from "../job/index.ts";
import { VERSION } from "../version.ts";
import { AuditCopy } from "./audit/copy.ts";
import { AuditTrail } from "./audit/trail.ts";
import type { AgentConfig, AgentPolicy } from "./config.ts";
import { AgentCredentials } from "./credentials.ts";
import type { FleetSurroundings } from "./fleet/host.ts";
import { createHandlers, type Served } from "./handlers.ts";
import { Health } from "./health.ts";
import { isHostShuttingDown } from "./host-shutdown.ts";
import type { AgentLog } from "./log.ts";
import { Peers } from "./peers.ts";
import { Quotas } from "./quotas.ts";
import { type OnRefused, Refusals } from "./refusals.ts";
import { type Reloaded, reload } from "./reload.ts";
import { listen } from "./server.ts";
import { LiveTls } from "./tls/live.ts";

/** Time that calls under way get after the last job has ended, in milliseconds. */
const DRAIN_MS = 10_000;
/** The same after a second signal. */
const HURRIED_DRAIN_MS = 1_000;
/** Time after which a log stream that its client does not read is cut, in milliseconds. */
const STALLED_AFTER_MS = 60_000;

export interface ServeOptions {
  readonly log: AgentLog;
  /** @default 60_000 */
  readonly stalledAfterMs?: number | undefined;
  /** Hears of every connection that was refused. @default nobody */
  readonly onRefused?: OnRefused | undefined;
  /** Whether jobs cannot be kept, as their host goes down. @default what systemd says */
  readonly hostGoesDown?: (() => boolean) | undefined;
}

export interface Agent extends AsyncDisposable {
  /** Where it listens, `HOST:PORT`. */
  readonly address: string;
  readonly port: number;
  /**
   * Goes by what can be changed of these settings, and reads the certificate files again, without waiting for their
   * change to be noticed.
   * @throws JobError INVALID_INPUT, and nothing has changed
   */
  reload(wanted?: AgentPolicy): Promise<Reloaded>;
  /** Stops every job gracefully (or keeps them, as configured), sends what streams still have to send, and closes. The second call hurries. */
  shutdown(): Promise<void>;
}

/** Serves the jobs of this host until it is shut down. */
export async function serve(
  config: AgentConfig,
  { log, stalledAfterMs = STALLED_AFTER_MS, onRefused, hostGoesDown = isHostShuttingDown }: ServeOptions,
): Promise<Agent> {
  let policy: AgentPolicy = config;
  await using undo = new AsyncDisposableStack();
  const copy = config.audit?.file === undefined ? undefined : undo.use(new AuditCopy(config.audit.file, log));
  const jobs = await JobService.open({
    stateDir: config.stateDir,
    cgroup: config.cgroup,
    limits: config.limits,
    retention: config.retention,
    logs: config.logs,
    tenantUids: config.tenantUids,
    globalTimeoutMs: config.globalTimeoutMs,
    maxRunningPerTenant: config.clients.runningJobs,
    auditRetention: config.audit,
    onAudited: copy?.append,
    onBackgroundError: ({ message, cause }) => log.error(message, cause),
  });
  undo.use(jobs);
  const closing = new AbortController();
  const trail = new AuditTrail({ record: (notes) => jobs.recordAudit(notes), log });
  const refusals = new Refusals(log, (refusal) => {
    trail.connectionRefused(refusal);
    onRefused?.(refusal);
  });
  const credentials = new AgentCredentials(config.tls.initial, config.clients.handshakeTimeoutMs);
  const quotas = new Quotas(config.clients, refusals);
  const peers: Peers = new Peers(() => tls.current, refusals, quotas);
  const tls = undo.use(
    new LiveTls({
      ...config.tls,
      log,
      onChange: (material) => {
        credentials.renew(material);
        peers.cutRefused();
      },
      onTick: () => peers.cutRefused(),
    }),
  );
  const served: Served = {
    jobs,
    about: {
      version: VERSION,
      hostname: hostname(),
      startedAt: new Date(),
    },
    tls,
    refusals,
    closing: closing.signal,
    ownAccounts: config.isRoot,
    sharedAccount: () => policy.sharedAccount,
    runAs: () => policy.runAs,
  };
  const own = createHandlers(served);
  const { stateDir } = config;
  const fleet =
    config.fleet && (await joinFleet({ settings: config.fleet, stateDir, served, own, jobs, tls, log }));
  if (fleet) undo.defer(() => fleet.close());
  const handlers = fleet?.handlers ?? own;
  const metrics =
    config.metrics &&
    (await import("./metrics/index.ts")).createMetrics({
      ...{ jobs, refusals, tls, signal: closing.signal },
      perJob: config.metrics.perJob,
    });
  undo.defer(() => closing.abort());
  const metricsServer = config.metrics && metrics && undo.use(metrics.serve(config.metrics.listen));
  const server = await listen(config.listen, credentials, handlers, {
    ...{ log, stalledAfterMs, refusals, peers, quotas, observer: metrics?.calls },
    health: new Health(closing.signal),
    limits: config.clients,
    onFailed: trail.callFailed,
  });
  undo.move();
  announceAdopted(jobs.adopted, log);
  if (metricsServer) announceMetrics(metricsServer.address, log);
  if (jobs.unboundedLogs !== undefined)
    log.warn(`the output of jobs grows without bound: ${jobs.unboundedLogs}`);
  announceLimits(policy, jobs.capabilities, log);
  announce(server.address, jobs.capabilities, config, log);

  let closed: Promise<void> | undefined;
  let keeps = false;
  const close = async () => {
    const wouldKeep = policy.onShutdown === "keep";
    keeps = wouldKeep && !hostGoesDown();
    if (keeps) {
      log.info("leaving jobs to the next agent");
      // Followers and waiters are told to come again: jobs and their supervisors go on without us.
      closing.abort();
      await fleet?.close();
      await trail.close();
      await jobs.close();
      return server.close(DRAIN_MS);
    }
    log.info(`${wouldKeep ? "the host goes down: " : ""}stopping jobs; a second signal kills them`);
    // First the jobs: their followers read to the last byte while the server still serves.
    fleet?.hold();
    await jobs.stopAll();
    await fleet?.leave();
    closing.abort();
    await fleet?.close();
    await server.close(DRAIN_MS);
    await trail.close();
    await jobs.close();
  };
  const hurry = async () => {
    if (!keeps) await jobs.stopAll({ gracePeriodMs: 0 });
    const abort = setTimeout(() => server.abort(), HURRIED_DRAIN_MS);
    await closed?.finally(() => clearTimeout(abort));
  };
  // Once each, however often it is asked for: somebody may send signals until the agent is gone.
  let hurried: Promise<void> | undefined;
  const shutdown = async () => {
    if (closed) hurried ??= hurry();
    closed ??= close().finally(() => {
      tls[Symbol.dispose]();
      void metricsServer?.[Symbol.asyncDispose]();
      copy?.[Symbol.dispose]();
    });
    await Promise.all([closed, hurried]);
  };
  const reloadAll = async (wanted = policy) => {
    const reloaded = reload(policy, wanted);
    jobs.reconfigure(reloaded.policy);
    policy = reloaded.policy;
    announceLimits(policy, jobs.capabilities, log);
    await tls.reload();
    return reloaded;
  };
  const { address, port } = server;
  return { address, port, reload: reloadAll, shutdown, [Symbol.asyncDispose]: shutdown };
}

/** Loaded only here: an agent in no fleet has nothing to do with NATS. */
async function joinFleet(around: FleetSurroundings) {
  const { join } = await import("./fleet/index.ts");
  return join(around);
}

function announceMetrics(address: string, log: AgentLog): void {
  log.info(`metrics are served on http://${address}/metrics`);
  if (!/^(127\.|\[::1\]|localhost:)/.test(address))
    log.warn("whoever reaches this host can read its metrics");
}

function announceAdopted({ running, ended, lost }: JobService["adopted"], log: AgentLog): void {
  if (running + ended + lost === 0) return;
  const report = `jobs of the agent before: ${running} still running, ${ended} ended meanwhile, ${lost} lost`;
  if (lost > 0) log.warn(report);
  else log.info(report);
}

/** Whoever runs a job is told that its limits are refused, and can do nothing about those that it has not asked for. */
function announceLimits({ limits }: AgentPolicy, { level }: JobService["capabilities"], log: AgentLog): void {
  const ofAll = cgroupLimitsIn({ ...limits?.caps, ...limits?.defaults });
  if (level !== "limits" && ofAll.length > 0)
    log.error(
      "no job can be started: limits that the settings have for all jobs cannot be enforced on this host",
    );
}

function announce(
  address: string,
  { level, missing }: JobService["capabilities"],
  { stateDir, isRoot, sharedAccount }: AgentConfig,
  log: AgentLog,
): void {
  if (level !== "limits") {
    log.warn(`jobs cannot be limited on this host: ${missing.join("; ") || "cgroups are off"}`);
  }
  if (!isRoot && sharedAccount) {
    log.warn(
      "jobs of all tenants share the agent's account: they can reach each other, and the agent's keys",
    );
  }
  // The last line, so that whoever waits for it has seen the others.
  log.info(`lpr agent ${VERSION} serves on ${address}, capability level ${level}, state in ${stateDir}`);
}
