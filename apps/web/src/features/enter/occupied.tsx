import type { Actions } from "@sotto/client";
import { useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Button, Title } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";

/** An invitation was opened where somebody already uses Sotto. It is not used, and stays open for whom it is meant. */
export function Occupied(props: {
  readonly actions: Pick<Actions, "forgetDevice">;
  /** Nobody is in: the device may be its own person's, who lost every way in. */
  readonly mayBeginAnew: boolean;
  readonly onBack: () => void;
}) {
  const [isAsking, setAsking] = useState(false);
  const { loss } = words;
  return (
    <main className="page door stack">
      <p className="brand">{words.product}</p>
      <Title>{words.join.occupiedTitle}</Title>
      <p>{words.join.occupied}</p>
      <div className="row">
        <Button tone="primary" onPress={props.onBack}>
          {words.join.occupiedBack}
        </Button>
      </div>
      {props.mayBeginAnew ? (
        <details className="fold">
          <summary>{loss.mineTitle}</summary>
          <div className="stack">
            <p>{loss.mine}</p>
            <div className="row">
              <Button onPress={() => setAsking(true)}>{loss.mineYes}</Button>
            </div>
          </div>
        </details>
      ) : null}
      {isAsking ? (
        <Ask
          title={loss.mineAsk}
          text={loss.mine}
          yes={loss.mineYes}
          no={words.act.cancel}
          onYes={() => void props.actions.forgetDevice()}
          onNo={() => setAsking(false)}
        />
      ) : null}
    </main>
  );
}
