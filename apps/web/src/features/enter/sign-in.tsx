import type { Actions, ClientRefusal, SessionView, SignInChoice } from "@sotto/client";
import { useState } from "react";
import { Banner, Button, Form, RadioCards, TextField, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";

type Kind = SignInChoice["kind"];

/** Coming back: by passkey, six words or the recovery sheet; what was used last stands first. */
export function SignIn(props: { readonly actions: Pick<Actions, "signIn">; readonly session: SessionView }) {
  const [kind, setKind] = useState<Kind>(props.session.lastFactor ?? "passkey");
  const [name, setName] = useState(props.session.lastSignInName ?? "");
  const [secret, setSecret] = useState("");
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const factor = words.factor;
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
  const all = [
    { value: "passkey", title: factor.passkey, hint: factor.passkeyHint },
    { value: "passphrase", title: factor.words, hint: factor.wordsHint },
    { value: "recovery", title: factor.sheet, hint: factor.sheetHint },
  ] as const;
  const options = all.toSorted(
    (one, other) =>
      Number(other.value === props.session.lastFactor) - Number(one.value === props.session.lastFactor),
  );
  return (
    <main className="page stack">
      <Title>{words.signIn.title}</Title>
      <Form onSubmit={() => attempt(() => props.actions.signIn(choice()))}>
        {said === null ? null : <Banner>{said}</Banner>}
        <RadioCards legend={factor.legend} value={kind} onChange={setKind} options={options} />
        {kind === "passphrase" ? <TextField label={factor.name} value={name} onChange={setName} /> : null}
        {kind === "passphrase" ? (
          <TextField label={factor.sixWords} value={secret} onChange={setSecret} />
        ) : null}
        {kind === "recovery" ? <TextField label={factor.code} value={secret} onChange={setSecret} /> : null}
        <Button submit primary disabled={busy}>
          {words.signIn.go}
        </Button>
      </Form>
      <p className="quiet">{words.signIn.none}</p>
    </main>
  );
}
