import { existsSync } from "node:fs";
import { invalidInput } from "../../job/errors.ts";
import { isEncrypted } from "../../rpc/pem.ts";
import { type FileProblem, readPublicFile, readSecretFile } from "../files.ts";
import { readMaterial, type TlsMaterial, type TlsTexts } from "./material.ts";
import { findPassphrase } from "./passphrase.ts";
import type { StaleCrl } from "./revocation.ts";

/** Where an agent has its certificates from, now and when they are renewed. */
export interface TlsSource {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly keyPassphraseFile?: string | undefined;
  readonly crl?: string | undefined;
  /** The list may be missing: it is where `lpr certs revoke` would put one. @default false */
  readonly crlIsOptional?: boolean | undefined;
  /** @default "serve" */
  readonly staleCrl?: StaleCrl | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks a person for the passphrase of the key; absent where nobody can be asked. */
  readonly askPassphrase?: ((file: string) => Promise<string>) | undefined;
}

/** Reads the files and the passphrase, looking into none of them. What is wrong is added to `problems`. */
export function readTexts(source: TlsSource, problems: FileProblem[]): TlsTexts {
  const { crl } = source;
  const hasCrl = crl !== undefined && !(source.crlIsOptional && !existsSync(crl));
  return {
    ca: readPublicFile("--ca", source.ca, problems),
    cert: readPublicFile("--cert", source.cert, problems),
    key: readSecretFile("--key", source.key, problems),
    passphrase: findPassphrase(source.keyPassphraseFile, source.env, problems),
    crl: hasCrl ? readPublicFile("--crl", crl, problems) : undefined,
    staleCrl: source.staleCrl,
    names: {
      ca: `CA certificate ${source.ca}`,
      cert: `certificate ${source.cert}`,
      crl: `revocation list ${crl}`,
    },
  };
}

/** Checks them; what is wrong is added to `issues`, and then there is no result. */
export async function openTexts(
  texts: TlsTexts,
  { key: keyFile, askPassphrase }: Pick<TlsSource, "key" | "askPassphrase">,
  issues: string[],
): Promise<TlsMaterial | undefined> {
  const { key, passphrase } = texts;
  const isLocked = key !== undefined && passphrase === undefined && isEncrypted(key);
  if (!isLocked) return readMaterial(texts, issues);
  if (askPassphrase) return readMaterial(texts, issues, await askPassphrase(keyFile));
  issues.push(
    `the key ${keyFile} is encrypted: give --key-passphrase-file, LPR_KEY_PASSPHRASE_FILE or LPR_KEY_PASSPHRASE`,
  );
  return readMaterial({ ...texts, key: undefined }, issues);
}

/** @throws JobError INVALID_INPUT that lists every problem */
export async function openOrThrow(texts: TlsTexts, source: TlsSource): Promise<TlsMaterial> {
  const issues: string[] = [];
  const material = await openTexts(texts, source, issues);
  if (material) return material;
  throw invalidInput(issues);
}
