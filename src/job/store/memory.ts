import { JobError } from "../errors.ts";
import type { JobRecord, JobStore, ListQuery, RecordPage, StartedRecord } from "./store.ts";

/** Forgets everything with its process. */
export class MemoryStore implements JobStore {
  /** In the order of insertion, which is that of the ids. */
  readonly #records = new Map<string, JobRecord>();
  readonly #idsByName = new Map<string, string>();
  readonly #uids = new Map<string, number>();

  async insert(record: JobRecord): Promise<void> {
    if (this.#idsByName.has(record.name)) throw nameTaken(record.name);
    this.#idsByName.set(record.name, record.id);
    this.#records.set(record.id, record);
  }

  async update(id: string, change: Partial<JobRecord>): Promise<void> {
    const record = this.#records.get(id);
    if (record === undefined) throw new Error(`no record with id ${id}`);
    this.#records.set(id, { ...record, ...change });
  }

  async delete(id: string): Promise<void> {
    const record = this.#records.get(id);
    if (record === undefined) return;
    this.#records.delete(id);
    this.#idsByName.delete(record.name);
  }

  async findByName(name: string): Promise<JobRecord | undefined> {
    const id = this.#idsByName.get(name);
    return id === undefined ? undefined : this.#records.get(id);
  }

  async list({ statuses, createdBy, pageSize, pageToken }: ListQuery): Promise<RecordPage> {
    const matching = [...this.#records.values()]
      .reverse()
      .filter(isStarted)
      .filter(
        (record) =>
          (pageToken === undefined || record.id < pageToken) &&
          (statuses === undefined || statuses.includes(record.state.status)) &&
          (createdBy === undefined || record.createdBy === createdBy),
      );
    const records = matching.slice(0, pageSize);
    const last = records.at(-1);
    return matching.length > pageSize && last ? { records, nextPageToken: last.id } : { records };
  }

  async tenantUid(tenant: string, { first, last }: { readonly first: number; readonly last: number }) {
    const known = this.#uids.get(tenant);
    if (known !== undefined) return known;
    const uid = first + this.#uids.size;
    if (uid > last) return undefined;
    this.#uids.set(tenant, uid);
    return uid;
  }

  async close(): Promise<void> {
    this.#records.clear();
    this.#idsByName.clear();
  }
}

function isStarted(record: JobRecord): record is StartedRecord {
  return record.state.status !== "STARTING";
}

export function nameTaken(name: string): JobError {
  return new JobError("NAME_TAKEN", `there is a job named ${JSON.stringify(name)} already`, {
    hint: "choose another name",
  });
}
