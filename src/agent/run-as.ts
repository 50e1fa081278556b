import { JobError } from "../job/errors.ts";
import { findAccount } from "../job/index.ts";
import type { Account } from "../job/types.ts";
import { type Caller, ROLES, type Role } from "./identity.ts";

/** Accounts that jobs of a role run as, where they are not the usual ones. */
export type RunAs = Readonly<Partial<Record<Role, Account>>>;

export interface AccountRules {
  /** Whether the agent can give jobs an account: only root can. */
  readonly ownAccounts: boolean;
  readonly runAs: RunAs;
}

/** Looks the accounts up; what is wrong with them is added to `issues`. */
export function readRunAs(
  names: Readonly<Partial<Record<Role, string>>>,
  { isRoot }: { readonly isRoot: boolean },
  issues: string[],
): RunAs {
  const accounts: Partial<Record<Role, Account>> = {};
  for (const role of ROLES) {
    const name = names[role];
    if (name === undefined) continue;
    const setting = `roles.${role}.run-as`;
    const account = findAccount(name);
    if (!isRoot)
      issues.push(`${setting} needs an agent that is root: only root can run jobs as another account`);
    else if (!account) issues.push(`${setting} must be an account of the host, got ${JSON.stringify(name)}`);
    else if (role === "user" && account.uid === 0) {
      issues.push(
        `${setting} must not be root: whoever may run jobs as root gets a certificate of role admin`,
      );
    } else accounts[role] = account;
  }
  return accounts;
}

/**
 * The account that a job runs as; undefined: the agent's own.
 * @param user the one that the caller asks for
 * @throws JobError PERMISSION_DENIED, INVALID_INPUT
 */
export function accountFor(
  user: string | undefined,
  { role }: Pick<Caller, "role">,
  { ownAccounts, runAs }: AccountRules,
): Account | "tenant" | undefined {
  if (user === undefined) return runAs[role] ?? (role === "user" && ownAccounts ? "tenant" : undefined);
  if (role !== "admin") {
    throw new JobError("PERMISSION_DENIED", `role ${role} may not choose the account of a job`, {
      hint: "leave --user out: your jobs run as an account of your own",
    });
  }
  const account = findAccount(user);
  if (account) return account;
  throw new JobError("INVALID_INPUT", `user must be an account of the host, got ${JSON.stringify(user)}`);
}
