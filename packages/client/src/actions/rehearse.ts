import { wipe } from "@sotto/vault";
import type { Actions } from "../client.ts";
import { DONE, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { settingOf, withSetting } from "../local/choices.ts";
import { isSheetProved } from "./factors.ts";
import { showAgain } from "../sign-in/show-again.ts";
import { unlocked } from "./unlocked.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const AGAIN_AFTER_MS = 30 * DAY_MS;
const LATER_MS = 7 * DAY_MS;
const LATER_SETTING = "trust/sheet-later-at";

type RehearseActions = Pick<Actions, "rehearseSheet" | "rehearseLater">;

/** True when it is time to look whether the paper is still there. It never stands in anybody's way. */
export function isSheetDue(home: Home): boolean {
  const { state } = home.vault;
  const now = home.ports.now();
  const laterAt = Number(settingOf(state, LATER_SETTING) ?? "0");
  const isOld = now - (state.recoveryProvedAt ?? 0) > AGAIN_AFTER_MS;
  return isSheetProved(home) && isOld && now - laterAt > LATER_MS;
}

/** Typing the code from the paper once more. `home` answers null while locked. */
export function makeRehearseActions(home: () => Home | null): RehearseActions {
  return {
    rehearseSheet: (typed) =>
      unlocked(home, async (open) => {
        const { ports, vault } = open;
        const shown = await showAgain(open, { kind: "recovery", code: typed });
        if (shown.kind === "refused") {
          // A well-formed code of another sheet: the one that counts is another.
          return refused(shown.refusal === "wrong-factor" ? "sheet-mistyped" : shown.refusal);
        }
        wipe(shown.value.kek);
        const provedAt = Math.max(ports.now(), vault.state.recoveryProvedAt ?? 0);
        vault.change((state) => ({ ...state, recoveryProvedAt: provedAt }));
        return DONE;
      }),
    rehearseLater: () =>
      unlocked(home, async ({ ports, vault }) => {
        vault.change((state) => withSetting(state, LATER_SETTING, String(ports.now())));
        return DONE;
      }),
  };
}
