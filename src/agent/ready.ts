/** Directories of systemd-notify, as in PATH: the one of the agent may hold anything. */
const SYSTEMD_PATH = "/usr/bin:/bin:/run/current-system/sw/bin";

/**
 * Tells systemd that the agent serves, where it wants to know: units of Type=notify, sd_notify(3). By systemd's own
 * program, because Bun cannot send a datagram to a Unix socket; as root it speaks for its parent, which is us.
 * @returns false when systemd could not be told, and will take the start for a failed one
 */
export async function notifyReady(
  env: Readonly<Record<string, string | undefined>>,
  path: string = SYSTEMD_PATH,
): Promise<boolean> {
  const socket = env["NOTIFY_SOCKET"];
  if (socket === undefined) return true;
  const program = Bun.which("systemd-notify", { PATH: path });
  if (program === null) return false;
  const child = Bun.spawn([program, "--ready"], {
    ...{ stdin: "ignore", stdout: "ignore", stderr: "ignore" },
    env: { NOTIFY_SOCKET: socket },
  });
  return (await child.exited) === 0;
}
