import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../../test/helpers/until.ts";
import type { Program } from "./program.ts";

/** sshd on loopback with keys and configuration of its own; nothing of the user's is read or written. */
export interface Ssh extends AsyncDisposable {
  /** pid of the listening sshd. */
  readonly pid: number;
  /** With a connection of its own each time. */
  readonly fresh: Program;
  /** Over a connection that is kept open: ControlMaster. */
  readonly kept: Program;
}

/** What sshd wants as root, as its package makes it. */
const PRIVILEGE_SEPARATION_DIR = "/run/sshd";

/** @throws Error that says what is missing, or what sshd complains of */
export async function startSshd(dir: string, signal: AbortSignal): Promise<Ssh> {
  const PATH = `${process.env["PATH"]}:/usr/sbin:/sbin`;
  const [sshd, ssh, keygen] = ["sshd", "ssh", "ssh-keygen"].map((name) => {
    const path = Bun.which(name, { PATH });
    if (path === null) throw new Error(`${name} is not installed`);
    return path;
  }) as [string, string, string];
  await using resources = new AsyncDisposableStack();
  mkdirSync(dir);
  for (const key of ["host-key", "user-key"]) await makeKey(keygen, join(dir, key));
  const port = freePort();
  writeFileSync(join(dir, "sshd_config"), serverConfig(dir, port));
  writeFileSync(
    join(dir, "known_hosts"),
    `[127.0.0.1]:${port} ${await Bun.file(`${dir}/host-key.pub`).text()}`,
  );
  writeFileSync(join(dir, "ssh_config"), clientConfig(dir, port));
  if (process.getuid?.() === 0 && !existsSync(PRIVILEGE_SEPARATION_DIR)) {
    mkdirSync(PRIVILEGE_SEPARATION_DIR, { mode: 0o755 });
    resources.defer(() => rmdirSync(PRIVILEGE_SEPARATION_DIR));
  }
  const log = Bun.file(join(dir, "sshd.log"));
  const server = Bun.spawn([sshd, "-D", "-e", "-f", join(dir, "sshd_config")], {
    ...{ detached: true, stdin: "ignore", stdout: "ignore", stderr: log },
  });
  resources.defer(() => endOf(server));

  const env = { PATH: process.env["PATH"] ?? "" };
  const program = (host: string) => ({ env, command: [ssh, "-F", join(dir, "ssh_config"), host] });
  const answers = async (words: readonly string[]) => {
    signal.throwIfAborted();
    if (server.exitCode !== null) throw new Error(`sshd ended at once: ${(await log.text()).trim()}`);
    const child = Bun.spawn([...words], { env, stdio: ["ignore", "ignore", "ignore"] });
    return (await child.exited) === 0;
  };
  await until(() => answers([...program("fresh").command, "true"]), "sshd lets us in", 5_000);
  const master = Bun.spawn([...program("kept").command, "-M", "-N"], {
    ...{ env, detached: true, stdio: ["ignore", "ignore", "ignore"] },
  });
  resources.defer(() => endOf(master));
  await until(() => answers([...program("kept").command, "-O", "check"]), "ssh keeps a connection", 5_000);

  const owned = resources.move();
  return {
    pid: server.pid,
    ...{ fresh: program("fresh"), kept: program("kept") },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function makeKey(keygen: string, path: string): Promise<void> {
  const child = Bun.spawn([keygen, "-q", "-t", "ed25519", "-N", "", "-C", "bench", "-f", path], {
    stdio: ["ignore", "ignore", "ignore"],
  });
  if ((await child.exited) !== 0) throw new Error(`ssh-keygen cannot make ${path}`);
  if (path.endsWith("user-key")) {
    await Bun.write(path.replace("user-key", "authorized_keys"), Bun.file(`${path}.pub`));
  }
}

/** sshd takes no port 0. Somebody else may get this one meanwhile, which sshd then complains of. */
function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const { port } = listener;
  listener.stop(true);
  return port;
}

/**
 * Lean: without PAM, banners and look-ups of names, so a stock sshd is slower. Another home, because bash reads
 * ~/.bashrc for every command that sshd gives it, and what people have in there is not ssh's fault.
 */
function serverConfig(dir: string, port: number): string {
  return `Port ${port}
ListenAddress 127.0.0.1
HostKey ${dir}/host-key
PidFile none
AuthorizedKeysFile ${dir}/authorized_keys
StrictModes no
UsePAM no
UseDNS no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
PrintMotd no
SetEnv HOME=${dir}
PrintLastLog no
MaxSessions 100
MaxStartups 100
LogLevel ERROR
`;
}

/** The cipher is left to the two of them. */
function clientConfig(dir: string, port: number): string {
  return `Host fresh kept
  HostName 127.0.0.1
  Port ${port}
  IdentityFile ${dir}/user-key
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile ${dir}/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  BatchMode yes
  LogLevel ERROR
Host fresh
  ControlPath none
Host kept
  ControlPath ${dir}/control
`;
}

async function endOf(child: Bun.Subprocess): Promise<void> {
  child.kill("SIGTERM");
  await child.exited;
}
