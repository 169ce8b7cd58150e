import { ToolFault } from "./terminal.ts";

/** What was given after the command's name: words, and options with their values. */
export interface Options {
  readonly words: readonly string[];
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly switches: ReadonlySet<string>;
}

const WITH_VALUE = new Set(["address", "room", "kept-by", "reason", "allowed-by", "share"]);
const ALONE = new Set(["all", "yes"]);

const wrongCall = (message: string): ToolFault =>
  new ToolFault("called-wrongly", message, "sotto custodian --help says more.");

/** Reads the options; throws `called-wrongly` for one that is not known or lacks its value. */
export function readOptions(args: readonly string[]): Options {
  const words: string[] = [];
  const values = new Map<string, readonly string[]>();
  const switches = new Set<string>();
  for (let place = 0; place < args.length; place++) {
    const arg = args[place] ?? "";
    if (!arg.startsWith("--")) {
      words.push(arg);
      continue;
    }
    const [name = "", attached] = arg.slice(2).split(/=(.*)/s);
    if (ALONE.has(name) && attached === undefined) {
      switches.add(name);
      continue;
    }
    if (!WITH_VALUE.has(name)) throw wrongCall(`There is no option --${name}.`);
    const value = attached ?? args[++place];
    if (value === undefined || value === "") throw wrongCall(`--${name} needs something after it.`);
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return { words, values, switches };
}

/** The one folder that a command takes. */
export function folderIn({ words }: Options): string {
  const [folder, ...more] = words;
  if (folder === undefined || more.length > 0) throw wrongCall("Name one folder.");
  return folder;
}

/** The value of an option that may be given once; null when it was not. */
export function valueIn({ values }: Options, name: string): string | null {
  const given = values.get(name) ?? [];
  if (given.length > 1) throw wrongCall(`--${name} can be given once.`);
  return given[0] ?? null;
}
