export { JobError, type JobErrorCode } from "./errors.ts";
export type * from "./types.ts";
