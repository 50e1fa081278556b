export { hasEnded } from "../rpc/remote-job.ts";
