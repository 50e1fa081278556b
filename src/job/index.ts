export { findAccount } from "./accounts.ts";
export { JobError, type JobErrorCode } from "./errors.ts";
export type { JobServiceOptions } from "./options.ts";
export { JobService } from "./service.ts";
export type * from "./types.ts";
export { STATUSES } from "./types.ts";
