import { runIssues as libraryIssues } from "../job/validate.ts";
import type { RunCall } from "./convert/requests.ts";

/** What every agent would refuse of a run, found without asking one: each with field, rule and value. */
export function runIssues(input: RunCall): readonly string[] {
  return libraryIssues(input);
}
