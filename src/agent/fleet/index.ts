import { Fleet } from "../../fleet/fleet.ts";
import type { Handlers } from "../handlers.ts";
import { withFleet } from "./handlers.ts";
import { type FleetSurroundings, fleetOptionsOf } from "./host.ts";

/** The agent's part in a fleet, as far as serving has to do with it. */
export interface AgentFleet extends Pick<Fleet, "hold" | "leave" | "close"> {
  readonly handlers: Handlers;
}

/** Returns at once: the fleet is joined in the background. */
export function join(around: FleetSurroundings): AgentFleet {
  const fleet = Fleet.open(fleetOptionsOf(around));
  const handlers = withFleet(around.own, fleet, (notes) => around.jobs.recordAudit(notes));
  return {
    handlers,
    hold: () => fleet.hold(),
    leave: () => fleet.leave(),
    close: () => fleet.close(),
  };
}
