import { reportError } from "./cli/report-error.ts";
import { run } from "./cli/run.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader that has gone (`lpr job logs foo | head`) is no error; 128+SIGPIPE is what other tools end with.
  if (error.code === "EPIPE") process.exit(141);
  process.exit(reportError(new Error(`cannot write to standard output: ${error.message}`)));
});
// Nobody is left to be told.
process.stderr.on("error", () => process.exit(1));

// Never process.exit() here: it cuts off what is still on its way to a pipe.
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = reportError(error);
}
