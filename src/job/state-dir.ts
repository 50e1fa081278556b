import { mkdirSync, statSync } from "node:fs";
import { JobError } from "./errors.ts";
import { jobsDir } from "./host.ts";

/**
 * Makes the state directory with mode 0700. One that was there before is not changed, it might be somebody's home,
 * but must be this account's alone: it holds the output of all tenants.
 * @throws JobError HOST_UNSUPPORTED
 */
export function openStateDir(stateDir: string): void {
  try {
    mkdirSync(jobsDir({ stateDir }), { recursive: true, mode: 0o700 });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new JobError("HOST_UNSUPPORTED", `the state directory ${stateDir} cannot be made (${code})`, {
      hint: "--state-dir takes another one",
      cause,
    });
  }
  const { uid, mode } = statSync(stateDir);
  if (uid !== process.geteuid?.()) {
    throw new JobError(
      "HOST_UNSUPPORTED",
      `the state directory ${stateDir} belongs to another account (uid ${uid})`,
      {
        hint: "--state-dir takes another one",
      },
    );
  }
  if ((mode & 0o077) !== 0) {
    throw new JobError(
      "HOST_UNSUPPORTED",
      `the state directory ${stateDir} must not be open to other accounts`,
      {
        hint: `chmod 700 ${stateDir}`,
      },
    );
  }
}
