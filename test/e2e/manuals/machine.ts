import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isPopulated, removeGroup } from "../../../src/job/cgroup/group.ts";
import { ownCgroup } from "../../helpers/agent.ts";
import { LPR } from "../../helpers/binary.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { until } from "../../helpers/until.ts";
import { type Answer, openWindow, type Window } from "./window.ts";

/**
 * A host as manuals have it, made of namespaces: it is called web1.example.com, its network is its own, and what is
 * written to its files, /etc/lpr and /usr/local among them, is gone with it. Nothing of it outlives it.
 */
export interface Machine extends AsyncDisposable {
  /** A shell at a terminal, as root, in a home directory of its own. */
  window(answers?: readonly Answer[]): Window;
}

interface Setting {
  readonly share: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const repository = join(import.meta.dir, "../../..");
const OWN = ["--mount", "--uts", "--ipc", "--net", "--pid"];

/** Why there can be no machine here; undefined where there can. */
export const whyNoMachine: string | undefined = (() => {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "it takes root on Linux";
  const missing = ["unshare", "nsenter", "ip"].filter((program) => Bun.which(program) === null);
  if (missing.length > 0) return `${missing.join(", ")} is not installed`;
  const tried = Bun.spawnSync(["unshare", ...OWN, "--fork", "/bin/true"]);
  return tried.exitCode === 0 ? undefined : `no namespaces can be made: ${tried.stderr}`;
})();

/** @param setting directories of the host that are to be seen as they are, read-only, and variables of its windows */
export async function startMachine(setting: Setting): Promise<Machine> {
  const dir = tempDir();
  const [scratch, typed] = [dir.join("machine"), dir.join("typed")];
  for (const each of [scratch, typed]) mkdirSync(each);
  const cgroup = ownCgroup();
  const agentYaml = `on-shutdown: keep\ncgroups: ${cgroup.mode}\n${cgroup.root === undefined ? "" : `cgroup-root: ${cgroup.root}\n`}`;
  const holder = Bun.spawn(
    [
      ...["unshare", ...OWN, "--fork", "--kill-child", "--propagation", "private"],
      ...["/bin/sh", join(import.meta.dir, "machine.sh"), scratch, agentYaml],
      ...[repository, typed, ...setting.share],
    ],
    { stdin: "ignore", stdout: "pipe", stderr: "inherit" },
  );
  const first = await holder.stdout.getReader().read();
  if (first.done) throw new Error("the machine did not come up");
  // unshare forks: the child is the machine's first process.
  const children = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, "utf8");
  const enter = ["nsenter", "--target", children.trim(), "--all", "--root", "--wd"];
  const windows: Window[] = [];

  const window = (answers: readonly Answer[] = []) => {
    const opened = openWindow({
      command: [...enter, "bash", "--noprofile", "--norc", join(import.meta.dir, "window.sh")],
      env: {
        PATH: `/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:${dirname(LPR)}`,
        ...{ HOME: "/root/manual", LPR_REPOSITORY: repository, NO_COLOR: "1", TERM: "dumb", LANG: "C.UTF-8" },
        ...setting.env,
      },
      ...{ answers, typed },
    });
    windows.push(opened);
    return opened;
  };
  return {
    window,
    async [Symbol.asyncDispose]() {
      for (const opened of windows) opened.close();
      holder.kill("SIGKILL");
      await holder.exited;
      const { root } = cgroup;
      if (root !== undefined && existsSync(root)) {
        await until(() => !isPopulated(root), "the cgroups of the machine are empty");
        removeGroup(root);
      }
      dir[Symbol.dispose]();
    },
  };
}
