export { JobError, type JobErrorCode } from "./errors.ts";
export { JobService, type JobServiceOptions } from "./service.ts";
export type * from "./types.ts";
export { STATUSES } from "./types.ts";
