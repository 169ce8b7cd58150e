/**
 * `npm run hand-over -- KEY_FILE`: this account's builder key signs over to the key in another file, which then carries the hand-over. Browsers that
 * know the old key take builds of the new one from then on.
 */
import { HAND_OVERS_MAX, signHandOver, signPublicOf, toHex } from "@sotto/vault";
import { KeyFault, makeKey, readKey, writeKey } from "./builder-key.ts";
import { placeOfKey } from "./place-of-key.ts";

async function handOver(place: string): Promise<void> {
  const own = await readKey(placeOfKey(process.env, process.platform));
  if (own === null) throw new KeyFault("There is no builder's key here that could be handed over.");
  const next = (await readKey(place)) ?? (await makeKey(place));
  const to = await signPublicOf(next.signSeed);
  const handOvers = [...own.handOvers, await signHandOver({ signSeed: own.signSeed, to })];
  if (handOvers.length > HAND_OVERS_MAX) throw new KeyFault("This key was handed over too often.");
  if (toHex(to) === toHex(await signPublicOf(own.signSeed))) throw new KeyFault("Both are the same key.");
  // A build of the next key never has a lower number than one of this.
  await writeKey(place, { ...next, handOvers, last: own.last });
  process.stdout.write(
    `Handed over to the key in ${place}. Build with it from now on: SOTTO_BUILDER_KEY=${place} npm run build\n`,
  );
}

const [place] = process.argv.slice(2);
try {
  if (place === undefined)
    throw new KeyFault(
      "npm run hand-over -- KEY_FILE: the file of the next key; it is made when it is not there.",
    );
  await handOver(place);
} catch (error) {
  if (!(error instanceof KeyFault)) throw error;
  process.stderr.write(`sotto: ${error.message}\n`);
  process.exitCode = 1;
}
