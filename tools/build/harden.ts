/**
 * Bun reads switches from the environment, and there is no option to leave them out: `BUN_BE_BUN=1` turns a
 * compiled program into the interpreter, `BUN_OPTIONS=--preload=x` runs x in it, `BUN_INSPECT=…` opens a debugger,
 * `BUN_BYTECODE_ORDER_OUT=x` writes to x, `BUN_JSC_functionOverrides=x` takes function bodies from x.
 * So their names go: all of them, since a list would miss the next one.
 */
const NUL = 0;
const EQUALS = "=".charCodeAt(0);

/** Switches that must be in the runtime: where one is missing, Bun has changed and so must this file. */
const KNOWN = ["BUN_BE_BUN", "BUN_OPTIONS", "BUN_INSPECT", "BUN_BYTECODE_ORDER_OUT", "JSC_functionOverrides"];

/** A copy of the executable that listens to no variable of Bun's. */
export function withoutSwitches(executable: Uint8Array): Uint8Array {
  const result = Buffer.from(executable);
  for (const name of KNOWN) {
    if (!result.includes(`\0${name}\0`))
      throw new Error(`${name} is not in the runtime: read ${import.meta.file}`);
  }
  // No name in an environment holds a NUL.
  for (const at of constants(result, "BUN_", /[A-Z]/)) result[at] = NUL;
  // The engine compares what follows BUN_JSC_ up to the first "=" with these names less their JSC_. It ends the
  // program when it knows no such option: it now knows none.
  for (const at of constants(result, "JSC_", /[a-z]/)) result[at + "JSC_".length] = EQUALS;
  return result;
}

/**
 * Where names that begin so stand alone between NULs or run on from the constant before. Prose and the JavaScript
 * inside the runtime have other characters there: a changed name would break that source, and what reads its
 * variables there is a debugger that can no longer be started.
 */
function* constants(bytes: Buffer, start: string, next: RegExp): Generator<number> {
  for (let at = bytes.indexOf(start); at >= 0; at = bytes.indexOf(start, at + 1)) {
    const before = String.fromCharCode(bytes[at - 1] ?? NUL);
    const after = String.fromCharCode(bytes[at + start.length] ?? NUL);
    if (/[\0A-Za-z0-9]/.test(before) && next.test(after)) yield at;
  }
}
