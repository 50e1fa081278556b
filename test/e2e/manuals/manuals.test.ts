import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { testRelease } from "../../helpers/release.ts";
import { ELSEWHERE, IN_PASSING } from "./elsewhere.ts";
import { startMachine, whyNoMachine } from "./machine.ts";
import { SCENES, type Scene } from "./scenes.ts";
import { type Step, stepsOf } from "./steps.ts";
import type { Answer, Window } from "./window.ts";

const root = join(import.meta.dir, "../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const docs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
const manuals = ["README.md", "certs/README.md", ...docs.map((name) => `docs/${name}`)];
const steps = new Map(
  await Promise.all(manuals.map(async (path) => [path, await stepsOf(path, read(path))] as const)),
);
/** Only turns a hang into a failure. */
const SLOW = 600_000;

/** Without the comment that explains it. */
const bare = (command: string) => command.replace(/\s+#\s.*$/gm, "");
const elsewhere = (command: string) => ELSEWHERE.find((entry) => entry.command === bare(command));

const ANSWERS: readonly Answer[] = [
  { question: /(pass ?phrase|password|again)[^\n]*: ?$/i, typed: "a secret passphrase" },
  { question: /\[Y\/n\]: $/, typed: "y" },
];

describe.skipIf(whyNoMachine !== undefined)(
  `what the manuals say is done (${whyNoMachine ?? "as root"})`,
  () => {
    for (const [path, inOrder] of steps) {
      if (inOrder.length === 0) continue;
      const scene = SCENES[path] ?? {};
      const missing = (scene.needs ?? []).filter((program) => Bun.which(program) === null);
      test.skipIf(missing.length > 0)(
        `every command in ${path} works, and prints what is shown${missing.map((it) => `; needs ${it}`).join("")}`,
        async () => {
          const release = await testRelease();
          await using machine = await startMachine({ share: [release], env: { LPR_RELEASE: release } });
          const answers = [...(scene.answers ?? []), ...ANSWERS];
          const reader = { window: machine.window(answers), another: () => machine.window(answers), scene };
          if (scene.given !== undefined) await prepare(reader.window, scene.given);
          for (const [index, step] of inOrder.entries()) {
            if (step.kind === "file") await write(step, inOrder[index + 1], reader);
            else await follow(step, reader);
          }
        },
        SLOW,
      );
    }
  },
);

type Command = Step & { kind: "command" };

interface Reader {
  readonly window: Window;
  another(): Window;
  readonly scene: Scene;
}

/** Does as the manual says. */
async function follow(step: Command, { window, another, scene }: Reader): Promise<void> {
  for (const [beginning, lines] of Object.entries(scene.before ?? {})) {
    if (step.text.startsWith(beginning)) await prepare(window, lines);
  }
  const listed = elsewhere(step.text);
  if (listed !== undefined && listed.instead === undefined) return;
  const text = listed?.instead ?? step.text;
  // An agent goes on in a window of its own.
  if (text.startsWith("lpr agent serve")) return another().begin(text, "serves on");
  const { exitCode, output } = await window.run(text);
  const about = `${step.at}: ${text}\n${output}`;
  if (step.prints === undefined) expect(exitCode, about).toBe(0);
  else expect(steady(output, scene), about).toBe(steady(step.prints, scene));
}

async function prepare(window: Window, lines: string): Promise<void> {
  const { exitCode, output } = await window.run(lines);
  if (exitCode !== 0) throw new Error(`the scene cannot be set:\n${lines}\n${output}`);
}

/** A file is one that LPR takes, unless the manual says itself what LPR says about it. */
async function write(
  { at, path, text }: Step & { kind: "file" },
  next: Step | undefined,
  { window }: Reader,
) {
  const file = path.startsWith("/") ? "checked.yaml" : path;
  await prepare(window, `cat >${file} <<'END-OF-FILE'\n${text}END-OF-FILE`);
  if (next?.kind === "command" && next.text.includes(file)) return;
  const how = path.endsWith("agent.yaml") ? "lpr agent config check" : "lpr job run --dry-run -f";
  const { exitCode, output } = await window.run(`${how} ${file}`);
  // Then it was understood.
  if (/^lpr: this host cannot enforce --/.test(output)) return;
  expect(exitCode, `${at}: ${output}`).toBe(0);
}

/** Without what differs from run to run and from host to host. */
function steady(text: string, { varies = [] }: Scene): string {
  const own = varies.reduce((changed, [pattern, instead]) => changed.replace(pattern, instead), text);
  return own
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "TIME")
    .replace(/\b(\d+(ms|s|m) ?)+(?= ago|\b)( ago)?/g, "TIME")
    .replace(/capability level \w+/gi, "capability level LEVEL")
    .replace(/[ \t]+/g, " ")
    .replace(/ $/gm, "")
    .trimEnd();
}

describe("the list of what is not run as printed", () => {
  test("names a test that is there, or what is run instead", () => {
    const vague = ELSEWHERE.filter(
      ({ testedIn, instead }) =>
        (testedIn === undefined && instead === undefined) ||
        (testedIn !== undefined && !existsSync(join(root, testedIn))),
    );
    expect(vague).toEqual([]);
  });

  test("holds nothing that no manual says any more", () => {
    const said = new Set(
      [...steps.values()].flat().map((step) => (step.kind === "command" ? bare(step.text) : "")),
    );
    expect(ELSEWHERE.filter(({ command }) => !said.has(command))).toEqual([]);
  });

  test("scenes are those of manuals, and set before commands that are there", () => {
    const lost = Object.entries(SCENES).flatMap(([path, { before = {} }]) => {
      const commands = steps.get(path)?.map((step) => step.text) ?? [];
      if (commands.length === 0) return [path];
      return Object.keys(before).filter((start) => !commands.some((text) => text.startsWith(start)));
    });
    expect(lost).toEqual([]);
  });
});

/** Programs whose name at the beginning of code within a line makes it a command. */
const PROGRAM =
  /^(sudo |apt-get|cat|cp|curl|docker|gh|grpcurl|install|install\.sh|journalctl|man|mount|mv|npm|npx|openssl|rm|scp|sh|source|ssh|systemctl|tail|tar) \S/;

for (const path of manuals) {
  test(`what other programs ${path} names in passing is in a block as well, or known`, () => {
    const blocks = steps.get(path)?.map((step) => step.text) ?? [];
    const inLines = [
      ...read(path)
        .replace(/^```[\s\S]*?^```$/gm, "")
        .matchAll(/`([^`]+)`/g),
    ]
      .map(([, code = ""]) => code.replaceAll("\n", " "))
      .filter((code) => PROGRAM.test(code));
    const unknown = inLines.filter(
      (code) =>
        !blocks.some((block) => block.includes(code)) && !IN_PASSING.some(({ text }) => text.test(code)),
    );
    expect(unknown).toEqual([]);
  });
}
