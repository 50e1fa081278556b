import { readdirSync } from "node:fs";
import { absolute } from "./connection.ts";

/** What a path that is being typed may go on with, as a shell has it: hidden files only where a dot was typed. */
export function completePath(typed: string): [words: string[], begun: string] {
  const slash = typed.lastIndexOf("/") + 1;
  const [dir, begun] = [typed.slice(0, slash), typed.slice(slash)];
  try {
    const words = readdirSync(absolute(dir || "."), { withFileTypes: true })
      .filter(({ name }) => name.startsWith(begun) && (begun.startsWith(".") || !name.startsWith(".")))
      .map((entry) => `${entry.name}${entry.isDirectory() ? "/" : ""}`);
    return [words.toSorted(), begun];
  } catch {
    // No such directory, or a closed one: whoever reads the answer says so.
    return [[], begun];
  }
}
