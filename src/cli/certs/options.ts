import type { FlagValues } from "../command.ts";

/** Where certificates are kept: for every `lpr certs` command. */
export const dirFlag = {
  type: "string",
  placeholder: "DIR",
  description: "where they are kept; default: /etc/lpr/certs for root, ~/.config/lpr/certs otherwise",
} as const;

/** Options of the commands that make a key. The recipe checks the values, so that all problems come at once. */
export const recipeFlags = {
  days: {
    type: "string",
    placeholder: "N",
    description: "days until it expires (default: 365; 3650 for the authority)",
  },
  dir: dirFlag,
  force: { type: "boolean", description: "put an existing one aside and make a new one" },
  "passphrase-file": {
    type: "string",
    placeholder: "FILE",
    group: "Passphrases",
    description:
      "of the new key, and of the authority's key unless it has its own (LPR_KEY_PASSPHRASE_FILE, LPR_KEY_PASSPHRASE)",
  },
  "ca-passphrase-file": {
    type: "string",
    placeholder: "FILE",
    group: "Passphrases",
    description: "of the authority's key (LPR_CA_PASSPHRASE_FILE, LPR_CA_PASSPHRASE)",
  },
  passphrase: {
    type: "boolean",
    default: true,
    group: "Passphrases",
    description: "leave the new key unencrypted",
  },
} as const;

/** The recipe's words for these options. */
export function recipeWords(flags: FlagValues<typeof recipeFlags>): string[] {
  const values = (["days", "dir", "passphrase-file", "ca-passphrase-file"] as const).flatMap((name) => {
    const value = flags[name];
    return value === undefined ? [] : [`--${name}=${value}`];
  });
  return [...values, ...(flags.force ? ["--force"] : []), ...(flags.passphrase ? [] : ["--no-passphrase"])];
}
