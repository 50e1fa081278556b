import { connect } from "node:net";
import { JobError } from "../job/errors.ts";
import { type Address, formatAddress } from "./address.ts";

/** Time after which a host that says nothing is given up, in milliseconds. */
const TIMEOUT_MS = 3_000;

interface Explanation {
  readonly message: string;
  readonly hint: string;
}

/** Finds out whether anything listens there. @throws JobError UNAVAILABLE that says why not */
export async function reach(address: Address): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = ({ message, hint }: Explanation) => reject(new JobError("UNAVAILABLE", message, { hint }));
  const socket = connect({ host: address.host, port: address.port }, resolve);
  const timer = setTimeout(() => fail(noAnswer(address)), TIMEOUT_MS);
  socket.on("error", ({ code = "", message }: NodeJS.ErrnoException) =>
    fail(networkFailure(code, address) ?? { ...noAnswer(address), message }),
  );
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

/** Why there is not even a connection; undefined for what comes later than that. */
export function networkFailure(code: string, address: Address): Explanation | undefined {
  if (dnsFailures.has(code)) {
    return {
      message: `the host name ${address.host} cannot be found`,
      hint: "check its spelling and your name server",
    };
  }
  if (code === "ECONNREFUSED") {
    return {
      message: `no agent listens at ${formatAddress(address)}`,
      hint: "start it there with `lpr agent serve`, or check host and port",
    };
  }
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH") {
    return { message: `there is no way to ${address.host} from here`, hint: "check the network" };
  }
  return undefined;
}

export function noAnswer(address: Address): Explanation {
  return {
    message: `no answer from ${formatAddress(address)}`,
    hint: "check the address, and that no firewall drops the connection",
  };
}

const dnsFailures = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "EAI_FAIL", "ENODATA"]);
