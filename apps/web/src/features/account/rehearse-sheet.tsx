import type { Actions, ClientRefusal } from "@sotto/client";
import type { ReactNode } from "react";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";
import { Prove } from "./recovery-sheet.tsx";

/** Typing the code once more, a month later. Nothing hangs on it. */
export function RehearseSheet(props: {
  readonly actions: Pick<Actions, "rehearseSheet">;
  readonly onDone: () => void;
  /** The paper is gone: a new one is made. */
  readonly onLost: () => void;
  /** What locks at once, as on every screen. */
  readonly lock: ReactNode;
}) {
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const { loss } = words;
  return (
    <main className="page door stack">
      <div className="row row-between">
        <p className="brand">{words.product}</p>
        {props.lock}
      </div>
      <Title>{loss.dueTitle}</Title>
      {said === null ? null : <Banner>{said}</Banner>}
      <Prove
        busy={busy}
        onBack={props.onDone}
        onTyped={(typed) => attempt(() => props.actions.rehearseSheet(typed), props.onDone)}
      />
      <div className="row">
        <Button tone="plain" onPress={props.onLost}>
          {loss.dueLost}
        </Button>
      </div>
    </main>
  );
}
