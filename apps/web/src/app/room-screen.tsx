import type { FactorView, Views } from "@sotto/client";
import type { EntryId } from "@sotto/domain";
import { useCallback, useMemo, useState } from "react";
import { FileDeskContext } from "../features/room/file-desk.ts";
import { Room } from "../features/room/room.tsx";
import { SecondLook } from "../features/room/second-look.tsx";
import { words } from "../words/words.ts";
import { fileTools } from "./file-tools.ts";
import { Gone } from "./gone.tsx";
import { actions, useFamily, useRoom, useView } from "./link.ts";

const LINES_AT_ONCE = 120;
const NO_TRANSFERS: Views["transfers"] = [];

export function RoomScreen(props: {
  readonly id: string;
  readonly found: { readonly entry: EntryId } | null;
  readonly factors: readonly FactorView[];
  readonly hasEnded: boolean;
}) {
  const [target, setTarget] = useState(props.found);
  const [last, setLast] = useState(LINES_AT_ONCE);
  const room = useRoom(props.id, { last, from: target?.entry ?? null });
  const go = useCallback((entry: EntryId) => setTarget({ entry }), []);
  const showEarlier = useCallback(() => setLast((count) => count + LINES_AT_ONCE), []);
  const family = useFamily(room?.family ?? null);
  const transfers = useView("transfers") ?? NO_TRANSFERS;
  const desk = useMemo(() => ({ actions, tools: fileTools, transfers }), [transfers]);
  if (room === undefined) return <p className="page">{words.starting}</p>;
  if (room === null) return <Gone text={props.hasEnded ? words.ended.one : words.room.gone} />;
  if (room.secondLook === "hidden") {
    return <SecondLook key={room.room} actions={actions} room={room.room} factors={props.factors} />;
  }
  return (
    <FileDeskContext value={desk}>
      <Room
        key={room.room}
        actions={actions}
        room={room}
        family={family ?? null}
        target={target}
        onGo={go}
        onEarlier={showEarlier}
      />
    </FileDeskContext>
  );
}
