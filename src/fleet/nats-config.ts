import { type FleetUser, permissionsOf } from "./permissions.ts";

/** An agent, with the public half of its key. */
export interface KeyedUser extends FleetUser {
  /** An nkey: "U..." */
  readonly publicKey: string;
}

/**
 * The account of a fleet for the configuration of nats-server: each agent known by its nkey, and allowed what it needs.
 */
export function natsConfig(users: readonly KeyedUser[]): string {
  return `# The account of a fleet of LPR agents, made by lpr agent nats-config; include it in the configuration of each
# nats-server: include lpr-fleet.conf
accounts {
  lpr {
    jetstream: enabled
    users: [
${users.map(userOf).join("\n")}
    ]
  }
}
`;
}

function userOf({ publicKey, ...user }: KeyedUser): string {
  const { publish, subscribe } = permissionsOf(user);
  const list = (subjects: readonly string[]) => subjects.map((subject) => JSON.stringify(subject)).join(", ");
  return `      # ${user.name}${user.warden ? ", a warden" : ""}${user.pools ? `: ${user.pools.join(", ")}` : ""}
      {
        nkey: ${publicKey}
        permissions: {
          publish: { allow: [${list(publish)}] }
          subscribe: { allow: [${list(subscribe)}] }
          # Answers to what others ask.
          allow_responses: { max: 1, expires: "1m" }
        }
      }`;
}
