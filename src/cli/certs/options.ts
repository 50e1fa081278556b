import type { FlagValues } from "../command.ts";

/** Where certificates are kept: for every `lpr certs` command. */
export const dirFlag = {
  type: "string",
  placeholder: "DIR",
  description: "where they are kept; default: /etc/lpr/certs for root, ~/.config/lpr/certs otherwise",
} as const;

const caPassphraseFlag = {
  type: "string",
  placeholder: "FILE",
  group: "Passphrases",
  description: "of the authority's key (LPR_CA_PASSPHRASE_FILE, LPR_CA_PASSPHRASE)",
} as const;

/** Options of the commands that make a key. The recipe checks the values, so that all problems come at once. */
export const recipeFlags = {
  days: {
    type: "string",
    placeholder: "N",
    description: "days until it expires (default: 365; 3650 for the authority)",
  },
  dir: dirFlag,
  "key-type": {
    type: "string",
    placeholder: "TYPE",
    complete: ["rsa-4096", "ecdsa-p256"],
    description: "rsa-4096 (if not given) or ecdsa-p256, with which clients connect faster",
  },
  force: { type: "boolean", description: "put an existing one aside and make a new one" },
  "passphrase-file": {
    type: "string",
    placeholder: "FILE",
    group: "Passphrases",
    description:
      "of the new key, and of the authority's key unless it has its own (LPR_KEY_PASSPHRASE_FILE, LPR_KEY_PASSPHRASE)",
  },
  "ca-passphrase-file": caPassphraseFlag,
  passphrase: {
    type: "boolean",
    default: true,
    group: "Passphrases",
    description: "leave the new key unencrypted",
  },
} as const;

/** Options of `certs revoke`, which makes no key. */
export const revokeFlags = {
  days: { type: "string", placeholder: "N", description: "days until the next list is due (default: 365)" },
  dir: dirFlag,
  force: { type: "boolean", description: "replace the agent's list even if it is not the one from before" },
  "ca-passphrase-file": caPassphraseFlag,
} as const;

/** The recipe's words for these options. */
export function recipeWords(flags: Partial<FlagValues<typeof recipeFlags>>): string[] {
  const names = ["days", "dir", "key-type", "passphrase-file", "ca-passphrase-file"] as const;
  const values = names.flatMap((name) => {
    const value = flags[name];
    return value === undefined ? [] : [`--${name}=${value}`];
  });
  const encrypted = flags.passphrase ?? true;
  return [...values, ...(flags.force ? ["--force"] : []), ...(encrypted ? [] : ["--no-passphrase"])];
}
