/**
 * Signs the built page with the key of whoever builds; makes the key where there is none. The last step of `npm run build`: the list is there only
 * when everything that it names is.
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { signBuild, signPublicOf, toHex } from "@sotto/vault";
import { KeyFault, makeKey, readKey, writeKey, type BuilderKey } from "./builder-key.ts";
import { codeOf, listFiles, SIGNED } from "./list-files.ts";
import { placeOfKey } from "./place-of-key.ts";
import { sayCode } from "../src/platform/say-code.ts";

const PAGE = fileURLToPath(new URL("../dist/", import.meta.url));
const PACKAGE = new URL("../package.json", import.meta.url);

async function openKey(place: string): Promise<BuilderKey> {
  const found = await readKey(place);
  if (found !== null) return found;
  process.stderr.write(
    `sotto: a builder's key was made at ${place}; docs/verify-this-page.md says what it is for\n`,
  );
  return makeKey(place);
}

async function signPage(): Promise<void> {
  const place = placeOfKey(process.env, process.platform);
  const { version: release } = JSON.parse(await readFile(PACKAGE, "utf8")) as { readonly version: string };
  const files = await listFiles(PAGE.slice(0, -1));
  const code = codeOf(files);
  const key = await openKey(place);
  const { handOvers, last, signSeed } = key;
  const isSame = last?.code === code && last.release === release;
  const number = isSame ? last.number : Math.max(Math.floor(Date.now() / 1000), (last?.number ?? 0) + 1);
  const signed = await signBuild({ number, release, files, handOvers, signSeed });
  // What was signed is known before it can be given to anybody.
  if (!isSame) await writeKey(place, { ...key, last: { number, code, release } });
  const path = join(PAGE, SIGNED);
  await writeFile(`${path}.new`, signed);
  await rename(`${path}.new`, path);
  const builder = toHex(await signPublicOf(signSeed)).slice(0, 16);
  process.stderr.write(
    `sotto: the page is signed. Code ${sayCode(code)}, number ${String(number)}, builder ${builder}\n`,
  );
}

try {
  await signPage();
} catch (error) {
  if (!(error instanceof KeyFault)) throw error;
  process.stderr.write(`sotto: ${error.message}\n`);
  process.exitCode = 1;
}
