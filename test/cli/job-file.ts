import { expect } from "bun:test";
import { type JobFile, parseJobFile } from "../../src/cli/job-file.ts";

/** What a job file without mistakes says. */
export function jobFile(text: string, path = "job.yaml"): JobFile {
  const problems: string[] = [];
  const file = parseJobFile(text, path, problems);
  expect(problems).toEqual([]);
  return file;
}
