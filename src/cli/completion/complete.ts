import type { CommandDef } from "citty";
import { print } from "../output.ts";
import { type Candidate, type Question, questionAt, type Source } from "./question.ts";

/** Somebody is waiting with a finger on Tab. In milliseconds. */
const AT_MOST_MS = 1_500;

/**
 * Prints what may stand at the cursor: a word a line, a tab and its meaning if it has one; or a line `:files` or
 * `:directories`, which the shell lists itself. Nothing but answers is ever printed: an error message would stand in
 * the middle of what is being typed, and no names is a fair answer of an agent that cannot be reached.
 */
export async function complete(root: CommandDef, words: readonly string[]): Promise<void> {
  const giveUp = AbortSignal.timeout(AT_MOST_MS);
  // Looking up a host name, and reading a file of a network that has gone, cannot be given up otherwise.
  setTimeout(() => process.exit(0), AT_MOST_MS + 100).unref();
  try {
    const lines = await answer(await questionAt(root, words), giveUp);
    if (lines.length > 0) await print(lines.join("\n"));
  } catch {
    // No answer.
  }
}

async function answer(question: Question, signal: AbortSignal): Promise<string[]> {
  return (await Promise.all(question.wanted.map((source) => linesOf(source, question, signal)))).flat();
}

async function linesOf(source: Source, question: Question, signal: AbortSignal): Promise<string[]> {
  if (source === "files" || source === "directories") return [`:${source}`];
  const { prefix, before, taken } = question;
  const candidates = typeof source === "string" ? await namesOf(source, question, signal) : source;
  return candidates
    .filter(({ word }) => word.startsWith(prefix) && !taken.includes(word))
    .map(({ word, meaning }) => `${before}${word}${meaning === undefined ? "" : `\t${oneLine(meaning)}`}`);
}

async function namesOf(
  source: "jobs" | "running jobs" | "pools" | "logins",
  { prefix, given }: Question,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  const { jobNames, loginNames, poolNames } = await import("./names.ts");
  if (source === "logins") return loginNames();
  if (source === "pools") return poolNames(given, signal);
  return jobNames(prefix, source === "running jobs", given, signal);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 100);
}
