import { createPrivateKey } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { JobError } from "../job/errors.ts";
import type { Credentials } from "./credentials.ts";
import { complain } from "./output.ts";
import { askHidden, canAsk } from "./prompt.ts";
import { whyUnreadable } from "./text-file.ts";

const ATTEMPTS = 3;

/** The private key without encryption: passphrase from LPR_KEY_PASSPHRASE_FILE, or from whoever is at the terminal. */
export async function openKey(
  { key, encrypted, files }: Credentials,
  env = process.env,
  interactive = canAsk(),
): Promise<string> {
  if (!encrypted) return key;
  const passphraseFile = env["LPR_KEY_PASSPHRASE_FILE"];
  if (passphraseFile) {
    const opened = decrypt(key, readPassphrase(passphraseFile));
    if (opened !== undefined) return opened;
    throw new JobError("UNAUTHENTICATED", `the passphrase in ${passphraseFile} does not open ${files.key}`, {
      hint: "only the first line of LPR_KEY_PASSPHRASE_FILE counts",
    });
  }
  if (!interactive) {
    throw new JobError(
      "UNAUTHENTICATED",
      `the private key ${files.key} is encrypted and nobody is here to ask for its passphrase`,
      {
        hint: "set LPR_KEY_PASSPHRASE_FILE to a file that holds it, or keep a decrypted copy with lpr auth login --store-key",
      },
    );
  }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const opened = decrypt(key, await askHidden(`Passphrase of ${files.key}: `));
    if (opened !== undefined) return opened;
    complain("that is not its passphrase");
  }
  throw new JobError("UNAUTHENTICATED", `no passphrase given opens ${files.key}`);
}

/** First line of the file, as openssl's `-passin file:` reads it. */
function readPassphrase(path: string): string {
  try {
    const [line = ""] = readFileSync(path, "utf8").split(/\r?\n/, 1);
    const stat = statSync(path);
    if (!stat.isFile() || (stat.mode & 0o077) === 0) return line;
  } catch (error) {
    const what = `${path}, which LPR_KEY_PASSPHRASE_FILE names`;
    throw new JobError("INVALID_INPUT", `cannot read ${what}: ${whyUnreadable(error)}`, { cause: error });
  }
  throw new JobError("INVALID_INPUT", `${path} holds a passphrase and can be read by other users`, {
    hint: `chmod 600 ${path}`,
  });
}

/** Undefined for a wrong passphrase. */
function decrypt(key: string, passphrase: string): string | undefined {
  try {
    return createPrivateKey({ key, passphrase }).export({ type: "pkcs8", format: "pem" }) as string;
  } catch {
    return undefined;
  }
}
