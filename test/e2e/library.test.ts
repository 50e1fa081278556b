import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { copyFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { outcomeOf } from "../helpers/binary.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const repository = join(import.meta.dir, "../..");

/** Another program's directory, with the package installed in it as npm would from its packed form. */
describe("a program of somebody else", () => {
  const outside = tempDir();
  afterAll(() => outside[Symbol.dispose]());
  const env = { PATH: process.env["PATH"] ?? "", HOME: outside.path };
  const packed: string[] = [];

  beforeAll(async () => {
    const pack = await outcomeOf(["npm", "pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: repository,
      env,
    });
    expect(pack.exitCode, pack.stderr).toBe(0);
    packed.push(...filesOf(JSON.parse(pack.stdout)));
    for (const path of packed) {
      const target = outside.join("node_modules/lpr", path);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(repository, path), target);
    }
    for (const name of [...Object.keys(packageJson.dependencies), "bun-types"]) {
      const target = outside.join("node_modules", name);
      mkdirSync(dirname(target), { recursive: true });
      symlinkSync(join(repository, "node_modules", name), target);
    }
    writeFileSync(outside.join("package.json"), JSON.stringify({ type: "module" }));
  });

  const run = (program: string, text: string) => {
    writeFileSync(outside.join("program.mjs"), text);
    return outcomeOf([program, "program.mjs"], { cwd: outside.path, env });
  };

  test("gets the two modules with their types, and neither sources nor the binary", () => {
    const roots = new Set(packed.map((path) => path.split("/").slice(0, 2).join("/")));
    expect([...roots].toSorted()).toEqual(
      ["CHANGELOG.md", "LICENSE", "README.md", "dist/lib", "dist/types", "package.json"].toSorted(),
    );
  });

  test("runs jobs: the example does what it says", async () => {
    copyFileSync(join(repository, "examples/library.ts"), outside.join("library.ts"));
    const { stdout, stderr } = await outcomeOf([process.execPath, "library.ts"], { cwd: outside.path, env });
    expect(stderr).toBe("");
    const [level, ...lines] = stdout.trimEnd().split("\n");
    expect(level).toMatch(/^this host controls jobs at level "(limits|tracking|none)"$/);
    expect(lines.slice(0, 4)).toEqual([
      "hello",
      "world",
      "greet: SUCCEEDED",
      "forever: FAILED with exit code 143",
    ]);
    expect(lines[4]).toStartWith("INVALID_INPUT: ");
  });

  test("catches errors of both modules as one class", async () => {
    const text = `
      import * as library from "lpr";
      import * as client from "lpr/client";
      console.log(library.JobError === client.JobError, typeof client.connect);`;
    expect(await run(process.execPath, text)).toMatchObject({ stdout: "true function\n", stderr: "" });
  });

  test("can use the client on Node", async () => {
    const text = `import { connect } from "lpr/client"; console.log(typeof connect);`;
    expect(await run("node", text)).toMatchObject({ stdout: "function\n", stderr: "" });
  });

  for (const resolution of [
    { module: "NodeNext", moduleResolution: "NodeNext" },
    { module: "Preserve", moduleResolution: "Bundler" },
  ]) {
    test(`is type-checked with ${resolution.moduleResolution} resolution, its mistakes are found`, async () => {
      writeFileSync(
        outside.join("tsconfig.json"),
        JSON.stringify({
          compilerOptions: {
            ...resolution,
            target: "ESNext",
            strict: true,
            noEmit: true,
            // As it is by default: what our types import has to be there.
            skipLibCheck: false,
            types: ["bun-types"],
          },
          files: ["typed.ts", "library.ts", "client.ts"],
        }),
      );
      for (const example of ["library.ts", "client.ts"])
        copyFileSync(join(repository, "examples", example), outside.join(example));
      writeFileSync(outside.join("typed.ts"), TYPED);
      const tsc = [process.execPath, join(repository, "node_modules/typescript/bin/tsc"), "-p", "."];
      expect(await outcomeOf(tsc, { cwd: outside.path, env })).toEqual({
        exitCode: 0,
        stdout: "",
        stderr: "",
      });
    });
  }
});

/** npm 11 prints a list of packages, npm 12 an object by name. */
function filesOf(report: unknown): string[] {
  const [entry] = Object.values(report as Record<string, { files: { path: string }[] }>);
  return (entry?.files ?? []).map((file) => file.path);
}

// Were a type lost on the way it would be `any`, and nothing a mistake: each marked line has to be one.
const TYPED = `
import { JobError, JobService, type Job, type JobState } from "lpr";
import { connect, type Client, type Job as RemoteJob } from "lpr/client";

export async function library(jobs: JobService): Promise<number | undefined> {
  await jobs.run({ name: "a", command: "true", createdBy: "alice" }, { signal: AbortSignal.timeout(1) });
  // @ts-expect-error a name is a string
  await jobs.run({ name: 1, command: "true" });
  const job: Job = await jobs.get({ name: "a" });
  // @ts-expect-error only finished jobs have an exit code
  job.state.exitCode;
  for await (const chunk of jobs.streamLogs({ name: "a" })) chunk.output.byteLength.toFixed();
  return (await jobs.stop({ name: "a" })).exitCode;
}

export function agent(client: Client): Promise<RemoteJob> {
  // @ts-expect-error an agent decides itself who asks
  void client.stop({ name: "a", causedBy: "alice" });
  // @ts-expect-error a job of a fleet may never have started
  void client.get({ name: "a" }).then((job) => job.startedAt.getTime());
  return client.wait({ name: "a" });
}

// @ts-expect-error there is no such state
export const impossible: JobState = { status: "RUNNING", pid: 1, exitCode: 0 };
// @ts-expect-error the address is needed
connect({ ca: "", cert: "", key: "" });
// @ts-expect-error there is no such code
new JobError("NO_SUCH_CODE", "text");
`;
