import { basename } from "node:path";

/** Without vowels, so that no words come about, and without what looks alike. */
const ALPHABET = "bcdfghjkmnpqrstvwxz23456789";
const LENGTH = 5;
const LONGEST_NAME = 63;

export interface NameOptions {
  /** Characters at most. @default 63 */
  readonly longest?: number | undefined;
  /** What makes it one of its own: the same name for the same numbers. @default random ones */
  readonly numbers?: Uint32Array | undefined;
}

/** A name for a job that was given none: what it begins with, or what it runs, and random characters. */
export function generateName(
  beginning: string | undefined,
  command: string,
  { longest = LONGEST_NAME, numbers = crypto.getRandomValues(new Uint32Array(LENGTH)) }: NameOptions = {},
): string {
  const base = (beginning ?? basename(command)).replace(/[^A-Za-z0-9_-]+/g, "-");
  const start = base.slice(0, longest - LENGTH - 1).replace(/^[_-]+|[_-]+$/g, "") || "job";
  const ending = Array.from(numbers.subarray(0, LENGTH), (number) => ALPHABET[number % ALPHABET.length]);
  return `${start}-${ending.join("")}`;
}
