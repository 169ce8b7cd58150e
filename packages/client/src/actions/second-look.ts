import { wipe } from "@sotto/vault";
import type { Actions } from "../client.ts";
import { DONE, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { countLooks, markLook } from "../second-look/looks.ts";
import { showAgain } from "../sign-in/show-again.ts";
import { unlocked } from "./unlocked.ts";

type LookActions = Pick<Actions, "markSecondLook" | "lookInto" | "hideLooks">;

const MARKED_MAX = 100;

/** Rooms that ask again before they open. `home` answers null while locked. */
export function makeLookActions(home: () => Home | null): LookActions {
  return {
    markSecondLook: ({ isOn, room }) =>
      unlocked(home, async ({ looks, rooms, vault }) => {
        if ((await rooms.opened(room)) === null) return refused("not-here");
        // Whoever holds the open screen cannot take away what keeps them out.
        if (looks.isHidden(room)) return refused("not-allowed");
        if (isOn && countLooks(vault.state) >= MARKED_MAX) return refused("too-many");
        // It is on the screen now, and is hidden when it has been left.
        if (isOn) looks.open(room);
        vault.change((state) => markLook(state, room, isOn));
        return DONE;
      }),
    lookInto: ({ choice, room }) =>
      unlocked(home, async (open) => {
        const shown = await showAgain(open, choice);
        if (shown.kind === "refused") return shown;
        wipe(shown.value.kek);
        if (home() !== open) return refused("locked");
        open.looks.open(room);
        open.shownWay.show();
        return DONE;
      }),
    hideLooks: () => Promise.resolve(home()?.looks.hideAll()),
  };
}
