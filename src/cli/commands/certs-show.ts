import { dirFlag } from "../certs/options.ts";
import { command } from "../command.ts";
import { outputFlag, printAs } from "../output.ts";

export default command({
  name: "certs show",
  summary: "Show what certificates say",
  details: "Without FILE it shows the authority and everything that was issued in the directory.",
  positionals: {
    files: {
      placeholder: "FILE",
      description: "a PEM file with one or more certificates",
      multiple: true,
    },
  },
  flags: { dir: dirFlag, output: outputFlag },
  examples: [
    ["lpr certs show", "show all certificates, with the days that are left"],
    ["lpr certs show alice-login.pem -o json", "show one file, for a program"],
  ],
  async run({ flags, args }) {
    const { defaultDir } = await import("../certs/locate.ts");
    const { readInfos } = await import("../certs/read.ts");
    const { renderCertificates } = await import("../certs/render.ts");
    const infos = readInfos({ dir: flags.dir ?? defaultDir(), files: args.files, now: new Date() });
    await printAs(flags.output, infos, () => renderCertificates(infos));
    return 0;
  },
});
