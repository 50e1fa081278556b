import { Membership, type MembershipState } from "../../src/fleet/membership.ts";
import type { FleetSettings } from "../../src/fleet/types.ts";
import { runWarden } from "../../src/fleet/warden.ts";
import type { FleetMember } from "./fleet.ts";
import { joinFleet, stateOf } from "./fleet.ts";

export interface FleetAgent extends FleetMember {
  readonly membership: Membership;
  /** Every lease it was given. */
  readonly leases: readonly number[];
  /** Every state it was in, in their order. */
  readonly states: readonly MembershipState[];
}

export interface FleetAgentOptions {
  /** @default its name */
  readonly instance?: string;
  /** Runs before an order is believed. @default nothing does */
  readonly verify?: () => Promise<void>;
}

/** A member of a fleet with all its loops. */
export async function runAgent(
  settings: FleetSettings,
  options: FleetAgentOptions = {},
): Promise<FleetAgent> {
  const { instance = settings.name, verify } = options;
  const leases: number[] = [];
  const seals = {
    seal: (body: string) => ({ key: `${settings.name}.test`, body, signature: "" }),
    verify: async ({ key, body }: { readonly key: string; readonly body: string }) => {
      await verify?.();
      return { agent: key.split(".")[0] ?? "", body };
    },
  };
  const agent = begin(await joinFleet(settings, { instance, seals }, leases), leases);
  void agent.worker.run();
  if (settings.warden) void runWarden(agent.context);
  return agent;
}

/** The next process of the same agent, on the jobs it has; takes no more. */
export async function runAgain(
  { context }: FleetMember,
  settings: FleetSettings = context.settings,
): Promise<FleetAgent> {
  return begin(await joinFleet(settings, { ...context, settings }), []);
}

function begin(member: FleetMember, leases: readonly number[]): FleetAgent {
  const states: MembershipState[] = [];
  const membership: Membership = new Membership(member.context, {
    reconcile: (lostAt) => member.worker.reconcile(lostAt),
    load: () => member.worker.load(),
    onState: (state, joined) => {
      states.push(state);
      if (state === "up") member.worker.take(joined);
      else member.worker.hold();
    },
  });
  void membership.run();
  return { ...member, membership, states, leases };
}

/** Of a job of the fleet, as a line. */
export async function look({ stores }: FleetMember, name: string): Promise<string> {
  return stateOf((await stores.jobs.get(name))?.value);
}
