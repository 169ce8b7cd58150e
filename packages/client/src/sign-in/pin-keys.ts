import { equalBytes } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { Home } from "../home.ts";

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
