import { AsyncLocalStorage } from "node:async_hooks";
import { openTestFolder } from "../support/test-folder.ts";
import { Browser, type BrowserMishap } from "./browser.ts";
import type { Camp, CampPerson } from "./camp.ts";
import type { Death } from "./database-door.ts";
import { Fate } from "./fate.ts";
import type { Kind } from "./kinds.ts";
import { Ledger } from "./ledger.ts";
import { comeToRest } from "./rest.ts";
import { Servers } from "./servers.ts";

/** Unmodified clients and servers over one camp, and what was promised there. */
export interface World {
  readonly camp: Camp;
  readonly servers: Servers;
  readonly browsers: readonly Browser[];
  readonly ledger: Ledger;
  readonly fate: Fate;
  readonly isOn: (kind: Kind) => boolean;
  /** Writes down what happened, for whoever looks into it. */
  readonly tell: (line: string) => void;
  /** Writes down what was thrown and nobody caught: no weather excuses it. */
  readonly blame: (error: unknown) => void;
}

/** The first server dies, or a page of a browser, or a request of a browser is lost. */
export type Mishap = { readonly server: Death } | BrowserMishap;

export interface WorldWish {
  /** What happens of itself follows from this name. */
  readonly name: string;
  /** Decides what is tried afterwards where not everything can be. */
  readonly seed: number;
  readonly isOn: (kind: Kind) => boolean;
  readonly places: (fate: Fate) => readonly { readonly person: CampPerson; readonly browser: number }[];
  /** The one thing that goes wrong and is not left to fate; null where there is none. */
  readonly mishap: Mishap | null;
  /** What people do there, until it is calm. */
  readonly happen: (world: World) => Promise<void>;
}

/** What is left when it is over: everybody is open, in step, and has nothing left to do. */
export interface Aftermath {
  readonly camp: Camp;
  readonly seed: number;
  readonly browsers: readonly Browser[];
  readonly ledger: Ledger;
  readonly filesFolder: string;
  /** How many statements the servers asked of the database until it was calm, and in all. */
  readonly statements: { readonly stormy: number; readonly all: number };
  /** What happened, for whoever looks into it. */
  readonly story: string;
  /** Waits until everybody has come to rest once more. */
  readonly rest: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Of which world something is that happens in this process. */
const within = new AsyncLocalStorage<Ledger>();
const underWay = new Set<Ledger>();

/** Lets happen what is wished over a camp, and waits until it is calm. Others may be under way on other camps. */
export function runWorld(camp: Camp, wish: WorldWish): Promise<Aftermath> {
  const ledger = new Ledger();
  return within.run(ledger, () => run(camp, wish, ledger));
}

async function run(camp: Camp, wish: WorldWish, ledger: Ledger): Promise<Aftermath> {
  const { happen, isOn, mishap, name, places, seed } = wish;
  await camp.putBack();
  const files = await openTestFolder();
  const fate = new Fate(name);
  const blame = (error: unknown) => ledger.faults.push(`thrown: ${describe(error)}`);
  const blameOwn = (error: unknown) => {
    const of = within.getStore();
    // What is of none that is under way is held against all of them.
    if (of === ledger || of === undefined || !underWay.has(of)) blame(error);
  };
  underWay.add(ledger);
  process.on("unhandledRejection", blameOwn);
  const ofServer = mishap !== null && "server" in mishap;
  const servers = new Servers(camp, {
    filesFolder: files.path,
    fate: fate.of("servers"),
    isOn,
    first: ofServer ? mishap.server : null,
  });
  await servers.start();
  const browsers = places(fate).map(
    (place) =>
      new Browser(place, {
        servers,
        fate: fate.of("browser"),
        ledger,
        isOn,
        mishap: ofServer ? null : mishap,
      }),
  );
  const story: string[] = [];
  const tell = (line: string) => void story.push(line);
  await happen({ camp, servers, browsers, ledger, fate, isOn, tell, blame });
  const stormy = servers.statements;
  await camp.ask("update weather.disk set is_full = false");
  await servers.calm();
  const rest = async (): Promise<void> => {
    await comeToRest({ camp, browsers, ledger });
    await ledger.settled();
  };
  await rest();
  return {
    camp,
    rest,
    seed,
    browsers,
    ledger,
    filesFolder: files.path,
    statements: { stormy, all: servers.statements },
    story: [`servers: ${String(servers.count)}, deaths: ${String(servers.deaths)}`, ...story].join("\n"),
    close: async () => {
      for (const browser of browsers) await browser.end();
      await servers.end();
      await files.remove();
      process.off("unhandledRejection", blameOwn);
      underWay.delete(ledger);
    },
  };
}

const describe = (error: unknown): string =>
  error instanceof Error
    ? `${error.name} ${error.message} ${(error.stack ?? "").split("\n")[1] ?? ""}`
    : String(error);
