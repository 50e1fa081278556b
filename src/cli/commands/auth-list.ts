import { loginsPath, readLogins } from "../../client/logins.ts";
import { command } from "../command.ts";
import { fitTable } from "../fit-table.ts";
import { note, outputFlag, printAs } from "../output.ts";

export default command({
  name: "auth list",
  summary: "List saved logins",
  details: "The current one, which commands talk to, is marked with a star.",
  flags: { output: outputFlag },
  examples: [["lpr auth list", "see where you are logged in"]],
  async run({ flags }) {
    const { describeCertificate } = await import("../saved-logins.ts");
    const { current, logins } = await readLogins(loginsPath());
    const rows = logins.map((login) => ({
      ...login,
      current: login.name === current,
      ...describeCertificate(login.cert),
    }));
    if (rows.length === 0) note("you are not logged in to any agent: lpr auth login");
    await printAs(flags.output, rows, () =>
      fitTable(
        [
          { head: "" },
          { head: "NAME", least: 8 },
          { head: "ADDRESS", least: 12 },
          { head: "TENANT", least: 6 },
          ...[{ head: "ROLE" }, { head: "EXPIRES" }],
        ],
        rows.map((row) => [
          row.current ? "*" : "",
          row.name,
          row.address,
          row.tenant ?? "?",
          row.role ?? "?",
          row.expiresAt?.slice(0, 10) ?? "?",
        ]),
        process.stdout.columns || undefined,
      ),
    );
    return 0;
  },
});
