import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BenchAgent, startAgent } from "./agent.ts";
import { type BenchCerts, makeCerts } from "./certs.ts";
import { type Ssh, startSshd } from "./ssh.ts";

/** What the parts measure with. */
export interface Lab extends AsyncDisposable {
  /** Removed at the end. */
  readonly dir: string;
  /** Aborted when the run is interrupted: every part then gives up. */
  readonly signal: AbortSignal;
  /** Running jobs where their number matters. */
  readonly manyJobs: number;
  /** Shared by the parts that a used agent does not harm. */
  readonly agent: BenchAgent;
  /** An agent of one part alone, which nothing has touched; in this state directory and with these certificates, if given. */
  startAgent(stateDir?: string, certs?: BenchCerts): Promise<BenchAgent>;
  readonly ssh: Ssh | undefined;
  /** Why there is no ssh. */
  readonly noSsh: string;
  /** A name that no job has had. */
  newName(): string;
}

export async function openLab({
  signal,
  manyJobs,
}: {
  readonly signal: AbortSignal;
  readonly manyJobs: number;
}): Promise<Lab> {
  await using resources = new AsyncDisposableStack();
  const dir = mkdtempSync(join(tmpdir(), "lpr-bench-"));
  resources.defer(() => rmSync(dir, { recursive: true, force: true }));
  const certs = await makeCerts(join(dir, "certs"), signal);
  let agents = 0;
  const start = (stateDir = join(dir, `agent-${++agents}`), own = certs) =>
    startAgent({ certs: own, stateDir });
  const agent = resources.use(await start());
  const [ssh, noSsh] = await startSshd(join(dir, "ssh"), signal).then(
    (started) => [started, ""] as const,
    (error: Error) => [undefined, error.message] as const,
  );
  resources.use(ssh);
  let names = 0;
  const owned = resources.move();
  return {
    ...{ dir, signal, manyJobs, agent, ssh, noSsh },
    startAgent: start,
    newName: () => `bench-${++names}`,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
