import { isMinorRole } from "@sotto/domain";
import type { FamilyId } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import type { Actions, Done } from "../client.ts";
import { DONE, refused } from "../done.ts";
import type { Home } from "../home.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { revokeUnused, teamRoomOf } from "./families.ts";
import { isLeaving, privateRoomIn } from "./read-only.ts";
import { tendFamily } from "./tend.ts";
import { unlocked } from "./unlocked.ts";

type LeaveActions = Pick<Actions, "leaveFamily" | "recordLeft">;

/** Somebody leaves a family: by their own wish, or as their therapist records it. `home` answers null while locked. */
export function makeLeaveActions(home: () => Home | null): LeaveActions {
  return {
    leaveFamily: ({ family }) => unlocked(home, (open) => leaveFamily(open, family)),
    recordLeft: ({ family, person }) =>
      unlocked(home, async (open) => {
        const team = teamRoomOf(open, family);
        if (team === null || !team.family.people.has(person)) return refused("not-here");
        const revoked = await revokeUnused(open, team, person);
        if (revoked.kind === "refused" && revoked.refusal !== "invitation-used") return revoked;
        const posted = await open.outbox.post(team.room, { kind: "person-left", person });
        if (posted.kind === "refused") return posted;
        await tendFamily(open, team);
        return DONE;
      }),
  };
}

/** Durable on this device when it answers; from then on this person writes no more in the family's rooms. */
async function leaveFamily(home: Home, family: FamilyId): Promise<Done> {
  const room = privateRoomIn(home, family);
  if (room === null) return refused("not-here");
  if (!mayLeave(home, room)) return refused("not-allowed");
  if (room.state.closed) return refused("room-closed");
  if (!isLeaving(home, family)) await home.outbox.add(room.room, { kind: "leave-asked" });
  return DONE;
}

/** Adults decide for themselves. */
export function mayLeave(home: Home, room: RoomMemory): boolean {
  const { account } = home.person;
  const role = room.people.get(account)?.role;
  if (role === undefined || role === "therapist" || role === "staff" || role === "custodian") return false;
  return memberOf(room.state, account)?.role === "member" && !isMinorRole(role);
}
