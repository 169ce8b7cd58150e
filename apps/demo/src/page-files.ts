import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../page/", import.meta.url));

/** A file of the demo's own page as it stands. */
export const readPageFile = (name: string): Promise<string> => readFile(`${folder}${name}`, "utf8");

/** A script of the demo's own page as browsers read it: the same without its types. */
export async function readPageScript(name: string): Promise<string> {
  return stripTypeScriptTypes(await readPageFile(name));
}
