import { runCommand } from "citty";
import { wantsColor } from "./color.ts";
import { note, print } from "./output.ts";
import { resolveTarget } from "./resolve.ts";
import { ROOT } from "./tree.ts";
import { requireWordsAsTyped } from "./typed-words.ts";

/** Runs one command line and returns the program's exit code; throws what went wrong, unprinted. */
export async function run(argv: readonly string[]): Promise<number> {
  const target = await resolveTarget(ROOT, argv);
  switch (target.kind) {
    case "run": {
      requireWordsAsTyped(argv);
      const { result } = await runCommand(target.verb, { rawArgs: [...target.words] });
      return typeof result === "number" ? result : 0;
    }
    case "topic": {
      const { manualText } = await import("./help/manual-text.ts");
      await printPage(manualText(await target.topic.load()));
      return 0;
    }
    case "complete": {
      const { complete } = await import("./completion/complete.ts");
      await complete(ROOT, target.words);
      return 0;
    }
    case "version": {
      const { default: version } = await import("./commands/version.ts");
      await runCommand(version, { rawArgs: [] });
      return 0;
    }
    default: {
      const { usageOf } = await import("./usage.ts");
      const text = await usageOf(target.path, target.node);
      if (target.kind === "help") {
        await printPage(text);
        return 0;
      }
      // Nothing was asked for, so nothing was done: a script should notice.
      note(text);
      return 2;
    }
  }
}

async function printPage(text: string): Promise<void> {
  const { withBoldHeadings } = await import("./help/headings.ts");
  await print(wantsColor(process.stdout) ? withBoldHeadings(text) : text);
}
