import type { SessionView } from "./client.ts";
import { KEPT_KEY, readBoot } from "./local/boot.ts";
import type { BootRecord } from "./local/boot.ts";
import type { LocalStore } from "./ports.ts";

/** What a session shows while nobody is in: what the device remembers of its person, and no more. */
export function closedSession(boot: BootRecord | null): SessionView {
  return {
    state: boot === null ? "signed-out" : "locked",
    claimed: true,
    online: false,
    joining: false,
    inStep: false,
    account: boot?.account ?? null,
    standing: null,
    displayName: "",
    practiceName: "",
    sheetProved: false,
    keepsNothing: false,
    sheetDue: false,
    keysRenewedAt: null,
    keysOwedSince: null,
    hasBeenInRooms: false,
    lastFactor: boot?.lastFactor ?? null,
    lastSignInName: boot?.lastSignInName ?? null,
  };
}

/**
 * What a device can say before the client itself is loaded, so that signing in can be offered at once: whether somebody has
 * used it, and how they came in. Null when somebody may still be unlocked here: then the client must look.
 */
export async function glance(store: LocalStore): Promise<SessionView | null> {
  if ((await store.read(KEPT_KEY)) !== null) return null;
  return closedSession(await readBoot(store));
}
