import { command } from "../command.ts";
import { print } from "../output.ts";

export default command({
  name: "auth use",
  summary: "Choose the agent that commands talk to",
  positionals: {
    login: { placeholder: "NAME", description: "name or address of a saved login", complete: "logins" },
  },
  examples: [
    ["lpr auth use", "choose from a list"],
    ["lpr auth use example.com", "choose a certain one"],
  ],
  async run({ args }) {
    const { describeLogin, pickLogin, use } = await import("../saved-logins.ts");
    const login = await use(await pickLogin(args.login, "Which agent should commands talk to?"));
    await print(`commands now talk to ${describeLogin(login)}`);
    return 0;
  },
});
