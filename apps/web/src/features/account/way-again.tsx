import type { Actions, ClientRefusal, Done, FactorView } from "@sotto/client";
import { useMemo, useState, type ReactNode } from "react";
import { Button } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { WayForm } from "../../ui/way-form.tsx";
import { sayProblem, words } from "../../words/words.ts";

type Guarded = Pick<Actions, "addFactor" | "removeFactor" | "makeSheet" | "startMailReminder">;

/** Whether a way in was shown; asked once for each thing that waits for it. */
type Asked = (isShown: boolean) => void;

/**
 * Actions that ask for a way in where the client wants one: what was wished waits for it and then goes on. `asking` is the dialog, to be put on the
 * screen; closed without an answer, the wish is refused as it was.
 */
export function useWayAgain<Acts extends Guarded & Pick<Actions, "showWay">>(
  actions: Acts,
  factors: readonly FactorView[],
): { readonly guarded: Acts; readonly asking: ReactNode } {
  const [asked, setAsked] = useState<{ readonly answer: Asked } | null>(null);
  const guarded = useMemo(() => {
    const withWay = async <Value,>(run: () => Promise<Done<Value>>): Promise<Done<Value>> => {
      const first = await run();
      if (first.kind === "done" || first.refusal !== "way-needed") return first;
      const isShown = await new Promise<boolean>((answer) => setAsked({ answer }));
      setAsked(null);
      return isShown ? run() : first;
    };
    const acts: Guarded = {
      addFactor: (choice) => withWay(() => actions.addFactor(choice)),
      removeFactor: (factor) => withWay(() => actions.removeFactor(factor)),
      makeSheet: () => withWay(() => actions.makeSheet()),
      startMailReminder: (address) => withWay(() => actions.startMailReminder(address)),
    };
    // What the page gives its features may be made on asking: what is not guarded is taken from there by its name.
    return new Proxy(actions, {
      get: (of, name: keyof Acts & string) => (name in acts ? acts[name as keyof Guarded] : of[name]),
    });
  }, [actions]);
  const asking =
    asked === null ? null : <WayAgain actions={actions} factors={factors} onAnswer={asked.answer} />;
  return { guarded, asking };
}

function WayAgain(props: {
  readonly actions: Pick<Actions, "showWay">;
  readonly factors: readonly FactorView[];
  readonly onAnswer: Asked;
}) {
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const { wayAgain } = words;
  return (
    <Sheet title={wayAgain.title} onClose={() => props.onAnswer(false)}>
      <p>{wayAgain.text}</p>
      <WayForm
        factors={props.factors}
        texts={words.factor}
        go={wayAgain.go}
        waiting={words.starting}
        busy={busy}
        problem={sayProblem(problem)}
        onShow={(choice, answered) =>
          attempt(
            () => props.actions.showWay(choice).finally(answered),
            () => props.onAnswer(true),
          )
        }
      />
      <div className="row">
        <Button onPress={() => props.onAnswer(false)}>{words.act.cancel}</Button>
      </div>
    </Sheet>
  );
}
