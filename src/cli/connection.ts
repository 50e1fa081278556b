import { homedir } from "node:os";
import { resolve } from "node:path";
import { formatAddress, parseAddress } from "../client/address.ts";
import type { ConnectOptions } from "../client/connect.ts";
import { expiryWarning } from "../client/expiring.ts";
import { findLogin, type Login, loginsPath, readLogins } from "../client/logins.ts";
import { JobError } from "../job/errors.ts";
import { type CredentialFiles, readCredentials } from "./credentials.ts";
import { namedLogin, namesOf } from "./named-login.ts";
import { note } from "./output.ts";
import { openKey } from "./passphrase.ts";
import type { ConnectionFlags } from "./session.ts";

/** Where to connect and with which files, before any of them is read. */
export interface ConnectionChoice extends CredentialFiles {
  readonly address: string;
}

/** What to connect with: flags come first, then LPR_* variables, then the saved login. */
export async function resolveConnection(
  flags: ConnectionFlags,
  env = process.env,
  interactive?: boolean,
): Promise<ConnectOptions> {
  const { address, ...files } = await chooseConnection(flags, env);
  const credentials = readCredentials(files);
  warnOfExpiry(credentials.cert);
  return {
    address,
    ca: credentials.ca,
    cert: credentials.cert,
    key: await openKey(credentials, env, interactive),
  };
}

/** Says on standard error when a client's certificate has not long to live. */
export function warnOfExpiry(cert: string): void {
  const warning = expiryWarning(cert);
  if (warning !== undefined) note(`warning: ${warning}; ask for a new one (lpr certs issue)`);
}

export async function chooseConnection(
  flags: ConnectionFlags,
  env: NodeJS.ProcessEnv,
): Promise<ConnectionChoice> {
  // A login that was named on the command line is meant as it is: variables must not lead to another agent.
  const variables = flags.context === undefined ? env : {};
  const given = {
    address: flags.address ?? variable(variables, "LPR_ADDRESS"),
    cacert: absolute(flags.cacert ?? variable(variables, "LPR_CACERT")),
    cert: absolute(flags.cert ?? variable(variables, "LPR_CERT")),
    key: absolute(flags.key ?? variable(variables, "LPR_KEY")),
  };
  const context = flags.context ?? variable(env, "LPR_CONTEXT");
  const address = given.address === undefined ? undefined : formatAddress(parseAddress(given.address));
  // Nothing is left for a saved login to tell: do without the file, and so without a home directory.
  if (address !== undefined && given.cert !== undefined && context === undefined) {
    return { address, cacert: given.cacert, cert: given.cert, key: given.key };
  }
  const login = await chooseLogin(context, address, env);
  return {
    address: address ?? login.address,
    // A certificate given by hand does not go with the saved one's key.
    ...(given.cert === undefined
      ? { cacert: given.cacert ?? login.cacert, cert: login.cert, key: given.key ?? login.key }
      : { cacert: given.cacert ?? login.cacert, cert: given.cert, key: given.key }),
  };
}

async function chooseLogin(
  context: string | undefined,
  address: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<Login> {
  const saved = await readLogins(loginsPath(env));
  if (context !== undefined) return namedLogin(saved, context);
  const login =
    (address !== undefined && findLogin(saved, address)) ||
    saved.logins.find(({ name }) => name === saved.current);
  if (login) return login;
  if (saved.logins.length === 0) {
    throw new JobError("UNAUTHENTICATED", "you are not logged in to any agent", {
      hint: "lpr auth login HOST --cert FILE, or set LPR_ADDRESS, LPR_CACERT, LPR_CERT and LPR_KEY",
    });
  }
  // Also the last one that is left when the chosen one was logged out of: it may have more rights.
  throw new JobError("UNAUTHENTICATED", "none of the saved logins is chosen", {
    hint: `lpr auth use NAME, or --context NAME; saved are: ${namesOf(saved)}`,
  });
}

/** An empty variable counts as one that is not set. */
function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return env[name] || undefined;
}

/** Saved paths must mean the same from any directory; `--cert=~/me.pem` reaches us unexpanded. */
export function absolute(path: string): string;
export function absolute(path: string | undefined): string | undefined;
export function absolute(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(path.replace(/^~(?=\/|$)/, () => homedir()));
}
