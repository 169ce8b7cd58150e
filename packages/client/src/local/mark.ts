import { decodeUtf8, encodeUtf8 } from "@sotto/vault";
import type { SignInChoice } from "../client.ts";
import type { LocalStore } from "../ports.ts";
import { readOrNull } from "../unreadable.ts";
import { readBoot } from "./boot.ts";

const KEY = "mark";

/**
 * What the server made for this device at the last sign-in, so that it is not counted together with strangers of its network (decision 0042). It goes
 * back only when somebody comes in by the name that the last one came in by: otherwise the server would learn that two people share a device. Whose a
 * passkey is, is known when it has been used, and nobody guesses one: none goes along with it. Null for anybody else.
 */
export async function readMark(store: LocalStore, choice: SignInChoice): Promise<string | null> {
  const boot = await readBoot(store);
  const isSame =
    choice.kind === "passphrase" &&
    boot?.lastFactor === choice.kind &&
    sameName(boot.lastSignInName ?? "", choice.name);
  const bytes = isSame ? await store.read(KEY) : null;
  return bytes === null ? null : readOrNull(() => decodeUtf8(bytes));
}

const sameName = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

export async function writeMark(store: LocalStore, mark: string): Promise<void> {
  await store.write([{ key: KEY, value: encodeUtf8(mark) }]);
}
