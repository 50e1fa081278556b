/** `npm run demo`: real jobs through the real binary over mutual TLS, from certificates to clean-up. */
import { join } from "node:path";
import { isRoot, ownCgroupRoot, problemOfHost } from "./host.ts";
import { heading, remark } from "./screen.ts";
import { Interrupted, Session } from "./session.ts";

const problem = problemOfHost();
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => interruption.abort(new Interrupted(signal)));
}
const binaries = join(import.meta.dir, "../dist");
const cgroupRoot = ownCgroupRoot();

try {
  await using session = new Session({
    ...{ binaries, cgroupRoot, interrupted: interruption.signal },
    env: { LPR_KEY_PASSPHRASE_FILE: "passphrase" },
  });
  await show(session);
} catch (error) {
  const interrupted = error instanceof Interrupted;
  console.error(interrupted ? "\nInterrupted; everything is cleaned up." : `\nThe demo failed: ${error}`);
  process.exitCode = interrupted ? 130 : 1;
}
if (process.exitCode === undefined)
  heading("That was it: no job, no agent, no cgroup and no directory of the demo is left");

async function show(session: Session): Promise<void> {
  remark(`All of this happens in ${session.dir}, with ${binaries} in PATH`);
  remark("and LPR_KEY_PASSPHRASE_FILE=passphrase, which opens the encrypted keys.");

  heading("Certificates: an authority, the agent's and alice's (RSA 4096 takes its time)");
  await session.type("(umask 077; openssl rand -hex 16 >passphrase)");
  await session.type("lpr certs init --dir pki", { brief: true });
  await session.type("lpr certs issue-agent localhost 127.0.0.1 --dir pki", { brief: true });
  if (!isRoot) remark("An agent that is not root runs all jobs under its own account, so alice is an admin.");
  await session.type(`lpr certs issue alice --role ${isRoot ? "user" : "admin"} --dir pki`, { brief: true });

  heading("The agent of this host");
  const port = freePort();
  const files = "pki/agents/localhost";
  await session.startAgent([
    ...["--listen", `127.0.0.1:${port}`, "--state-dir", join(session.dir, "state")],
    ...(cgroupRoot === undefined ? ["--cgroups", "off"] : ["--cgroup-root", cgroupRoot]),
    ...["--ca", `${files}/ca.pem`, "--cert", `${files}/agent.pem`, "--key", `${files}/agent-key.pem`],
  ]);

  heading("alice logs in with her certificate");
  await session.type(`lpr auth login localhost:${port} --client-cert pki/clients/alice/alice-login.pem`);

  heading("A job that succeeds");
  await session.type(`lpr job run hello -- /bin/sh -c 'echo "hello from $(id -u), PID $$"'`);
  await session.type("lpr job wait hello");
  await session.type("lpr job logs hello");

  heading("A job that fails: its exit code is passed on");
  await session.type(`lpr job run broken --follow -- /bin/sh -c 'echo "no luck" >&2; exit 3'`, {
    exitCode: 3,
  });

  heading("A job followed live, line by line");
  await session.type(
    `lpr job run count --follow -- /bin/sh -c 'for i in 1 2 3 4 5; do echo "line $i"; sleep 0.3; done'`,
    { timed: true },
  );

  heading("A job that would run for ever, and its child, stopped");
  await session.type(`lpr job run forever -- /bin/sh -c 'sleep infinity & sleep infinity'`);
  await session.type("lpr job stop forever");
  await session.type("lpr job get forever");

  await survive(session);

  heading("Bad input: every problem at once, and nothing is started");
  await session.type("lpr job run ../x -e 1ST=one --workdir here -- true", { exitCode: 2 });

  heading("What the agent remembers");
  await session.type("lpr job list");

  heading("SIGTERM stops the agent and what still runs");
  await session.type("lpr job run last -- sleep infinity");
  await session.stopAgent();
}

/** The agent is killed while a job runs and is followed: neither notices. */
async function survive(session: Session): Promise<void> {
  heading("The agent is killed while a job runs: the job runs on, and its follower misses nothing");
  const halfWay = Promise.withResolvers<void>();
  const loop = 'for i in 1 2 3 4 5 6 7 8; do echo "$i of 8, written at $(date +%T)"; sleep 0.4; done';
  const followed = session.type(`lpr job run survivor --follow -- /bin/sh -c '${loop}'`, {
    timed: true,
    onLine: (line) => line.startsWith("3 of 8") && halfWay.resolve(),
  });
  followed.catch(halfWay.reject);
  await session.unlessInterrupted(halfWay.promise);
  await session.killAgent();
  await session.restartAgent();
  const seen = (await followed).filter((line) => / of 8, /.test(line));
  const kept = await session.type("lpr job logs survivor");
  await session.type("lpr job get survivor");
  for (const lines of [seen, kept]) {
    if (lines.map((line) => line[0]).join("") !== "12345678") throw new Error("a line is missing or doubled");
  }
}

function freePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const { port } = probe;
  probe.stop(true);
  return port;
}
