import type { PracticeView, RoomLineView, SessionView } from "@sotto/client";
import type { FamilyId } from "@sotto/domain";
import { Family } from "../features/family/family.tsx";
import { InvitationCard } from "../features/family/invitation-card.tsx";
import { Leave } from "../features/family/leave.tsx";
import { LeavePractice } from "../features/practice/leave-practice.tsx";
import { Practice } from "../features/practice/practice.tsx";
import { RoomList } from "../features/room/room-list.tsx";
import { roomName } from "../features/room/room-name.ts";
import { words } from "../words/words.ts";
import { Gone } from "./gone.tsx";
import { actions, useFamily } from "./link.ts";
import { goTo } from "./use-path.ts";

export function FamilyScreen(props: { readonly id: string; readonly practice: PracticeView | null }) {
  const family = useFamily(props.id);
  if (family === undefined) return <p className="page">{words.starting}</p>;
  if (family === null) return <Gone text={words.family.gone} />;
  return (
    <Family
      actions={actions}
      family={family}
      rooms={<RoomList rooms={family.rooms} />}
      colleagues={(props.practice?.people ?? []).filter(({ isMe }) => !isMe)}
      nameOf={roomName}
      onOpen={(room) => goTo(`/r/${room}`)}
    />
  );
}

export function PracticeScreen(props: { readonly session: SessionView; readonly practice: PracticeView }) {
  const { practice, session } = props;
  return (
    <Practice actions={actions} practice={practice} name={session.practiceName} Invitation={InvitationCard}>
      <LeavePractice actions={actions} practice={practice} />
    </Practice>
  );
}

export function LeaveScreen(props: { readonly id: string; readonly rooms: readonly RoomLineView[] }) {
  const rooms = props.rooms.filter(({ family }) => family === props.id);
  return (
    <Leave
      actions={actions}
      // The id comes from this client's own views; an unknown one has no rooms, and nothing is asked for it.
      family={props.id as FamilyId}
      rooms={rooms}
      list={<RoomList rooms={rooms} />}
      isUnderWay={rooms.some(({ readOnly }) => readOnly === "leaving")}
      onBack={() => goTo("/")}
    />
  );
}
