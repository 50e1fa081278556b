/** What only GitHub and Docker run, as far as it can be checked here. */
import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import packageJson from "../../package.json" with { type: "json" };

const root = join(import.meta.dir, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const workflows = readdirSync(join(root, ".github/workflows")).map((name) => `.github/workflows/${name}`);

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly steps: readonly Step[];
  readonly "timeout-minutes"?: number;
  readonly container?: { readonly image: string };
}

interface Workflow {
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

describe.each(workflows)("%s", (path) => {
  const workflow = parse(read(path)) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test("grants no more than reading, unless a job asks for it, and ends some time", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(jobs.filter((job) => job["timeout-minutes"] === undefined)).toEqual([]);
  });

  test("uses actions of a fixed version", () => {
    const used = steps.flatMap(({ uses = [] }) => uses);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/^[\w-]+\/[\w/-]+@v\d+/.test(action))).toEqual([]);
  });

  test("runs scripts and tests that are there", () => {
    const commands = steps.flatMap(({ run = [] }) => run).join("\n");
    const scripts = [...commands.matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
    expect(scripts.filter((name) => !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
    const files = [...commands.matchAll(/(?:^|\s)((?:test|tools|\.ci)\/[\w./-]+)/g)].map(
      ([, file = ""]) => file,
    );
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

test("what takes packages of Debian runs on Debian: the kernel that the VM boots is one of them", () => {
  const { jobs } = parse(read(".github/workflows/check.yml")) as Workflow;
  const everything = Object.values(jobs).filter((job) => job.steps.some(({ run }) => run === ".ci/run"));
  expect(everything.map((job) => job.container?.image)).toEqual(["node:22-bookworm"]);
});

test("Dependabot looks after npm, the actions and the image", () => {
  const { updates } = parse(read(".github/dependabot.yml")) as { updates: { "package-ecosystem": string }[] };
  const ecosystems = updates.map((update) => update["package-ecosystem"]);
  expect(ecosystems.toSorted()).toEqual(["docker", "github-actions", "npm"]);
});

test("the Dockerfile begins with images of a fixed release, and copies what is there", () => {
  const lines = read("Dockerfile").split("\n");
  const images = lines.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? []);
  expect(images.length).toBeGreaterThan(1);
  expect(images.filter((image) => !/:[a-z0-9.-]+$/.test(image) || image.endsWith(":latest"))).toEqual([]);
  const copied = lines.flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(" ") ?? []);
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  // The client needs no privilege, and is the one that is built where nothing is said.
  expect(lines.findLast((line) => line.startsWith("USER"))).toBe("USER 65532:65532");
});
