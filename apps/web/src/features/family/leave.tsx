import type { Actions, ClientRefusal, RoomLineView } from "@sotto/client";
import type { FamilyId } from "@sotto/domain";
import type { ReactNode } from "react";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";

/** An adult leaves the rooms of a family: what happens, plainly, before they decide. */
export function Leave(props: {
  readonly actions: Pick<Actions, "leaveFamily">;
  readonly family: FamilyId;
  /** The rooms of this family that they are in. */
  readonly rooms: readonly RoomLineView[];
  readonly list: ReactNode;
  readonly isUnderWay: boolean;
  readonly onBack: () => void;
}) {
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  if (props.rooms.length === 0) {
    return (
      <div className="page stack">
        <Title>{words.leaving.outTitle}</Title>
        <p>{words.leaving.out}</p>
      </div>
    );
  }
  if (props.isUnderWay) {
    return (
      <div className="page stack">
        <Title key="under-way">{words.leaving.underWay}</Title>
        <p>{words.leaving.wait}</p>
        <p>{words.leaving.keep}</p>
        <div className="row">
          <Button onPress={props.onBack}>{words.act.toRooms}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="page stack">
      <Title key="ask">{words.leaving.title}</Title>
      <p>{words.leaving.text}</p>
      <p>{words.leaving.list}</p>
      {props.list}
      <p>{words.leaving.wait}</p>
      <p className="quiet">{words.leaving.keep}</p>
      {said === null ? null : <Banner>{said}</Banner>}
      <div className="row">
        <Button onPress={props.onBack}>{words.leaving.stay}</Button>
        <Button
          tone="danger"
          disabled={busy}
          onPress={() => attempt(() => props.actions.leaveFamily({ family: props.family }))}
        >
          {words.leaving.go}
        </Button>
      </div>
    </div>
  );
}
