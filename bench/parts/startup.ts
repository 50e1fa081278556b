import { join } from "node:path";
import { interleave } from "../interleave.ts";
import { makeP256Certs } from "../lab/certs.ts";
import type { Lab } from "../lab/lab.ts";
import { type Program, runProgram } from "../lab/program.ts";
import type { PartReport } from "../result.ts";

/** What a command costs before it does anything, beside the least that a program compiled by Bun takes. */
export async function measureStartup(lab: Lab): Promise<PartReport> {
  const { agent, signal, newName } = lab;
  await using p256 = await lab.startAgent(join(lab.dir, "agent-p256"), await makeP256Certs());
  const name = newName();
  for (const { client } of [agent, p256]) await client.wait(await client.run({ name, command: "/bin/true" }));
  const hello: Program = { command: [await compileHello(lab.dir)], env: {} };
  const time =
    (program: Program, ...words: string[]) =>
    async () =>
      (await runProgram(program, words, signal)).ms;
  const { bare, version, help, get, getP256 } = await interleave(
    {
      bare: time(hello),
      version: time(agent.lpr, "version"),
      help: time(agent.lpr, "--help"),
      get: time(agent.lpr, "job", "get", name),
      getP256: time(p256.lpr, "job", "get", name),
    },
    { rounds: 40, warmUp: 3, signal },
  );
  const row = { unit: "ms", better: "lower", peer: { name: "compiled hello world", value: bare } } as const;
  return {
    results: [
      { ...row, what: "lpr version", ours: version, aim: "20 ms more" },
      { ...row, what: "lpr --help", ours: help, aim: "20 ms more" },
      { ...row, what: "lpr job get, P-256 certificates", ours: getP256, aim: "60 ms more" },
      { ...row, what: "lpr job get, RSA 4096 certificates", ours: get, aim: "60 ms more" },
    ],
  };
}

async function compileHello(dir: string): Promise<string> {
  const [source, outfile] = [join(dir, "hello.ts"), join(dir, "hello")];
  await Bun.write(source, 'console.log("hello");\n');
  await Bun.build({ entrypoints: [source], target: "bun", compile: { outfile } });
  return outfile;
}
