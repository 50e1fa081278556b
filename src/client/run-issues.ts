export { runIssues } from "../rpc/run-issues.ts";
