import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Names of the parts to run. */
  readonly parts: readonly string[];
  /** Jobs that run at the same time where their number matters. */
  readonly manyJobs: number;
}

const HELP = `npm run bench -- [--only PART,...] [--jobs N | --full]

  --only PART,...  measure only these parts
  --jobs N         running jobs in the parts "idle" and "adopt" (200)
  --full           the same as --jobs 1000`;

/** Undefined: help was asked for, and printed. @throws Error that says what is wrong with the arguments */
export function readOptions(args: readonly string[], parts: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      jobs: { type: "string", default: "200" },
      full: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(`${HELP}\n\nparts: ${parts.join(", ")}`);
    return undefined;
  }
  const chosen = values.only?.split(",") ?? parts;
  const unknown = chosen.filter((part) => !parts.includes(part));
  if (unknown.length > 0)
    throw new Error(`no such part: ${unknown.join(", ")}; there are ${parts.join(", ")}`);
  const manyJobs = values.full ? 1_000 : Number(values.jobs);
  if (!Number.isInteger(manyJobs) || manyJobs < 1) {
    throw new Error(`--jobs must be a number from 1 on, got ${JSON.stringify(values.jobs)}`);
  }
  return { parts: parts.filter((part) => chosen.includes(part)), manyJobs };
}
