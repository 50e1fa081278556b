import { recipeFlags, recipeWords } from "../certs/options.ts";
import { command } from "../command.ts";

export default command({
  name: "certs issue-agent",
  summary: "Issue an agent certificate",
  details:
    "Clients accept the agent under exactly the names and addresses given here. A certificate for this machine\n" +
    "(localhost, its address or its name) is also put where lpr agent serve looks for it, unless --dir is given\n" +
    "or another one is there. Needs openssl.",
  positionals: {
    hosts: {
      placeholder: "HOST",
      description:
        "names and IP addresses that clients reach the agent by; the first one names the certificate",
      required: true,
      multiple: true,
    },
  },
  flags: recipeFlags,
  examples: [
    ["lpr certs issue-agent localhost 127.0.0.1", "a certificate for an agent on this machine"],
    [
      "lpr certs issue-agent web1.example.com 192.0.2.7 --no-passphrase",
      "one that starts without a passphrase",
    ],
  ],
  async run({ flags, args }) {
    const { runRecipe } = await import("../certs/recipe.ts");
    return runRecipe(["issue-agent", ...recipeWords(flags), "--", ...args.hosts]);
  },
});
