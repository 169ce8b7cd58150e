import type { Actions, ClientRefusal, FactorView } from "@sotto/client";
import { useState } from "react";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";

const kindName = (kind: FactorView["kind"]) =>
  ({ passkey: words.factor.passkey, passphrase: words.factor.words, recovery: words.factor.sheet })[kind];

/** The ways this person signs in. The last one cannot be removed. */
export function Account(props: {
  readonly actions: Pick<Actions, "addFactor" | "removeFactor">;
  readonly makePassphrase: () => Promise<{ readonly name: string; readonly words: string }>;
  readonly factors: readonly FactorView[];
  readonly onNewSheet: () => void;
}) {
  const [made, setMade] = useState<{ readonly name: string; readonly words: string } | null>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const addWords = () =>
    void props.makePassphrase().then((fresh) =>
      attempt(
        () => props.actions.addFactor({ kind: "passphrase", ...fresh }),
        () => setMade(fresh),
      ),
    );
  return (
    <div className="page stack">
      <Title>{words.account.title}</Title>
      {said === null ? null : <Banner>{said}</Banner>}
      <h2>{words.account.ways}</h2>
      <ul className="plain-list">
        {props.factors.map((factor) => (
          <li key={factor.factor} className="card row">
            <span className="grow">
              <strong>{kindName(factor.kind)}</strong> {factor.name}
              <br />
              <span className="quiet">
                {words.account.used(words.date(factor.lastUsedAt ?? factor.createdAt))}
              </span>
            </span>
            <Button
              disabled={busy}
              label={`${words.act.remove}: ${kindName(factor.kind)} ${factor.name ?? ""}`}
              onPress={() => attempt(() => props.actions.removeFactor(factor.factor))}
            >
              {words.act.remove}
            </Button>
          </li>
        ))}
      </ul>
      {made === null ? null : (
        <div className="card">
          <p>{words.factor.shownOnce}</p>
          <p className="code">
            {made.name}
            <br />
            {made.words}
          </p>
        </div>
      )}
      <div className="row">
        <Button disabled={busy} onPress={() => attempt(() => props.actions.addFactor({ kind: "passkey" }))}>
          {words.account.addPasskey}
        </Button>
        <Button disabled={busy} onPress={addWords}>
          {words.account.addWords}
        </Button>
        <Button onPress={props.onNewSheet}>{words.account.newSheet}</Button>
      </div>
      <p className="quiet">{words.lockHint}</p>
    </div>
  );
}
