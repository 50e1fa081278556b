import { FLEET_LABEL, MAX_FLEET_NAME } from "../../fleet/names.ts";
import { orderIdOf, validateOrder } from "../../fleet/submit.ts";
import type { Order } from "../../fleet/types.ts";
import { invalidInput, JobError } from "../../job/errors.ts";
import { generateName } from "../../job/generate-name.ts";
import { checkLabels, Issues, validateRun } from "../../job/validate.ts";
import { fromRunRequest, type RunCall } from "../../rpc/convert/requests.ts";
import { job_runner as wire } from "../../rpc/generated/job_runner.js";
import type { RequestOf } from "../../rpc/schema.ts";
import type { Caller } from "../identity.ts";

/** Labels that begin so are LPR's own. */
const RESERVED = FLEET_LABEL.slice(0, FLEET_LABEL.indexOf(".") + 1);

export interface MadeOrder {
  readonly order: Order;
  readonly input: RunCall;
}

/**
 * What is asked of the fleet, checked as far as it can be without knowing the host that it will run on.
 * @throws JobError INVALID_INPUT, PERMISSION_DENIED
 */
export function makeOrder(request: RequestOf<"run">, { tenant, role }: Caller): MadeOrder {
  const { fleet, user, ...input } = fromRunRequest(request);
  if (!fleet) throw invalidInput(["fleet must be given"]);
  if (user !== undefined && role !== "admin") {
    throw new JobError("PERMISSION_DENIED", `role ${role} may not choose the account of a job`, {
      hint: "leave --user out: your jobs run as an account of your own",
    });
  }
  validateRun(input);
  const { pool, prefer = {}, retry = 0 } = fleet;
  const issues = new Issues();
  checkLabels(issues, prefer);
  issues.throwIfAny();
  const id = orderIdOf(tenant, input.requestId);
  const order: Order = {
    ...{ id, name: nameOf(input, id), pool, tenant, role, prefer, retry },
    request: Buffer.from(wire.RunRequest.encode({ ...request, fleet: null }).finish()).toString("base64"),
    orderedAt: new Date().toISOString(),
  };
  validateOrder(order);
  return { order, input: { ...input, user } };
}

/** By them an agent knows jobs of the fleet: nobody else may set them. @throws JobError INVALID_INPUT */
export function refuseReserved(labels: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(labels).filter((name) => name.startsWith(RESERVED));
  if (reserved.length > 0) {
    throw invalidInput(
      reserved.map((name) => `labels must not begin with ${RESERVED}, got ${JSON.stringify(name)}`),
    );
  }
}

/** A generated name is the same for the same request, however often it is sent. */
function nameOf({ name, generateName: generate, command }: RunCall, id: string): string {
  if (!generate) return name ?? "";
  const digest = new Bun.CryptoHasher("sha256").update(id).digest();
  const numbers = new Uint32Array(digest.buffer, digest.byteOffset, digest.byteLength / 4);
  return generateName(name, command, { longest: MAX_FLEET_NAME, numbers });
}
