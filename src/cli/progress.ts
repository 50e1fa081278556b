import type { Client } from "../client/client.ts";
import { formatAge } from "./age.ts";
import { obeysControlSequences } from "./control-sequences.ts";
import { makeRoomBy, tellsMore } from "./output.ts";

/** Time before anybody is told that something takes long, in milliseconds. */
const PATIENCE_MS = 300;
const FRAME_MS = 100;
const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
/** To the first column, and erase the line (CSI K). */
const ERASE = "\r\u001b[K";

interface Activity {
  readonly text: string;
  readonly since: number;
}

const activities = new Set<Activity>();
let timer: ReturnType<typeof setInterval> | undefined;
let isDrawn = false;
let frame = 0;

/** Whether somebody looks on, who wants to be told. */
export function showsProgress(): boolean {
  return obeysControlSequences(process.stderr) && tellsMore();
}

/** Tells on a terminal what is being waited for, once it takes longer, in a line that is gone afterwards. */
export async function during<T>(text: string, action: () => Promise<T>): Promise<T> {
  if (!showsProgress()) return action();
  const activity = { text, since: performance.now() };
  activities.add(activity);
  makeRoomBy(erase);
  timer ??= setInterval(draw, FRAME_MS);
  try {
    return await action();
  } finally {
    activities.delete(activity);
    if (activities.size === 0) {
      clearInterval(timer);
      timer = undefined;
      erase();
    }
  }
}

/** The same until the first of what comes one after another is there. */
export async function* duringFirst<T>(
  text: string,
  items: AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  const first = Promise.withResolvers<void>();
  const told = during(text, () => first.promise);
  try {
    for await (const item of items) {
      first.resolve();
      await told;
      yield item;
    }
  } finally {
    first.resolve();
    await told;
  }
}

/** What is told while the agent is waited for that could answer at once. */
export const ASKING = "asking the agent";

/**
 * The client, whose answers are waited for visibly. Not those of `wait`, while which others may draw, nor of `list`:
 * who lists wants all pages.
 */
export function showingProgress(client: Client): Client {
  return {
    ...client,
    run: (...input) => during("starting the job", () => client.run(...input)),
    get: (...input) => during(ASKING, () => client.get(...input)),
    fleetAgents: (...input) => during(ASKING, () => client.fleetAgents(...input)),
    fleetPools: (...input) => during(ASKING, () => client.fleetPools(...input)),
    drain: (...input) => during(ASKING, () => client.drain(...input)),
    info: (...input) => during(ASKING, () => client.info(...input)),
    stop: (...input) => during(`stopping ${input[0].name}`, () => client.stop(...input)),
    signal: (...input) => during(`sending the signal to ${input[0].name}`, () => client.signal(...input)),
    remove: (...input) => during(`removing ${input[0].name}`, () => client.remove(...input)),
  };
}

function draw(): void {
  const now = performance.now();
  const [first, ...others] = [...activities].filter(({ since }) => now - since >= PATIENCE_MS);
  if (first === undefined) return;
  const elapsed = now - first.since;
  frame = (frame + 1) % FRAMES.length;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const span = elapsed < 2_000 ? "" : `, ${formatAge(elapsed)}`;
  const line = `${FRAMES[frame]} ${first.text}${more}${span}`;
  process.stderr.write(`${ERASE}${line.slice(0, (process.stderr.columns || 80) - 1)}`);
  isDrawn = true;
}

function erase(): void {
  if (!isDrawn) return;
  process.stderr.write(ERASE);
  isDrawn = false;
}
