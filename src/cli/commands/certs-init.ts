import { recipeFlags, recipeWords } from "../certs/options.ts";
import { command } from "../command.ts";

export default command({
  name: "certs init",
  summary: "Make a certificate authority",
  details:
    "Makes the key (RSA 4096, encrypted with aes256) and the certificate that every agent and client is trusted by.\n" +
    "Who has the key can issue certificates for anybody: keep it on a machine that you trust. Needs openssl.",
  flags: recipeFlags,
  examples: [
    ["lpr certs init", "make one, asking for a passphrase"],
    [
      "lpr certs init --dir ./pki --passphrase-file ./passphrase",
      "make one in another place, asking nothing",
    ],
  ],
  async run({ flags }) {
    const { runRecipe } = await import("../certs/recipe.ts");
    return runRecipe(["init", ...recipeWords(flags)]);
  },
});
