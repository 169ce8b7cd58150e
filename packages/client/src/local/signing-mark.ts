import { signingMark } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { LocalStore, Ports } from "../ports.ts";

const KEY = "signing-mark";
const DRAWN_BYTES = 32;

/** Gives what this browser drew to somebody who leaves nothing on it, where it has drawn already: it is there for them too, and nothing is written. */
export async function lendMark(from: LocalStore, to: LocalStore): Promise<void> {
  const held = await from.read(KEY).catch(() => null);
  if (held !== null) await to.write([{ key: KEY, value: held }]);
}

/**
 * What this browser says of itself beside a signature, for the therapists alone. What it is made of is drawn by chance for this alone, is the same for whoever signs here,
 * goes to nobody, and is gone when the browser forgets the page. Null where nothing can be kept.
 */
export async function markFor({ random, store }: Ports, about: Bytes): Promise<Bytes | null> {
  try {
    const held = await store.read(KEY);
    const drawn = held?.length === DRAWN_BYTES ? held : random(DRAWN_BYTES);
    if (drawn !== held) await store.write([{ key: KEY, value: drawn }]);
    return signingMark({ about, drawn });
  } catch {
    // A full device keeps nobody from signing.
    return null;
  }
}
