import { JobError } from "../errors.ts";
import type { Tools } from "./tools.ts";

/** The Debian packages of the tools that only isolated jobs need. */
const PACKAGES = { unshare: "util-linux", mount: "mount", ip: "iproute2" } as const;

type IsolationTool = keyof typeof PACKAGES;

/**
 * Paths of unshare, mount and ip. Namespaces without a user namespace around them need root.
 * @throws JobError HOST_UNSUPPORTED
 */
export function isolationTools(tools: Pick<Tools, IsolationTool>): readonly [string, string, string] {
  if (process.geteuid?.() !== 0) {
    throw new JobError("HOST_UNSUPPORTED", "only an agent that runs as root can isolate jobs", {
      hint: "run the agent as root, or the job without --isolate",
    });
  }
  const { unshare, mount, ip } = tools;
  if (unshare && mount && ip) return [unshare, mount, ip];
  const missing = (Object.keys(PACKAGES) as IsolationTool[]).filter((name) => !tools[name]);
  throw new JobError(
    "HOST_UNSUPPORTED",
    `isolating a job needs ${missing.join(", ")}, which this host lacks`,
    {
      hint: `install ${missing.map((name) => PACKAGES[name]).join(", ")}`,
    },
  );
}

/** Tries what the start of an isolated job does. Undefined: it works, otherwise what stands in the way. */
export function isolationProblem(tools: Tools): string | undefined {
  try {
    const [unshare, mount, ip] = isolationTools(tools);
    const furnish = '"$1" -t tmpfs tmpfs /tmp && "$1" -t proc proc /proc && "$2" link set lo up';
    const { success, stderr } = Bun.spawnSync(
      [
        unshare,
        "--fork",
        "--kill-child",
        "--pid",
        "--mount",
        "--ipc",
        "--net",
        "--",
        tools.sh,
        "-c",
        furnish,
        "sh",
        mount,
        ip,
      ],
      { env: {} },
    );
    return success ? undefined : stderr.toString().trim() || "the namespaces cannot be made";
  } catch (error) {
    if (!(error instanceof JobError)) throw error;
    return error.message;
  }
}
