import type { AgreementLineView, PracticeView } from "@sotto/client";
import { FamilyAgreement } from "../features/agreement/agreement-lines.tsx";
import { Family } from "../features/family/family.tsx";
import { RoomList } from "../features/room/room-list.tsx";
import { roomName } from "../features/room/room-name.ts";
import { familyWords } from "../words/family.ts";
import { words } from "../words/words.ts";
import { Gone } from "./gone.tsx";
import { actions, useFamily } from "./link.ts";
import { goTo } from "./use-path.ts";

export function FamilyScreen(props: {
  readonly id: string;
  readonly practice: PracticeView | null;
  readonly agreement: AgreementLineView | undefined;
}) {
  const family = useFamily(props.id);
  if (family === undefined) return <p className="page">{words.starting}</p>;
  if (family === null) return <Gone text={familyWords.gone} />;
  return (
    <Family
      actions={actions}
      family={family}
      agreement={props.agreement === undefined ? null : <FamilyAgreement line={props.agreement} />}
      rooms={<RoomList rooms={family.rooms} />}
      colleagues={(props.practice?.people ?? []).filter(({ isMe }) => !isMe)}
      nameOf={roomName}
      onOpen={(room) => goTo(`/r/${room}`)}
    />
  );
}
