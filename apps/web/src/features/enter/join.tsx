import type { Actions, ClientRefusal, InvitationSeen } from "@sotto/client";
import { useCallback, useEffect, useState } from "react";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";
import { ChooseFactor } from "./choose-factor.tsx";

/** Greets an invited person by the words in their link, and lets them choose a way in. */
export function Join(props: {
  readonly actions: Pick<Actions, "seeInvitation" | "join">;
  readonly makePassphrase: () => Promise<{ readonly name: string; readonly words: string }>;
  readonly fragment: string;
  readonly onSignIn: () => void;
}) {
  const [seen, setSeen] = useState<InvitationSeen | null>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const { actions, fragment } = props;
  // Reading an invitation spends nothing.
  const see = useCallback(
    () => attempt(() => actions.seeInvitation(fragment), setSeen),
    [actions, attempt, fragment],
  );
  useEffect(see, [see]);
  const said = sayProblem(problem);
  if (seen === null) {
    return (
      <main className="page door stack">
        <p className="brand">{words.product}</p>
        <Title>{words.setUp.factorTitle}</Title>
        {said === null ? (
          <p>{words.starting}</p>
        ) : (
          <>
            <Banner>{said}</Banner>
            <div className="row">
              <Button onPress={props.onSignIn}>{words.join.signInInstead}</Button>
              <Button tone="primary" disabled={busy} onPress={see}>
                {words.act.again}
              </Button>
            </div>
          </>
        )}
      </main>
    );
  }
  const roles = Object.entries({ ...words.staffRoles, ...words.roles });
  const role = roles.find(([key]) => key === seen.role)?.[1] ?? seen.role;
  return (
    <main className="page door stack">
      <p className="brand">{words.product}</p>
      <Title key="hello">{words.join.hello(seen.inviteeName)}</Title>
      <div className="stack-tight">
        <p>{words.join.from(seen.inviterName, seen.practiceName)}</p>
        <p>{words.join.promise}</p>
        <p className="quiet">{words.join.as(role)}</p>
      </div>
      <ChooseFactor
        makePassphrase={props.makePassphrase}
        busy={busy}
        problem={problem}
        onChosen={(factor) => attempt(() => props.actions.join({ fragment, factor }))}
      />
      <p className="quiet">{words.join.notMe(seen.inviteeName)}</p>
    </main>
  );
}
