import { resolve } from "node:path";
import { DemoFault } from "./demo-fault.ts";

/** How the demo was called. */
export interface Wishes {
  /** The port of its front page; each of its people has one after it. */
  readonly port: number;
  readonly dataFolder: string;
  readonly isFresh: boolean;
}

/** Room for everybody's port above the front page's. */
const PORT_MAX = 65_000;

export const HELP = `npm run demo -- [--fresh] [--port=8480] [--data=FOLDER]

Plays the story of an invented practice on a Sotto server of its own, and shows its people side by side.
The second start takes up what the first one made.

  --fresh        throws away what was made, and plays the story anew
  --port=8480    the front page's port; each person has one of the ports after it
  --data=FOLDER  where it is kept: an empty folder, or one that a demo made`;

/** Reads the words after the command. Throws `DemoFault` for one that means nothing. */
export function readWishes(args: readonly string[], standardFolder: string): Wishes {
  let wishes: Wishes = { port: 8480, dataFolder: standardFolder, isFresh: false };
  for (const arg of args) {
    const [name = "", ...rest] = arg.split("=");
    const value = rest.join("=");
    if (arg === "--fresh") wishes = { ...wishes, isFresh: true };
    else if (name === "--port") wishes = { ...wishes, port: readPort(value) };
    else if (name === "--data" && value !== "") wishes = { ...wishes, dataFolder: resolve(value) };
    else throw new DemoFault("called-wrongly", `The demo does not know what ${arg} is.`, HELP);
  }
  return wishes;
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^[0-9]{1,5}$/.test(text) && port >= 1 && port <= PORT_MAX) return port;
  throw new DemoFault("called-wrongly", "--port must be a whole number from 1 to 65000.", HELP);
}
