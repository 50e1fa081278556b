import type { AuditEntry, AuditNote } from "../audit/types.ts";
import type { Status } from "../types.ts";
import { MemoryAuditLog } from "./memory-audit.ts";
import { nameTaken } from "./name-taken.ts";
import { nextUid } from "./next-uid.ts";
import {
  type ExpiryQuery,
  isStarted,
  type JobRecord,
  type JobStore,
  type ListQuery,
  type RecordChange,
  type RecordPage,
  type StartedRecord,
  type UidRange,
} from "./store.ts";

/** Forgets everything with its process. */
export class MemoryStore implements JobStore {
  /** In the order of insertion, which is that of the ids. */
  readonly #records = new Map<string, JobRecord>();
  readonly #idsByName = new Map<string, string>();
  readonly #uids = new Map<string, number>();
  readonly audit = new MemoryAuditLog();

  async insert(record: JobRecord, note?: AuditNote): Promise<AuditEntry | undefined> {
    if (this.#idsByName.has(record.name)) throw nameTaken(record.name);
    this.#idsByName.set(record.name, record.id);
    this.#records.set(record.id, record);
    return note && this.audit.append(note);
  }

  async update(id: string, change: RecordChange): Promise<JobRecord | undefined> {
    const before = this.#records.get(id);
    if (before === undefined) return undefined;
    const record = { ...before, ...change };
    this.#records.set(id, record);
    return record;
  }

  async delete(id: string): Promise<boolean> {
    const record = this.#records.get(id);
    if (record === undefined) return false;
    this.#records.delete(id);
    this.#idsByName.delete(record.name);
    return true;
  }

  async findByName(name: string): Promise<JobRecord | undefined> {
    const id = this.#idsByName.get(name);
    return id === undefined ? undefined : this.#records.get(id);
  }

  async findByRequest(createdBy: string, requestId: string): Promise<JobRecord | undefined> {
    return [...this.#records.values()].find(
      (record) => record.createdBy === createdBy && record.request?.id === requestId,
    );
  }

  async list(query: ListQuery): Promise<RecordPage> {
    const { statuses, createdBy, labels = {}, namePrefix = "", pageSize, pageToken } = query;
    const matching = this.#started()
      .reverse()
      .filter(
        (record) =>
          (pageToken === undefined || record.id < pageToken) &&
          (statuses === undefined || statuses.length === 0 || statuses.includes(record.state.status)) &&
          (createdBy === undefined || record.createdBy === createdBy) &&
          record.name.startsWith(namePrefix) &&
          Object.entries(labels).every(([key, value]) => record.labels[key] === value),
      );
    const records = matching.slice(0, pageSize);
    const last = records.at(-1);
    return matching.length > pageSize && last ? { records, nextPageToken: last.id } : { records };
  }

  async listUnfinished(): Promise<readonly JobRecord[]> {
    return [...this.#records.values()].filter(({ state }) => ["STARTING", "RUNNING"].includes(state.status));
  }

  async listExpired({ status, finishedBefore }: ExpiryQuery): Promise<readonly StartedRecord[]> {
    return this.#started().filter(
      ({ state }) => state.status === status && "finishedAt" in state && state.finishedAt < finishedBefore,
    );
  }

  async countByStatus(): Promise<Readonly<Record<Status, number>>> {
    const started = [...this.#records.values()].filter(isStarted);
    const count = (status: Status) => started.filter(({ state }) => state.status === status).length;
    return { RUNNING: count("RUNNING"), SUCCEEDED: count("SUCCEEDED"), FAILED: count("FAILED") };
  }

  async ids(): Promise<ReadonlySet<string>> {
    return new Set(this.#records.keys());
  }

  async tenantUid(tenant: string, range: UidRange, taken: ReadonlySet<number>): Promise<number | undefined> {
    const known = this.#uids.get(tenant);
    if (known !== undefined) return known;
    const uid = nextUid(Math.max(0, ...this.#uids.values()), range, taken);
    if (uid === undefined) return undefined;
    this.#uids.set(tenant, uid);
    return uid;
  }

  async flush(): Promise<void> {
    // There is no disk.
  }

  async close(): Promise<void> {
    this.#records.clear();
    this.#idsByName.clear();
  }

  #started(): StartedRecord[] {
    return [...this.#records.values()].filter(isStarted);
  }
}
