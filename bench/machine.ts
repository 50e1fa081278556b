import { cpus, loadavg, release, tmpdir, totalmem } from "node:os";
import packageJson from "../package.json" with { type: "json" };

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly kernel: string;
  /** Mean number of processes that ran or wanted to, of the minute before. */
  readonly load: number;
  /** Where the state of the agents lies, and on what. */
  readonly stateOn: string;
  readonly ssh: string;
  readonly bun: string;
  readonly lpr: string;
}

export async function describeMachine(): Promise<Machine> {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model ?? "unknown",
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    kernel: release(),
    load: loadavg()[0] ?? 0,
    stateOn: await said("df", "--output=fstype,target", tmpdir()).then(
      (text) => text.split("\n").at(-1) ?? "",
    ),
    ssh: await said("ssh", "-V"),
    bun: Bun.version,
    lpr: packageJson.version,
  };
}

/** What a program says of itself; empty where it is not installed. */
async function said(...command: string[]): Promise<string> {
  if (Bun.which(command[0] ?? "") === null) return "";
  const child = Bun.spawn(command, { stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return (out + err).trim();
}
