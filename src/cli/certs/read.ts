import type { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { invalidInput, JobError } from "../../job/errors.ts";
import { type CertificateInfo, describe, readCertificates } from "./describe.ts";
import { caFile, certificateFiles, indexFile } from "./locate.ts";

/**
 * The certificates in these files, or all of the directory when there are none.
 * @throws JobError that names every file that cannot be read
 */
export function readInfos(input: {
  readonly dir: string;
  readonly files: readonly string[];
  readonly now: Date;
}): CertificateInfo[] {
  const files = input.files.length > 0 ? input.files : certificateFiles(input.dir);
  if (files.length === 0) {
    throw new JobError("HOST_UNSUPPORTED", `there are no certificates in ${input.dir}`, {
      hint: "make some with lpr certs init, or name a FILE or another --dir",
    });
  }
  const authority = readAuthority(input.dir);
  const revoked = readRevoked(input.dir);
  const problems: string[] = [];
  const infos = files.flatMap((file) => {
    try {
      const pem = readFileSync(file, "utf8");
      const infos = describe({ file, pem, keyPem: keyBeside(file), authority, revoked, now: input.now });
      if (infos.length === 0) problems.push(`${file} holds no certificate`);
      return infos;
    } catch (error) {
      problems.push(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });
  if (problems.length > 0) throw invalidInput(problems);
  return infos;
}

/** The authority is only there to compare with: where it cannot be read, nothing is said about it. */
function readAuthority(dir: string): X509Certificate | undefined {
  const pem = readIfThere(caFile(dir));
  return pem === undefined ? undefined : readCertificates(pem)[0];
}

/** Columns of openssl-ca(1)'s index: state, end, time and reason of the revocation, serial number, file, subject. */
function readRevoked(dir: string): ReadonlySet<string> {
  const rows = (readIfThere(indexFile(dir)) ?? "").split("\n").map((line) => line.split("\t"));
  return new Set(rows.flatMap(([state, , , serial]) => (state === "R" && serial ? [serial] : [])));
}

function keyBeside(file: string): string | undefined {
  return file.endsWith(".pem") ? readIfThere(file.replace(/\.pem$/, "-key.pem")) : undefined;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "EACCES" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
