import { ByteReader, ByteWriter, equalBytes } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { Home } from "../home.ts";
import { keyGenerationOf } from "../local/vault-keys.ts";
import { readOrNull } from "../unreadable.ts";

const GENERATION_NAME = "key-generation";

/**
 * Holds how often the vault key was replaced against what this device has seen: a vault from before cannot open what the
 * device keeps since, so the number stands beside it in clear.
 */
export async function pinGeneration(home: Home): Promise<void> {
  const generation = keyGenerationOf(home.vault.state);
  const kept = await home.local.readPublic(GENERATION_NAME);
  const seen = kept === null ? 0 : (readOrNull(() => new ByteReader(kept).unsigned(4)) ?? 0);
  if (generation < seen) return home.alarms.raise("vault-rolled-back", null);
  if (generation === seen) return;
  const value = new ByteWriter().unsigned(generation, 4).bytes();
  await home.local.writePublic([{ name: GENERATION_NAME, value }]);
}

/**
 * Holds the keys of the server, as just seen, against those that this person's vault has pinned: the key of the log, and the
 * OPAQUE key when a passphrase was used. The first ones seen are pinned; others raise an alarm and change nothing.
 */
export async function pinKeys(
  home: Home,
  seen: { readonly logKey: Bytes; readonly serverKey: Bytes | null },
): Promise<void> {
  const { logKey, serverKey } = seen;
  const { logPublicKey, opaqueServerKey } = home.vault.state;
  if (logPublicKey !== null && !equalBytes(logPublicKey, logKey)) {
    await home.alarms.raise("log-rewritten", null);
  }
  if (serverKey !== null && opaqueServerKey !== null && !equalBytes(opaqueServerKey, serverKey)) {
    await home.alarms.raise("server-key-changed", null);
  }
  if (logPublicKey !== null && (opaqueServerKey !== null || serverKey === null)) return;
  home.vault.change((state) => ({
    ...state,
    logPublicKey: state.logPublicKey ?? logKey,
    opaqueServerKey: state.opaqueServerKey ?? serverKey,
  }));
}
