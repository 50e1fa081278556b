import { recipeFlags, recipeWords } from "../certs/options.ts";
import { command } from "../command.ts";

export default command({
  name: "certs issue",
  summary: "Issue a client certificate",
  details:
    "The certificate says who its owner is (CN, the tenant) and what the owner may do (O, the role):\n" +
    "a user manages the jobs of that tenant, an admin those of everybody. Needs openssl.",
  positionals: {
    name: {
      placeholder: "NAME",
      description: "the tenant: 1 to 64 letters, digits or . _ @ - beginning with a letter or digit",
      required: true,
    },
  },
  flags: {
    role: {
      type: "string",
      placeholder: "user|admin",
      complete: ["user", "admin"],
      description: "what the owner may do (required)",
    },
    ...recipeFlags,
  },
  examples: [["lpr certs issue alice --role user", "let alice run jobs, and manage her own"]],
  async run({ flags, args }) {
    const { runRecipe } = await import("../certs/recipe.ts");
    const role = flags.role === undefined ? [] : [`--role=${flags.role}`];
    return runRecipe(["issue", ...role, ...recipeWords(flags), "--", args.name]);
  },
});
