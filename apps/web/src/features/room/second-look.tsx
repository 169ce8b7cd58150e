import type { Actions, ClientRefusal, FactorView, RoomView } from "@sotto/client";
import { EyeOff } from "lucide-react";
import { useState } from "react";
import { Banner, Check, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { WayForm } from "../../ui/way-form.tsx";
import { sayProblem, words } from "../../words/words.ts";

/** A room that stays hidden until its person shows a way in once more. Says nothing of the room. */
export function SecondLook(props: {
  readonly actions: Pick<Actions, "lookInto">;
  readonly room: RoomView["room"];
  readonly factors: readonly FactorView[];
}) {
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const { secondLook } = words;
  return (
    <div className="page door stack">
      <a className="back" href="/">
        {words.room.back}
      </a>
      <EyeOff aria-hidden="true" />
      <Title>{secondLook.title}</Title>
      <p>{secondLook.text}</p>
      <WayForm
        factors={props.factors}
        texts={words.factor}
        go={secondLook.go}
        waiting={words.starting}
        busy={busy}
        problem={sayProblem(problem)}
        onShow={(choice, answered) =>
          attempt(() => props.actions.lookInto({ room: props.room, choice }).finally(answered))
        }
      />
    </div>
  );
}

/** Whether a room asks once more before it opens, chosen inside it. */
export function SecondLookChoice(props: {
  readonly actions: Pick<Actions, "markSecondLook">;
  readonly room: RoomView;
}) {
  const { room, secondLook: state } = props.room;
  const { problem, attempt } = useAttempt<ClientRefusal>();
  // What was chosen stands at once; what was refused does not.
  const [wanted, setWanted] = useState<boolean | null>(null);
  const said = sayProblem(problem);
  const { secondLook } = words;
  const choose = (isOn: boolean) => {
    setWanted(isOn);
    attempt(() => props.actions.markSecondLook({ room, isOn }));
  };
  return (
    <div className="stack-tight">
      <Check
        label={secondLook.choice}
        checked={problem === null && wanted !== null ? wanted : state !== "none"}
        onChange={choose}
      />
      {said === null ? null : <Banner>{said}</Banner>}
      <p className="quiet">{secondLook.choiceHint}</p>
      <p className="quiet">{secondLook.honest}</p>
    </div>
  );
}
