import { findLogin, type Login, type Logins } from "../client/logins.ts";
import { JobError } from "../job/errors.ts";

/** The saved login that somebody has named. @throws JobError INVALID_INPUT */
export function namedLogin(saved: Logins, nameOrAddress: string): Login {
  const login = findLogin(saved, nameOrAddress);
  if (login !== undefined) return login;
  throw new JobError("INVALID_INPUT", `no login is saved under ${JSON.stringify(nameOrAddress)}`, {
    hint: saved.logins.length === 0 ? "lpr auth login" : `saved are: ${namesOf(saved)}`,
  });
}

export function namesOf({ logins }: Logins): string {
  return logins.map(({ name }) => name).join(", ");
}
