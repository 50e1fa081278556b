import { recipeWords, revokeFlags } from "../certs/options.ts";
import { command } from "../command.ts";

export default command({
  name: "certs revoke",
  summary: "Refuse clients from now on, or renew the list of those that are",
  details:
    "Makes the revocation list of the authority: DIR/ca/crl.pem. A NAME stands for every certificate of that tenant,\n" +
    "also those that --force has put aside; without any the list is made again before it is out of date. The agent of\n" +
    "this machine takes it at once, and ends the calls of who is on it; copy it to agents elsewhere. Needs openssl.",
  positionals: {
    clients: {
      placeholder: "NAME|FILE",
      description: "a tenant, or the file of a certificate (with a slash in it, or .pem at its end)",
      multiple: true,
    },
  },
  flags: revokeFlags,
  examples: [
    ["lpr certs revoke alice", "refuse alice, whichever of her certificates she uses"],
    ["lpr certs revoke ./lost.pem", "refuse one certificate"],
    ["lpr certs revoke", "renew the list"],
  ],
  async run({ flags, args }) {
    const { runRecipe } = await import("../certs/recipe.ts");
    return runRecipe(["revoke", ...recipeWords(flags), "--", ...args.clients]);
  },
});
