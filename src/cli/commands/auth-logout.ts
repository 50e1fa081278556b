import { command } from "../command.ts";
import { print } from "../output.ts";

export default command({
  name: "auth logout",
  summary: "Forget a saved login",
  details: `Your PEM files are left alone; a decrypted key that LPR keeps is removed. With several logins and no
argument it asks which one.`,
  positionals: {
    login: { placeholder: "ADDRESS|NAME", description: "address or name of the login", complete: "logins" },
  },
  examples: [
    ["lpr auth logout", "choose from a list"],
    ["lpr auth logout http://example.com", "forget a certain one"],
  ],
  async run({ args }) {
    const { describeLogin, forget, pickLogin } = await import("../saved-logins.ts");
    const login = await forget(await pickLogin(args.login, "Which agent do you want to log out of?"));
    await print(`logged out of ${describeLogin(login)}`);
    return 0;
  },
});
