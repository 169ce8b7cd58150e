import type { Actions, ClientRefusal, InvitationSeen } from "@sotto/client";
import { useEffect, useState } from "react";
import { Banner, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";
import { ChooseFactor } from "./choose-factor.tsx";

/** Greets an invited person by the words in their link, and lets them choose a way in. */
export function Join(props: {
  readonly actions: Pick<Actions, "seeInvitation" | "join">;
  readonly makePassphrase: () => Promise<{ readonly name: string; readonly words: string }>;
  readonly fragment: string;
}) {
  const [seen, setSeen] = useState<InvitationSeen | null>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const { actions, fragment } = props;
  // Reading an invitation spends nothing.
  useEffect(() => attempt(() => actions.seeInvitation(fragment), setSeen), [actions, attempt, fragment]);
  const said = sayProblem(problem);
  if (seen === null) {
    return (
      <main className="page door stack">
        <p className="brand">{words.product}</p>
        <Title>{words.setUp.factorTitle}</Title>
        {said === null ? <p>{words.starting}</p> : <Banner>{said}</Banner>}
      </main>
    );
  }
  const role = Object.entries(words.roles).find(([key]) => key === seen.role)?.[1] ?? seen.role;
  return (
    <main className="page door stack">
      <p className="brand">{words.product}</p>
      <Title>{words.join.hello(seen.inviteeName)}</Title>
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
