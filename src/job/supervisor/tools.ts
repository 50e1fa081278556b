import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { JobError } from "../errors.ts";

/** Programs that the shim goes through, by absolute path: the job's PATH must not choose them. */
export interface Tools {
  readonly sh: string;
  /** Names that this sh adds to the environment of what it executes: bash does. */
  readonly shAdds: readonly string[];
  readonly setsid: string;
  readonly env: string;
  readonly sleep: string;
  /** Only where jobs may run as another account than the service. */
  readonly setpriv: string | undefined;
  /** Only where jobs may have namespaces of their own. */
  readonly unshare: string | undefined;
  readonly mount: string | undefined;
  readonly ip: string | undefined;
  /** Only where the size of logs is to be bounded. */
  readonly fallocate: string | undefined;
}

const DIRECTORIES = [
  "/usr/bin",
  "/bin",
  "/usr/sbin",
  "/sbin",
  "/usr/local/bin",
  "/run/current-system/sw/bin",
];

/** What no job can be started without, and the Debian package it is in. */
const PACKAGES = new Map([
  ["sh", "dash"],
  ["setsid", "util-linux"],
  ["env", "coreutils"],
  ["sleep", "coreutils"],
]);

const OPTIONAL = ["setpriv", "unshare", "mount", "ip", "fallocate"];

/** @throws JobError HOST_UNSUPPORTED naming what is missing */
export function findTools(): Tools {
  const [sh, setsid, env, sleep] = [...PACKAGES.keys()].map(find);
  if (sh && setsid && env && sleep) {
    const [setpriv, unshare, mount, ip, fallocate] = OPTIONAL.map(find);
    return { sh, shAdds: namesAddedBy(sh), setsid, env, sleep, setpriv, unshare, mount, ip, fallocate };
  }
  const missing = [...PACKAGES].filter(([program]) => !find(program));
  throw new JobError(
    "HOST_UNSUPPORTED",
    `this host lacks ${missing.map(([program]) => program).join(", ")}`,
    {
      hint: `install ${missing.map(([, name]) => name).join(", ")} below one of ${DIRECTORIES.join(" ")}`,
    },
  );
}

export function namesAddedBy(sh: string): readonly string[] {
  const { stdout } = Bun.spawnSync([sh, "-c", 'echo "$BASH_VERSION"'], { env: {}, stderr: "ignore" });
  return stdout.toString().trim() === "" ? [] : ["SHLVL", "_"];
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
