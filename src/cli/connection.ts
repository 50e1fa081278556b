import type { ConnectOptions } from "../client/connect.ts";
import { JobError } from "../job/errors.ts";
import type { ConnectionFlags } from "./session.ts";

export async function resolveConnection(_flags: ConnectionFlags): Promise<ConnectOptions> {
  throw new JobError("UNAUTHENTICATED", "not logged in to any agent", { hint: "lpr auth login" });
}
