import type { Lab } from "./lab/lab.ts";
import { measureAdopt } from "./parts/adopt.ts";
import { measureCalls } from "./parts/calls.ts";
import { measureFanOut } from "./parts/fan-out.ts";
import { measureFleet } from "./parts/fleet.ts";
import { measureFleetRecords } from "./parts/fleet-records.ts";
import { measureFollow } from "./parts/follow.ts";
import { measureIdle } from "./parts/idle.ts";
import { measureLibrary } from "./parts/library.ts";
import { measureList } from "./parts/list.ts";
import { measureLogs } from "./parts/logs.ts";
import { measureMemory } from "./parts/memory.ts";
import { measureProcess } from "./parts/process.ts";
import { measureStartup } from "./parts/startup.ts";
import { measureStopped } from "./parts/stopped.ts";
import type { PartReport } from "./result.ts";

/** In the order in which they run and are printed. */
export const parts: Readonly<Record<string, (lab: Lab) => Promise<PartReport>>> = {
  startup: measureStartup,
  process: measureProcess,
  calls: measureCalls,
  library: measureLibrary,
  logs: measureLogs,
  follow: measureFollow,
  "fan-out": measureFanOut,
  stopped: measureStopped,
  memory: measureMemory,
  idle: measureIdle,
  list: measureList,
  adopt: measureAdopt,
  fleet: measureFleet,
  "fleet-records": measureFleetRecords,
};
