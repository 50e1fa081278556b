import type { Client } from "../client/client.ts";
import { JobError } from "../job/errors.ts";
import type { JobSelector } from "../job/types.ts";
import { didYouMean } from "./suggest.ts";

/** The client, which says of a job that is not there what its name may have been meant to be. */
export function suggestingNames(client: Client): Client {
  const explaining = async <T>({ name, jobId }: JobSelector, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      // With an id it was there before: nobody has mistyped it.
      throw jobId === undefined && isNotFound(error) ? await withSuggestion(client, name, error) : error;
    }
  };
  return {
    ...client,
    get: (...input) => explaining(input[0], () => client.get(...input)),
    stop: (...input) => explaining(input[0], () => client.stop(...input)),
    signal: (...input) => explaining(input[0], () => client.signal(...input)),
    remove: (...input) => explaining(input[0], () => client.remove(...input)),
  };
}

function isNotFound(error: unknown): error is JobError {
  return error instanceof JobError && error.code === "JOB_NOT_FOUND";
}

/** Of the newest jobs that begin alike: asking for all would take too long. */
async function withSuggestion(client: Client, name: string, error: JobError): Promise<JobError> {
  const namePrefix = name.slice(0, 1);
  const none = { jobs: [] };
  const pages = await Promise.all([
    client.list({ namePrefix }).catch(() => none),
    // Most agents are in no fleet.
    client.list({ namePrefix, fleet: true }).catch(() => none),
  ]);
  const suggestion = didYouMean(
    name,
    pages.flatMap(({ jobs }) => jobs.map((job) => job.name)),
  );
  if (suggestion === "") return error;
  return new JobError(error.code, `${error.message}${suggestion}`, { hint: error.hint, cause: error });
}
