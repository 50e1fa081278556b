import { idsOfHost, tenantAccount } from "./accounts.ts";
import { requestedLimits } from "./cgroup/policy.ts";
import { invalidInput, JobError } from "./errors.ts";
import { generateName } from "./generate-name.ts";
import type { Host } from "./host.ts";
import { type Launched, launch } from "./launch.ts";
import { keptLogBytes } from "./logs/policy.ts";
import type { JobServiceOptions } from "./options.ts";
import { nameTaken } from "./store/name-taken.ts";
import { isStarted, type JobRequest, type StartedRecord } from "./store/store.ts";
import { TenantQuota } from "./tenant-quota.ts";
import type { Account, Job, OwnedRunInput, RunOutput } from "./types.ts";

const DEFAULT_TENANT_UIDS = { first: 70_000, last: 79_999 };
/** So many names are made before giving up; of 14 million the second is hardly ever needed. */
const GENERATED_NAMES = 5;

/** Time that the end of the service leaves to starts under way, in milliseconds. */
const IDLE_PATIENCE_MS = 5_000;

/** What a starter needs of its service. */
export interface StarterContext {
  readonly host: Host;
  /** As they are now. */
  readonly options: () => JobServiceOptions;
  /** Watches over the job from now on, and puts it on record. */
  readonly adopt: (launched: NonNullable<Launched>) => Promise<void>;
  /** How many jobs of a tenant are running. */
  readonly countRunning: (tenant: string) => number;
  /** Whether the tenant may start another job. @throws JobError QUOTA_EXCEEDED */
  readonly admit: (tenant: string) => void;
  /** The job of that name, if there is one that has been started. */
  readonly find: (name: string) => Promise<StartedRecord | undefined>;
  readonly toJob: (record: StartedRecord) => Job;
  /** Ends the job, if it has not, and forgets it. */
  readonly replace: (record: StartedRecord, by: Pick<OwnedRunInput, "createdBy" | "audit">) => Promise<void>;
}

/** Turns the input of a run into a running job, once: names, requests that come again, jobs in the way. */
export class Starter {
  readonly #context: StarterContext;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #givenUp = new AbortController();
  /** The latest start of a name: the next one waits for it, so that each sees how the one before ended. */
  readonly #byName = new Map<string, Promise<unknown>>();
  /** By tenant and request id: the same request while it is being worked on. */
  readonly #requests = new Map<string, { readonly hash: string; readonly output: Promise<RunOutput> }>();

  readonly #quota: TenantQuota;

  constructor(context: StarterContext) {
    this.#context = context;
    const { maxRunningPerTenant = Number.POSITIVE_INFINITY } = context.options();
    this.#quota = new TenantQuota(maxRunningPerTenant, context.countRunning);
  }

  /** Resolves when no start is under way; those that take long are given up. */
  async idle(): Promise<void> {
    const impatient = setTimeout(() => this.#givenUp.abort(), IDLE_PATIENCE_MS);
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    clearTimeout(impatient);
  }

  /** @throws JobError QUOTA_EXCEEDED, DISK_FULL when the tenant cannot start another job now */
  requireRoom(tenant: string): void {
    this.#context.admit(tenant);
    this.#context.host.disk.require();
    this.#quota.require(tenant);
  }

  async start(input: OwnedRunInput): Promise<RunOutput> {
    const { createdBy = "", requestId } = input;
    if (requestId === undefined || input.dryRun) return this.#follow(this.#run(input, undefined));
    const request = { id: requestId, hash: hashOf(input) };
    const key = `${createdBy}\0${requestId}`;
    const same = this.#requests.get(key);
    if (same !== undefined) return existing(request, same.hash, await same.output);
    const output = this.#follow(this.#runOnce(input, request));
    this.#requests.set(key, { hash: request.hash, output });
    try {
      return await output;
    } finally {
      this.#requests.delete(key);
    }
  }

  async #follow(start: Promise<RunOutput>): Promise<RunOutput> {
    this.#underWay.add(start);
    try {
      return await start;
    } finally {
      this.#underWay.delete(start);
    }
  }

  async #runOnce(input: OwnedRunInput, request: JobRequest): Promise<RunOutput> {
    const before = await this.#context.host.store.findByRequest(input.createdBy ?? "", request.id);
    if (before?.request === undefined) return this.#run(input, request);
    if (!isStarted(before)) {
      throw new JobError(
        "UNAVAILABLE",
        "the start that this request asked for before is still being undone",
        {
          hint: "try again",
        },
      );
    }
    return existing(request, before.request.hash, { name: before.name, id: before.id });
  }

  async #run(input: OwnedRunInput, request: JobRequest | undefined): Promise<RunOutput> {
    const { name, generateName: generate, command } = input;
    if (!generate) return this.#inTurn(name ?? "", () => this.#runNamed(input, name ?? "", request));
    for (let left = GENERATED_NAMES; ; left--) {
      try {
        return await this.#launch(input, generateName(name, command), request);
      } catch (error) {
        if (!isNameTaken(error) || left === 1) throw error;
      }
    }
  }

  async #inTurn<T>(name: string, start: () => Promise<T>): Promise<T> {
    const before = this.#byName.get(name);
    const turn = (async () => {
      await before?.catch(() => undefined);
      return start();
    })();
    this.#byName.set(name, turn);
    try {
      return await turn;
    } finally {
      if (this.#byName.get(name) === turn) this.#byName.delete(name);
    }
  }

  async #runNamed(input: OwnedRunInput, name: string, request: JobRequest | undefined): Promise<RunOutput> {
    const { ifExists = "fail", createdBy = "" } = input;
    try {
      return await this.#launch(input, name, request);
    } catch (error) {
      // A job that is there already takes no further place.
      if (ifExists === "fail" || !(isNameTaken(error) || isQuotaExceeded(error))) throw error;
      const record = await this.#context.find(name);
      const mayManage = input.mayManage ?? ((job: Job) => job.createdBy === createdBy);
      // Of a job that is just being started nobody can say yet whose it is.
      if (record === undefined || !mayManage(this.#context.toJob(record))) throw error;
      if (ifExists === "attach") return { name, id: record.id, existing: true };
      if (input.dryRun) return { name, id: "", existing: true };
      await this.#context.replace(record, input);
      return this.#launch(input, name, request);
    }
  }

  async #launch(input: OwnedRunInput, name: string, request: JobRequest | undefined): Promise<RunOutput> {
    const { host, adopt } = this.#context;
    const options = this.#context.options();
    const { createdBy = "", runAs, mayManage: _, dryRun, ...rest } = input;
    // A dry run must not take the name away from a real one.
    if (dryRun && (await host.store.findByName(name))) throw nameTaken(name);
    const reserved = dryRun ? generateName("dry-run", "") : name;
    const id = Bun.randomUUIDv7();
    this.requireRoom(createdBy);
    const start = async () => {
      const launched = await launch(host, {
        ...{ ...rest, name: reserved, askedName: name, createdBy, request, id, dryRun },
        signal: this.#givenUp.signal,
        account: runAs === "tenant" ? await this.#tenantAccount(createdBy) : runAs,
        timeoutMs: shortest(input.timeoutMs, options.globalTimeoutMs),
        limits: requestedLimits(input.limits ?? {}, options.limits ?? {}),
        maxLogBytes: keptLogBytes(input.maxLogBytes, options.logs ?? {}, host.holes),
      });
      if (launched) await adopt(launched);
      return { name, id: launched ? id : "", existing: false };
    };
    try {
      return await this.#quota.within(createdBy, start);
    } catch (error) {
      throw host.disk.explain(error);
    }
  }

  async #tenantAccount(tenant: string): Promise<Account> {
    const { host, options } = this.#context;
    const range = options().tenantUids ?? DEFAULT_TENANT_UIDS;
    const uid = await host.store.tenantUid(tenant, range, idsOfHost());
    if (uid !== undefined) return tenantAccount(uid);
    const message = `all uids from ${range.first} to ${range.last} belong to others`;
    throw new JobError("QUOTA_EXCEEDED", message, { hint: "widen the range of tenant uids of the agent" });
  }
}

/** A request that came before: the job it started, or a complaint that this is not the same request. */
function existing(
  request: JobRequest,
  hash: string,
  { name, id }: Pick<RunOutput, "name" | "id">,
): RunOutput {
  if (request.hash === hash) return { name, id, existing: true };
  throw invalidInput([`requestId must be a new one for another run, got ${JSON.stringify(request.id)}`]);
}

/** Of everything that makes a run what it is. */
function hashOf({ requestId: _, mayManage: __, audit: ___, ...input }: OwnedRunInput): string {
  const json = JSON.stringify(input, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return new Bun.CryptoHasher("sha256").update(json).digest("hex");
}

function isQuotaExceeded(error: unknown): boolean {
  return error instanceof JobError && error.code === "QUOTA_EXCEEDED";
}

function isNameTaken(error: unknown): boolean {
  return error instanceof JobError && error.code === "NAME_TAKEN";
}

function shortest(...times: readonly (number | undefined)[]): number | undefined {
  const given = times.filter((time) => time !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}
