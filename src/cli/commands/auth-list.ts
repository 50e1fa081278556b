import { loginsPath, readLogins } from "../../client/logins.ts";
import { command } from "../command.ts";
import { note, outputFlag, printAs, table } from "../output.ts";

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
      table(
        ["", "NAME", "ADDRESS", "TENANT", "ROLE", "EXPIRES"],
        rows.map((row) => [
          row.current ? "*" : "",
          row.name,
          row.address,
          row.tenant ?? "?",
          row.role ?? "?",
          row.expiresAt?.slice(0, 10) ?? "?",
        ]),
      ),
    );
    return 0;
  },
});
