import { join } from "node:path";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { testCerts } from "../helpers/certs.ts";
import { until } from "../helpers/until.ts";

const MAIN = join(import.meta.dir, "../../src/main.ts");

type Env = Record<string, string | undefined>;

export interface Finished {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Whole commands against a real agent, as tenant "alice" of role "user" unless told otherwise. */
export interface CommandLine extends AsyncDisposable {
  readonly agent: TestAgent;
  readonly env: Env;
  /** How another tenant's commands begin. */
  envOf(tenant: string, role: string): Promise<Env>;
  /** Runs a command to its end. */
  lpr(...argv: string[]): Promise<Finished>;
  /** The same, with another environment. */
  lprWith(env: Env, ...argv: string[]): Promise<Finished>;
  /** A command that goes on. */
  start(argv: readonly string[], options?: { readonly stdin?: "pipe"; readonly env?: Env }): Started;
}

export type Started = ReturnType<typeof spawn>;

export async function openCommandLine(changes: Parameters<typeof startAgent>[0] = {}): Promise<CommandLine> {
  const agent = await startAgent(changes);
  const certs = await testCerts();
  const envOf = async (tenant: string, role: string): Promise<Env> => {
    const { combinedPath } = await certs.client({ tenant, role });
    return { ...process.env, LPR_ADDRESS: agent.address, LPR_CERT: combinedPath, HOME: undefined };
  };
  const env = await envOf("alice", "user");
  const lprWith = async (own: Env, ...argv: string[]) => {
    const child = spawn(argv, own);
    const [out, err, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
    return { code, out, err };
  };
  return {
    ...{ agent, env, envOf, lprWith },
    lpr: (...argv) => lprWith(env, ...argv),
    start: (argv, options = {}) => spawn(argv, options.env ?? env, options.stdin),
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

function spawn(argv: readonly string[], env: Env, stdin: "pipe" | "ignore" = "ignore") {
  return Bun.spawn([process.execPath, MAIN, ...argv], { stdin, stdout: "pipe", stderr: "pipe", env });
}

/** Takes in a stream as it comes. */
export function listen(stream: ReadableStream<Uint8Array>): {
  text(): string;
  /** Waits until it holds the text. */
  until(text: string): Promise<void>;
} {
  const decoder = new TextDecoder();
  let text = "";
  const reading = (async () => {
    for await (const piece of stream) text += decoder.decode(piece, { stream: true });
  })();
  // A command that is killed ends its streams; what was awaited is then missing, and said.
  reading.catch(() => undefined);
  return {
    text: () => text,
    until: async (wanted) => {
      await until(() => text.includes(wanted), `the output holds ${wanted}, it is ${JSON.stringify(text)}`);
    },
  };
}
