import { basename } from "node:path";

/** Without vowels, so that no words come about, and without what looks alike. */
const ALPHABET = "bcdfghjkmnpqrstvwxz23456789";
const LENGTH = 5;
const LONGEST_NAME = 63;

/** A name for a job that was given none: what it begins with, or what it runs, and random characters. */
export function generateName(beginning: string | undefined, command: string): string {
  const base = (beginning ?? basename(command)).replace(/[^A-Za-z0-9_-]+/g, "-");
  const start = base.slice(0, LONGEST_NAME - LENGTH - 1).replace(/^[_-]+|[_-]+$/g, "") || "job";
  const random = crypto.getRandomValues(new Uint32Array(LENGTH));
  return `${start}-${Array.from(random, (number) => ALPHABET[number % ALPHABET.length]).join("")}`;
}
