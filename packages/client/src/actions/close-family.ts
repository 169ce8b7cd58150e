import type { FamilyId } from "@sotto/domain";
import type { Actions, Done } from "../client.ts";
import { DONE, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { revokeUnused, teamRoomOf } from "./families.ts";
import { haveRoomsEnded } from "../queries/rooms-to-end.ts";
import { withdrawOpen } from "./retention.ts";
import { tendFamily } from "./tend.ts";
import { unlocked } from "./unlocked.ts";

type ClosingActions = Pick<Actions, "closeFamily" | "reopenFamily">;

/** A family's rooms become read-only for everybody, or may be written in again. `home` answers null while locked. */
export function makeClosingActions(home: () => Home | null): ClosingActions {
  return {
    closeFamily: ({ family }) => unlocked(home, (open) => settle(open, family, true)),
    reopenFamily: ({ family }) => unlocked(home, (open) => settle(open, family, false)),
  };
}

/** The record first: from there every keeper's client carries it into the rooms that it keeps. */
async function settle(home: Home, family: FamilyId, closed: boolean): Promise<Done> {
  const team = teamRoomOf(home, family);
  if (team === null) return refused("not-here");
  // What has ended is gone: a family that comes back begins anew.
  if (!closed && haveRoomsEnded(home, team)) return refused("rooms-ended");
  if (closed) {
    // Nobody comes into a closed family.
    for (const person of team.family.people.keys()) {
      const revoked = await revokeUnused(home, team, person);
      if (revoked.kind === "refused" && revoked.refusal !== "invitation-used") return revoked;
    }
  }
  if (team.family.closed !== closed) {
    const posted = await home.outbox.post(team.room, { kind: "family-closed", closed });
    if (posted.kind === "refused") return posted;
  }
  if (!closed) {
    const withdrawn = await withdrawOpen(home, family);
    if (withdrawn.kind === "refused") return withdrawn;
  }
  await tendFamily(home, team);
  return DONE;
}
