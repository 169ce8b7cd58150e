import type { Actions, ClientRefusal, FactorView } from "@sotto/client";
import { Button } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { WayForm } from "../../ui/way-form.tsx";
import { useAgreementSign } from "./language.ts";
import { sayProblem } from "../../words/words.ts";

/** Asks for a way in before somebody signs, so that nobody signs in another's place on a phone that lies open. */
export function ShowWay(props: {
  readonly actions: Pick<Actions, "showWay">;
  readonly factors: readonly FactorView[];
  readonly onShown: () => void;
  readonly onClose: () => void;
}) {
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const { cancel, factor, sign, waiting } = useAgreementSign();
  return (
    <Sheet title={sign.way} onClose={props.onClose}>
      <p>{sign.wayText}</p>
      <WayForm
        factors={props.factors}
        texts={factor}
        go={sign.wayGo}
        waiting={waiting}
        busy={busy}
        problem={sayProblem(problem)}
        onShow={(choice, answered) =>
          attempt(() => props.actions.showWay(choice).finally(answered), props.onShown)
        }
      />
      <div className="row">
        <Button onPress={props.onClose}>{cancel}</Button>
      </div>
    </Sheet>
  );
}
