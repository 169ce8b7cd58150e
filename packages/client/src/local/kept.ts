import type { AccountId, PracticeId } from "@sotto/domain";
import { ByteReader, ByteWriter, decodeUtf8, encodeUtf8, VaultFault, wipe } from "@sotto/vault";
import { toId } from "../ids.ts";
import type { Person } from "../home.ts";
import type { Ports } from "../ports.ts";

const KEY = "kept";
const LABEL = "fam/kept/1";

/** Keeps an unlocked person across a reload, sealed by the device's keeper, with the time they were last there. */
export async function keepPerson(ports: Ports, person: Person): Promise<void> {
  if (ports.keeper === null) return;
  const writer = ByteWriter.labelled(LABEL).id(person.account).id(person.practice);
  writer.unsigned(person.standing === "practice" ? 1 : 0, 1).block8(encodeUtf8(person.token));
  const body = writer.fixed(person.vaultKey, 32).unsigned(ports.now(), 6).bytes();
  const value = await ports.keeper.seal(body);
  wipe(body);
  await ports.store.write([{ key: KEY, value }]);
}

/** Null when nobody is kept, the keeper cannot open it, or they have been away for longer than the idle lock allows. */
export async function readKept(ports: Ports): Promise<Person | null> {
  const sealed = ports.keeper === null ? null : await ports.store.read(KEY);
  const body = sealed === null || ports.keeper === null ? null : await ports.keeper.open(sealed);
  if (body === null) return null;
  try {
    const reader = ByteReader.labelled(body, LABEL, 1000);
    const account = toId<AccountId>(reader.id());
    const practice = toId<PracticeId>(reader.id());
    const standing = reader.choice(["family", "practice"]);
    const token = decodeUtf8(reader.block8());
    const vaultKey = reader.fixed(32);
    const at = reader.unsigned(6);
    reader.end();
    const isAway = ports.idleLockAfterMs !== null && ports.now() - at > ports.idleLockAfterMs;
    return isAway ? null : { account, practice, standing, token, vaultKey };
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  } finally {
    wipe(body);
  }
}

/** Forgets whoever was kept, and the key that could have opened it. */
export async function forgetKept(ports: Ports): Promise<void> {
  await ports.store.write([{ key: KEY, value: null }]);
  await ports.keeper?.forget();
}
