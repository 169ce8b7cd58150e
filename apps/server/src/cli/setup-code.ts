import { readConfig } from "../config/read-config.ts";
import { askStore } from "../operator/ask-store.ts";
import { makeSetupCode } from "../usecases/make-setup-code.ts";
import { JSON_SWITCH, type Command } from "./command.ts";

export const setupCodeCommand: Command = {
  name: "setup-code",
  takes: [],
  says: "Makes one more one-time code for setting up a practice.",
  more: [
    "Works while Sotto runs. The code is good once, for 7 days, and each code sets up a practice of its own. Give it to the person who sets up the practice, and to nobody else.",
  ],
  switches: [JSON_SWITCH],
  example: "sotto setup-code",
  run: async ({ switches }, terminal) => {
    const config = readConfig(terminal.env);
    const code = await askStore(config, (store) => makeSetupCode({ store, now: Date.now }));
    const link = `${config.origin}/#setup=${code}`;
    if (switches.has("json")) terminal.say(JSON.stringify({ code, link }));
    else {
      terminal.say(`Set-up code, good once, for 7 days: ${code}`);
      terminal.say(`or open ${link}`);
    }
    return 0;
  },
};
