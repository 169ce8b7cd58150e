import type { VaultState } from "@sotto/vault";
import type { Actions } from "../client.ts";
import { DONE, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { unlocked } from "./unlocked.ts";

const UNDO_KEY = "undo/seconds";
const UNDO_SECONDS: readonly number[] = [0, 5, 10, 30];
const UNDO_SECONDS_FIRST = 5;

/** For how many seconds this person's messages can be undone. A setting that this version does not know counts as none made. */
export function undoSecondsOf(vault: VaultState): number {
  const chosen = Number(vault.settings.find(({ key }) => key === UNDO_KEY)?.value);
  return UNDO_SECONDS.includes(chosen) ? chosen : UNDO_SECONDS_FIRST;
}

/** What a person chooses for all their browsers. `home` answers null while locked. */
export function makePreferenceActions(home: () => Home | null): Pick<Actions, "setUndoSeconds"> {
  return {
    setUndoSeconds: (seconds) =>
      unlocked(home, async ({ vault }) => {
        if (!UNDO_SECONDS.includes(seconds)) return refused("malformed");
        const setting = { key: UNDO_KEY, value: String(seconds) };
        vault.change((state) => ({
          ...state,
          settings: [...state.settings.filter(({ key }) => key !== UNDO_KEY), setting],
        }));
        return DONE;
      }),
  };
}
