import type { Actions, ClientRefusal } from "@sotto/client";
import type { FamilyId } from "@sotto/domain";
import { useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";

type ClosingActions = Pick<Actions, "closeFamily" | "reopenFamily">;

/** Says that the family is closed, and opens it again. */
export function ClosedFamily(props: {
  readonly actions: ClosingActions;
  readonly family: FamilyId;
  /** Not once rooms of it have ended. */
  readonly mayReopen: boolean;
}) {
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const reopen = () => attempt(() => props.actions.reopenFamily({ family: props.family }));
  return (
    <div className="card stack">
      <div className="stack-tight">
        <h2>{words.closing.closedTitle}</h2>
        <p>{words.closing.closedText}</p>
      </div>
      {said === null ? null : <Banner>{said}</Banner>}
      {props.mayReopen ? (
        <div className="row">
          <Button disabled={busy} onPress={reopen}>
            {words.closing.reopen}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** Closes the family, at the end of its screen. */
export function CloseFamily(props: { readonly actions: ClosingActions; readonly family: FamilyId }) {
  const [isAsking, setAsking] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  return (
    <details className="fold">
      <summary>{words.closing.title}</summary>
      <div className="stack">
        <p>{words.closing.text}</p>
        {said === null ? null : <Banner>{said}</Banner>}
        <div className="row">
          <Button disabled={busy} onPress={() => setAsking(true)}>
            {words.closing.go}
          </Button>
        </div>
      </div>
      {isAsking ? (
        <Ask
          title={words.closing.askTitle}
          text={words.closing.text}
          yes={words.closing.go}
          no={words.act.cancel}
          onYes={() => {
            setAsking(false);
            attempt(() => props.actions.closeFamily({ family: props.family }));
          }}
          onNo={() => setAsking(false)}
        />
      ) : null}
    </details>
  );
}
