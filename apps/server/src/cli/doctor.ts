import { ConfigFault } from "../config/config-fault.ts";
import { readConfig, type Config } from "../config/read-config.ts";
import { OperatorFault } from "../config/operator-fault.ts";
import { requirePossibleClock } from "../operator/check-clock.ts";
import { examineDatabase } from "../operator/examine-database.ts";
import { examineDoor } from "../operator/examine-door.ts";
import { examineMachine } from "../operator/examine-machine.ts";
import { readServer } from "../operator/hold-data-folder.ts";
import { examineBus } from "../operator/open-bus.ts";
import { broken, look, ok, type Symptom } from "../operator/symptom.ts";
import { PostgresFault } from "../postgres/postgres-fault.ts";
import { JSON_SWITCH, type Command, type Terminal } from "./command.ts";

const MARKS = { ok: "ok              ", look: "look at this    ", broken: "broken          " } as const;

export const doctorCommand: Command = {
  name: "doctor",
  takes: [],
  says: "Looks at the machine, the database and the way in, and says what to do.",
  more: [
    "Each line is ok, 'look at this', or broken. With SOTTO_ORIGIN set it asks that address as a browser would: whether it is Sotto that answers, and whether the proxy lets the live connection and large requests through. It asks nobody else. It ends with 1 when something is broken.",
    "Call it with the same settings as the server. Works while Sotto runs or not.",
  ],
  switches: [JSON_SWITCH],
  example: "SOTTO_ORIGIN=https://sotto.example.org sotto doctor",
  run: async ({ switches }, terminal) => {
    const symptoms = await examineAll(terminal);
    if (switches.has("json")) terminal.say(JSON.stringify({ symptoms }));
    else for (const line of symptoms.flatMap(linesOf)) terminal.say(line);
    return symptoms.some(({ state }) => state === "broken") ? 1 : 0;
  },
};

const linesOf = ({ name, says, state, todo }: Symptom): readonly string[] => [
  `${MARKS[state]}${name}: ${says}`,
  ...(todo === null ? [] : [`${" ".repeat(MARKS[state].length)}-> ${todo}`]),
];

async function examineAll({ env }: Terminal): Promise<readonly Symptom[]> {
  let config: Config;
  try {
    config = readConfig(env);
  } catch (error) {
    if (error instanceof ConfigFault) return [broken("settings", error.message, error.remedy)];
    throw error;
  }
  return [
    ok("settings", "can all be used"),
    ...(await examineMachine(config, Date.now())),
    await examineServer(config),
    ...(await orSymptom("clock", async () => {
      requirePossibleClock(Date.now());
      return [];
    })),
    ...(await orSymptom("database", () => examineDatabase(config, Date.now))),
    ...(await orSymptom("bus", () => examineBus(config.bus))),
    ...(await examineDoor(config, Date.now)),
  ];
}

async function examineServer({ dataFolder }: Config): Promise<Symptom> {
  const pid = await readServer(dataFolder);
  return pid === null
    ? look("server", "does not run", "sotto start, or look what the service manager says.")
    : ok("server", `runs as process ${String(pid)}`);
}

/** A fault of ours is one more thing to see; anything else is none of ours to hide. */
async function orSymptom(
  name: string,
  examine: () => Promise<readonly Symptom[]>,
): Promise<readonly Symptom[]> {
  try {
    return await examine();
  } catch (error) {
    // A fresh machine is not broken.
    if (error instanceof OperatorFault && error.code === "no-data")
      return [
        look(name, "has not been made yet", "sotto start makes it; or name the right folder in SOTTO_DATA."),
      ];
    if (error instanceof OperatorFault || error instanceof PostgresFault)
      return [broken(name, error.message, error.remedy)];
    throw error;
  }
}
