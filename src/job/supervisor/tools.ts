import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { JobError } from "../errors.ts";

/** Programs that the shim goes through, by absolute path: the job's PATH must not choose them. */
export interface Tools {
  readonly setsid: string;
  readonly env: string;
  /** Only where jobs may run as another account than the service. */
  readonly setpriv: string | undefined;
}

const DIRECTORIES = [
  "/usr/bin",
  "/bin",
  "/usr/sbin",
  "/sbin",
  "/usr/local/bin",
  "/run/current-system/sw/bin",
];

/** @throws JobError HOST_UNSUPPORTED naming what is missing */
export function findTools(): Tools {
  const [setsid, env, setpriv] = ["setsid", "env", "setpriv"].map(find);
  const missing = [setsid ? "" : "setsid (package util-linux)", env ? "" : "env (package coreutils)"].filter(
    Boolean,
  );
  if (!setsid || !env) {
    throw new JobError("HOST_UNSUPPORTED", `this host lacks ${missing.join(" and ")}`, {
      hint: `install it in one of ${DIRECTORIES.join(" ")}`,
    });
  }
  return { setsid, env, setpriv };
}

function find(program: string): string | undefined {
  return DIRECTORIES.map((directory) => join(directory, program)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
