import { readBlobVersion } from "../store/account.ts";
import type { Session, World } from "../steps/world.ts";

/** The blob that holds a vault's state. */
const NAME = "main";

/** Which version of their vault the store has; null while there is none. */
export async function readVaultMark(
  world: World,
  { account, practice }: Session,
): Promise<{ readonly name: string; readonly version: number } | null> {
  const version = await world.store.read(practice, (reader) => readBlobVersion(reader, account, NAME));
  return version === null ? null : { name: NAME, version };
}
