import type { Actions, ClientRefusal } from "@sotto/client";
import type { FamilyId } from "@sotto/domain";
import { useState } from "react";
import { Banner, Button } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { useAgreementSign } from "./language.ts";
import { sayProblem } from "../../words/words.ts";

/** Takes back what somebody has signed, once they have read what comes of it. Nothing is said in rooms that are closed: there it says how else. */
export function Withdraw(props: {
  readonly actions: Pick<Actions, "withdrawAgreement">;
  readonly family: FamilyId;
  readonly isClosed: boolean;
  readonly onDone: () => void;
}) {
  const { cancel, withdraw } = useAgreementSign();
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const [isAsking, setAsking] = useState(false);
  const said = sayProblem(problem);
  const go = () =>
    attempt(
      () => props.actions.withdrawAgreement({ family: props.family }),
      () => {
        setAsking(false);
        props.onDone();
      },
    );
  if (props.isClosed) {
    return (
      <section className="card stack">
        <h2>{withdraw.title}</h2>
        {withdraw.closed.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </section>
    );
  }
  return (
    <section className="card stack">
      <h2>{withdraw.title}</h2>
      <p>{withdraw.text}</p>
      <div className="row">
        <Button onPress={() => setAsking(true)}>{withdraw.go}</Button>
      </div>
      {isAsking ? (
        <Sheet title={withdraw.askTitle} onClose={() => setAsking(false)}>
          <ul className="points">
            {withdraw.points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
          {said === null ? null : <Banner>{said}</Banner>}
          <div className="row">
            <Button onPress={() => setAsking(false)}>{cancel}</Button>
            <Button tone="danger" disabled={busy} onPress={go}>
              {withdraw.go}
            </Button>
          </div>
        </Sheet>
      ) : null}
    </section>
  );
}
