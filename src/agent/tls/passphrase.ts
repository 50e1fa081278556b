import { existsSync } from "node:fs";
import { join } from "node:path";
import { type FileProblem, readPublicFile, readSecretFile } from "../files.ts";

/** Name of the systemd credential: `LoadCredential=key-passphrase:/path`. */
const PASSPHRASE_CREDENTIAL = "key-passphrase";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The passphrase of the agent's key, from the first of: `file` (--key-passphrase-file), the file that
 * LPR_KEY_PASSPHRASE_FILE names, LPR_KEY_PASSPHRASE, systemd's credential. Undefined where none is given; what is wrong is
 * added to `problems`.
 */
export function findPassphrase(
  file: string | undefined,
  env: Environment,
  problems: FileProblem[],
): string | undefined {
  const named = file ?? (env["LPR_KEY_PASSPHRASE_FILE"] || undefined);
  if (named !== undefined) return firstLine(readSecretFile("--key-passphrase-file", named, problems));
  if (env["LPR_KEY_PASSPHRASE"]) return env["LPR_KEY_PASSPHRASE"];
  const credential =
    env["CREDENTIALS_DIRECTORY"] && join(env["CREDENTIALS_DIRECTORY"], PASSPHRASE_CREDENTIAL);
  if (!credential || !existsSync(credential)) return undefined;
  // systemd protects it by more than its mode, which can show a group that only an ACL has let in.
  return firstLine(readPublicFile("credential", credential, problems));
}

/** As openssl's `-passin file:` reads it. */
function firstLine(text: string | undefined): string | undefined {
  return text?.split(/\r?\n/, 1)[0];
}
