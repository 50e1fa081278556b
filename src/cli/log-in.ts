import { createPrivateKey, X509Certificate } from "node:crypto";
import { join } from "node:path";
import { type Address, DEFAULT_PORT, formatAddress, parseAddress } from "../client/address.ts";
import type { AgentInfo } from "../client/client.ts";
import { connect } from "../client/connect.ts";
import { addLogin, type Login, type Logins, loginsPath, readLogins, writeLogins } from "../client/logins.ts";
import { writePrivately } from "../client/private-file.ts";
import { JobError } from "../job/errors.ts";
import { absolute, warnOfExpiry } from "./connection.ts";
import { type Credentials, readCredentials } from "./credentials.ts";
import { completeInput, type LogInInput } from "./log-in-input.ts";
import { note } from "./output.ts";
import { openKey } from "./passphrase.ts";
import { during } from "./progress.ts";
import { askYesNo } from "./prompt.ts";
import { dropStoredKey, storedKeysDir } from "./saved-logins.ts";
import { UsageError } from "./usage-error.ts";

/** Logs in: nothing is saved unless the agent accepts the caller. */
export async function logIn(
  input: LogInInput,
  env = process.env,
): Promise<{ login: Login; info: AgentInfo }> {
  const path = loginsPath(env);
  const saved = await readLogins(path);
  const place = await completeInput(input, env);
  const address = parseAddress(place.address);
  remarkOnScheme(address);
  const name = chooseName(input.name, address, saved);
  const credentials = readCredentials({
    cacert: absolute(place.cacert),
    cert: absolute(place.cert),
    key: absolute(place.key),
  });
  const key = await openKey(credentials, env, input.interactive);
  checkPair(credentials, key);
  warnOfExpiry(credentials.cert);
  const client = connect({
    address: formatAddress(address),
    ca: credentials.ca,
    cert: credentials.cert,
    key,
  });
  const info = await during("asking the agent", () => client.info()).finally(() => client.close());
  const keyPath = (await wantsKeyStored(input, credentials))
    ? storeKey(join(storedKeysDir(env), `${encodeURIComponent(name)}.pem`), key)
    : credentials.files.key;
  const login = { name, address: formatAddress(address), ...credentials.files, key: keyPath };
  const after = addLogin(saved, login);
  await writeLogins(path, after);
  for (const old of saved.logins) {
    if (!after.logins.some(({ key }) => key === old.key)) dropStoredKey(old, env);
  }
  return { login, info };
}

function remarkOnScheme({ scheme, port }: Address): void {
  if (scheme === "http")
    note(`note: http:// is taken as gRPC over mutual TLS on port ${port}; nothing goes unencrypted`);
}

function chooseName(wanted: string | undefined, address: Address, { logins }: Logins): string {
  if (wanted === undefined) return address.port === DEFAULT_PORT ? address.host : formatAddress(address);
  if (!/^[\w.:[\]-]{1,100}$/.test(wanted)) {
    throw new UsageError([
      `--name must be 1 to 100 of A-Z a-z 0-9 _ . : - [ ], got ${JSON.stringify(wanted)}`,
    ]);
  }
  const other = logins.find((login) => login.name === wanted && login.address !== formatAddress(address));
  if (other === undefined) return wanted;
  throw new UsageError(
    [`--name ${wanted} is the login to ${other.address} already`],
    `lpr auth logout ${wanted}`,
  );
}

function checkPair({ cert, files }: Credentials, key: string): void {
  if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return;
  throw new JobError(
    "INVALID_INPUT",
    `the key in ${files.key} is not the one of the certificate in ${files.cert}`,
    {
      hint: "--key names the file with the key that the certificate was issued for",
    },
  );
}

async function wantsKeyStored(
  { storeKey: asked, interactive }: LogInInput,
  { encrypted, files }: Credentials,
): Promise<boolean> {
  if (!encrypted) {
    if (asked) note(`note: ${files.key} is not encrypted, so no copy is kept`);
    return false;
  }
  if (!asked)
    note(
      "note: the key is encrypted: later commands ask for its passphrase, unless lpr auth login --store-key keeps a decrypted copy",
    );
  // Where nobody can be asked the flag itself is the consent.
  return (
    asked &&
    (!interactive || (await askYesNo(`Keep a decrypted copy of ${files.key}, readable by you alone?`)))
  );
}

function storeKey(path: string, key: string): string {
  writePrivately(path, key);
  return path;
}
