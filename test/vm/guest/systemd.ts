import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import agentUnit from "../../../packaging/systemd/lpr.service" with { type: "text" };
import { until } from "../../helpers/until.ts";
import { test } from "./harness.ts";

const SLICE = "/sys/fs/cgroup/system.slice";
const ALL = "cpu io memory pids";

const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8").trim() : "");

function systemctl(...args: string[]): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync(["systemctl", ...args]);
  assert.equal(exitCode, 0, `systemctl ${args.join(" ")}: ${stderr}`);
  return stdout.toString().trim();
}

/** What the agent of that unit said last: its level, its cgroup and its jobs. */
function lastWords(unit: string): string {
  const cmd = ["journalctl", "--no-pager", "--output=cat", `--unit=${unit}`, "--grep=^agent ", "--lines=1"];
  return Bun.spawnSync(cmd).stdout.toString().trim();
}

async function untilSaid(unit: string, words: RegExp): Promise<void> {
  try {
    await until(() => words.test(lastWords(unit)), `${unit} says ${words}`, 60_000);
  } catch (cause) {
    throw new Error(`${unit} said ${JSON.stringify(lastWords(unit))}`, { cause });
  }
}

/** The agent's own "kept" job, once it runs in a group below `root`, which its supervisor may leave after a moment. */
async function keptJob(root: string): Promise<string> {
  const alone = () => /^\d+$/.exec(read(`${root}/kept/cgroup.procs`))?.[0];
  return until(alone, `the job runs in ${root}`, 60_000);
}

test("jobs in a delegated unit of their own outlive restart, daemon-reload and kill -9 of the agent's unit", async () => {
  const root = `${SLICE}/lpr-jobs.service/LPR`;
  systemctl("start", "lpr.service");
  await untilSaid("lpr.service", /^agent limits 0::\/system.slice\/lpr.service jobs$/);
  const job = await keptJob(root);
  systemctl("daemon-reload");
  assert.equal(read(`${root}/cgroup.subtree_control`), ALL);
  systemctl("restart", "lpr.service");
  await untilSaid("lpr.service", /jobs kept:RUNNING$/);
  systemctl("kill", "--signal=KILL", "--kill-who=main", "lpr.service");
  await until(() => systemctl("show", "-P", "SubState", "lpr.service") === "failed", "the agent is gone");
  assert.equal(read(`${root}/kept/cgroup.procs`), job);
  systemctl("start", "lpr.service");
  await untilSaid("lpr.service", /jobs kept:RUNNING$/);
  assert.equal(read(`${root}/kept/cgroup.procs`), job);
  systemctl("stop", "lpr.service", "lpr-jobs.service");
  await until(() => !existsSync(`${SLICE}/lpr-jobs.service`), "the unit's group is gone", 60_000);
});

test("an agent whose own unit is delegated has its jobs below it, and the unit goes with all of them", async () => {
  const unit = `${SLICE}/lpr-delegated.service`;
  systemctl("start", "lpr-delegated.service");
  await untilSaid(
    "lpr-delegated.service",
    /^agent limits 0::\/system.slice\/lpr-delegated.service\/lpr.agent /,
  );
  await keptJob(`${unit}/LPR`);
  systemctl("daemon-reload");
  assert.equal(read(`${unit}/LPR/cgroup.subtree_control`), ALL);
  systemctl("stop", "lpr-delegated.service");
  await until(() => !existsSync(unit), "the unit's group is gone", 60_000);
  systemctl("start", "lpr-delegated.service");
  // Whether the end of the job is recorded yet when the agent speaks is a race: that the unit starts again is none.
  await untilSaid("lpr-delegated.service", /^agent limits .*\/lpr.agent jobs kept:/);
});

test("an agent in an ordinary unit has its jobs in LPR, whose controllers systemd leaves on", async () => {
  systemctl("start", "lpr-plain.service");
  await untilSaid("lpr-plain.service", /^agent limits 0::\/system.slice\/lpr-plain.service jobs$/);
  const job = await keptJob("/sys/fs/cgroup/LPR");
  systemctl("daemon-reload");
  assert.equal(read("/sys/fs/cgroup/LPR/cgroup.subtree_control"), ALL);
  systemctl("restart", "lpr-plain.service");
  await untilSaid("lpr-plain.service", /jobs kept:RUNNING$/);
  assert.equal(read("/sys/fs/cgroup/LPR/kept/cgroup.procs"), job);
});

test("what the agent's unit starts has no session keyring of the unit's, which all jobs would share", async () => {
  // As a tenant's job: root may see them all.
  const job = ["/usr/bin/setpriv", "--reuid=70000", "--regid=70000", "--clear-groups"];
  const sharedKeyrings = (mode: string) => {
    const unit = ["systemd-run", "--wait", "--pipe", "--quiet", `--property=KeyringMode=${mode}`];
    const { stdout } = Bun.spawnSync([...unit, ...job, "/bin/grep", "-c", " _ses", "/proc/keys"]);
    return stdout.toString().trim();
  };
  // How it would be by default: one goes by _ses, keyrings(7).
  assert.equal(sharedKeyrings("private"), "1");
  assert.equal(sharedKeyrings(/^KeyringMode=(.*)$/m.exec(agentUnit)?.[1] ?? "private"), "0");
});
