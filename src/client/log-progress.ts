export { LogProgress } from "../rpc/log-progress.ts";
