import { JobError } from "../job/errors.ts";
import { reasonOf, type Stored } from "./bucket.ts";
import { pause } from "./connect.ts";
import type { FleetContext } from "./context.ts";
import { deafAfterMs } from "./lease.ts";
import { WARDEN_KEY } from "./names.ts";
import { WARDENSHIP_MS } from "./provision.ts";
import { releaseJobs } from "./release.ts";
import { Silence } from "./silence.ts";
import type { Wardenship } from "./types.ts";
import { watchWaiting } from "./waiting.ts";

/** Time between two tries to become the warden, and between two proofs that one is, in milliseconds. */
const STAND_MS = WARDENSHIP_MS / 3;
/** Time between two looks at who is silent, in milliseconds. */
const LOOK_MS = 1_000;
/** Time between two looks at what lost agents hold: they may have claimed a job in their last moment. */
const RELEASE_MS = 30_000;

/**
 * One agent of the fleet looks after the others: declares lost who is silent, and lets their jobs run elsewhere.
 * Nothing depends on its being one only: what it writes is compared and set.
 */
export async function runWarden(context: FleetContext): Promise<void> {
  const { closing, stores, settings, instance, log } = context;
  let told: string | undefined;
  while (!closing.aborted) {
    try {
      const office =
        (await stores.leader.create(WARDEN_KEY, { agent: settings.name, instance })) ??
        (await ownOffice(context));
      told = undefined;
      if (office) await reign(context, office);
    } catch (error) {
      const why = reasonOf(error);
      if (why !== told && !closing.aborted) log.warn(`the fleet cannot be looked after: ${why}`);
      told = why;
    }
    await pause(STAND_MS, closing);
  }
}

/** That of this agent from before its restart: nobody need wait for its end. */
async function ownOffice({
  stores,
  settings,
  instance,
}: FleetContext): Promise<Stored<Wardenship> | undefined> {
  const office = await stores.leader.get(WARDEN_KEY);
  if (office?.value.instance !== instance) return undefined;
  return stores.leader.replace(WARDEN_KEY, { agent: settings.name, instance }, office.revision);
}

/** Until somebody else may be the warden. */
async function reign(context: FleetContext, office: Stored<Wardenship>): Promise<void> {
  const { stores, settings, instance, closing } = context;
  const over = new AbortController();
  const signal = AbortSignal.any([closing, over.signal]);
  const duties = Promise.all([watchAgents(context, signal), watchWaiting(context, signal)]);
  // Thrown by the race below.
  duties.catch(() => undefined);
  let { revision } = office;
  try {
    for (;;) {
      await Promise.race([pause(STAND_MS, signal), duties]);
      if (signal.aborted) return;
      const proof = await stores.leader.replace(WARDEN_KEY, { agent: settings.name, instance }, revision);
      if (!proof) return;
      revision = proof.revision;
    }
  } finally {
    over.abort();
    await duties.catch(() => undefined);
    // Who leaves makes room; if it cannot, the office ends by itself.
    if (closing.aborted) await stores.leader.remove(WARDEN_KEY, revision).catch(() => undefined);
  }
}

async function watchAgents(context: FleetContext, signal: AbortSignal): Promise<void> {
  const { stores, settings, log } = context;
  const silence = new Silence(deafAfterMs(settings));
  const released = new Map<string, number>();
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const listen = async () => {
    try {
      for await (const { key, value, revision, damage } of stores.agents.watch(">", either)) {
        if (damage) {
          log.warn(damage.message);
          silence.misheard(key, revision);
        } else silence.hear(key, value, revision, performance.now());
      }
    } finally {
      // Who hears nothing more must not judge.
      over.abort();
    }
  };
  const listening = listen();
  try {
    for (await pause(LOOK_MS, either); !either.aborted; await pause(LOOK_MS, either)) {
      await judge(context, silence);
      await releaseAll(context, silence, released, either);
    }
  } finally {
    over.abort();
    await listening;
  }
  if (!signal.aborted) throw new JobError("UNAVAILABLE", "the heartbeats of the fleet are not to be heard");
}

/** Declares lost who has been silent for too long. */
async function judge({ stores, log }: FleetContext, silence: Silence): Promise<void> {
  for (const { key, beat, revision } of silence.silentAt(performance.now())) {
    // A heartbeat that has come meanwhile, heard or not, makes this fail: the agent is not lost then.
    const lost = await stores.agents.replace(key, { ...beat, state: "lost" }, revision);
    if (!lost) continue;
    log.warn(`agent ${beat.agent} of the fleet is lost: nothing is heard of it`);
    silence.hear(key, lost.value, lost.revision, performance.now());
  }
}

async function releaseAll(
  context: FleetContext,
  silence: Silence,
  released: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  for (const { key, beat, revision } of silence.lost()) {
    const which = `${key} ${revision}`;
    if (performance.now() - (released.get(which) ?? Number.NEGATIVE_INFINITY) < RELEASE_MS) continue;
    await releaseJobs(context, { agent: beat.agent, lostAt: revision }, signal);
    if (signal.aborted) return;
    released.set(which, performance.now());
  }
}
