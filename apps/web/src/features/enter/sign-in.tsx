import type { Actions, ClientRefusal, SessionView, SignInChoice } from "@sotto/client";
import { useState } from "react";
import { Banner, Button, Check, Form, RadioCards, TextField, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";

type Kind = SignInChoice["kind"];

/** Coming back: by passkey, six words or the recovery sheet; what was used last stands first. */
export function SignIn(props: { readonly actions: Pick<Actions, "signIn">; readonly session: SessionView }) {
  const { lastFactor, lastSignInName, state } = props.session;
  const [kind, setKind] = useState<Kind>(lastFactor ?? "passkey");
  const [name, setName] = useState(lastSignInName ?? "");
  const [secret, setSecret] = useState("");
  const [isShared, setShared] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const { factor, shared, signIn } = words;
  const choice = (): SignInChoice => {
    switch (kind) {
      case "passkey":
        return { kind };
      case "passphrase":
        return { kind, name: name.trim(), words: secret.trim() };
      case "recovery":
        return { kind, code: secret.trim() };
    }
  };
  const choose = (next: Kind) => {
    setKind(next);
    setSecret("");
  };
  const all = [
    { value: "passkey", title: factor.passkey, hint: factor.passkeyHint },
    { value: "passphrase", title: factor.words, hint: factor.wordsHint },
    { value: "recovery", title: factor.sheet, hint: factor.sheetHint },
  ] as const;
  const options = all.toSorted(
    (one, other) => Number(other.value === lastFactor) - Number(one.value === lastFactor),
  );
  return (
    <main className="page door stack">
      <p className="brand">{words.product}</p>
      <Title>{state === "locked" ? signIn.title : signIn.first}</Title>
      <Form onSubmit={() => attempt(() => props.actions.signIn(choice(), { keepNothing: isShared }))}>
        {said === null ? null : <Banner>{said}</Banner>}
        <RadioCards legend={factor.legend} value={kind} onChange={choose} options={options} />
        {kind === "passphrase" ? (
          <TextField kind="code" label={factor.name} value={name} onChange={setName} />
        ) : null}
        {kind === "passkey" ? null : (
          <TextField
            kind="code"
            label={kind === "passphrase" ? factor.sixWords : factor.code}
            value={secret}
            onChange={setSecret}
          />
        )}
        <Check label={shared.choose} checked={isShared} onChange={setShared} />
        {isShared ? <p className="quiet">{shared.hint}</p> : null}
        <Button submit tone="primary" disabled={busy || (kind !== "passkey" && secret.trim() === "")}>
          {busy ? words.starting : signIn.go}
        </Button>
      </Form>
      <p className="quiet">{signIn.none}</p>
    </main>
  );
}
