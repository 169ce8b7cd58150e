import type { RoomLineView } from "@sotto/client";
import type { FamilyId } from "@sotto/domain";
import { Leave } from "../features/family/leave.tsx";
import { RoomList } from "../features/room/room-list.tsx";
import { actions } from "./link.ts";
import { goTo } from "./use-path.ts";

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
