import type { FleetContext } from "../../fleet/context.ts";
import { describeRecord } from "../../fleet/describe.ts";
import { parseOrder } from "../../fleet/parse.ts";
import type { FleetJob } from "../../fleet/types.ts";
import { invalidInput } from "../../job/errors.ts";
import type { ListCall } from "../../rpc/convert/requests.ts";
import type { RemoteJob, RemoteListOutput } from "../../rpc/remote-job.ts";

const MAX_PAGE_SIZE = 100;
/** For how long the pages of one list are cut from one reading of the records, in milliseconds. */
const REMEMBER_MS = 5_000;

/** Where a page begins: after this job, newest first. */
interface Place {
  readonly orderedAt: string;
  readonly name: string;
}

interface Listed extends Place {
  readonly job: RemoteJob;
}

/** Lists of the fleet's jobs. Every one reads all records, as those know of no order but their names'. */
export class FleetList {
  #read: { readonly at: number; readonly all: Promise<readonly Listed[]> } | undefined;

  /** @throws JobError INVALID_INPUT, UNAVAILABLE */
  async page(context: FleetContext, input: ListCall): Promise<RemoteListOutput> {
    const { pageSize = MAX_PAGE_SIZE, pageToken } = input;
    const after = pageToken === undefined ? undefined : readToken(pageToken);
    if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
      throw invalidInput([`pageSize must be an integer from 1 to ${MAX_PAGE_SIZE}, got ${pageSize}`]);
    }
    const all = await this.#readAll(context, after !== undefined);
    const wanted = all.filter(
      (listed) => isWanted(listed.job, input) && (!after || comesAfter(listed, after)),
    );
    const page = wanted.slice(0, pageSize);
    const last = page.at(-1);
    const jobs = page.map(({ job }) => job);
    return last && wanted.length > page.length ? { jobs, nextPageToken: makeToken(last) } : { jobs };
  }

  /** The first page of a list shows what there is now. */
  #readAll(context: FleetContext, mayBeOld: boolean): Promise<readonly Listed[]> {
    const now = performance.now();
    if (this.#read && mayBeOld && now - this.#read.at < REMEMBER_MS) return this.#read.all;
    const all = readRecords(context);
    this.#read = { at: now, all };
    all.catch(() => {
      this.#read = undefined;
    });
    return all;
  }
}

async function readRecords({ stores }: FleetContext): Promise<Listed[]> {
  const listed = new Map<string, Listed>();
  for await (const { key, value } of stores.jobs.all()) {
    const job = value && describe(value);
    if (job) listed.set(key, job);
    else listed.delete(key);
  }
  return [...listed.values()].toSorted((one, other) => (comesAfter(other, one) ? -1 : 1));
}

/** By what the record says, seals unseen: who may see it is told by the name of its tenant. */
export function describe(record: FleetJob): Listed | undefined {
  try {
    const order = { ...parseOrder(JSON.parse(record.order.body)), tenant: record.tenant };
    return { job: describeRecord(record, order), orderedAt: order.orderedAt, name: record.name };
  } catch {
    // Somebody has written over it: `get` says what is wrong with it.
    return undefined;
  }
}

function isWanted(
  job: RemoteJob,
  { createdBy, statuses, pool, labels = {}, namePrefix = "" }: ListCall,
): boolean {
  return (
    (createdBy === undefined || job.createdBy === createdBy) &&
    (statuses === undefined || statuses.includes(job.state.status)) &&
    (pool === undefined || job.fleet?.pool === pool) &&
    Object.entries(labels).every(([key, value]) => job.labels[key] === value) &&
    job.name.startsWith(namePrefix)
  );
}

function comesAfter(one: Place, other: Place): boolean {
  return one.orderedAt < other.orderedAt || (one.orderedAt === other.orderedAt && one.name < other.name);
}

function makeToken({ orderedAt, name }: Place): string {
  return Buffer.from(JSON.stringify([orderedAt, name])).toString("base64url");
}

function readToken(token: string): Place {
  try {
    const [orderedAt, name] = JSON.parse(Buffer.from(token, "base64url").toString()) as unknown[];
    if (typeof orderedAt === "string" && typeof name === "string") return { orderedAt, name };
  } catch {
    // Said below.
  }
  throw invalidInput([
    `pageToken must be the nextPageToken of an earlier page, got ${JSON.stringify(token)}`,
  ]);
}
