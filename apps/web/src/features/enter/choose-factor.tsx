import type { ClientRefusal, FactorChoice } from "@sotto/client";
import { useState } from "react";
import { Banner, Button, Form, RadioCards } from "../../ui/parts.tsx";
import { sayProblem, words } from "../../words/words.ts";
import { ProveWords, type Passphrase } from "./prove-words.tsx";

/** A new person's way in: a passkey, or six words shown once and asked back from the paper. */
export function ChooseFactor(props: {
  readonly makePassphrase: () => Promise<Passphrase>;
  readonly busy: boolean;
  readonly problem: ClientRefusal | "fault" | null;
  readonly onChosen: (factor: FactorChoice) => void;
}) {
  const [kind, setKind] = useState<"passkey" | "passphrase">("passkey");
  const [made, setMade] = useState<Passphrase | null>(null);
  const problem = sayProblem(props.problem);
  const { factor } = words;
  if (made !== null) {
    return (
      <ProveWords
        made={made}
        busy={props.busy}
        problem={problem}
        onBack={() => setMade(null)}
        onProved={() => props.onChosen({ kind: "passphrase", ...made })}
      />
    );
  }
  const go = () => {
    if (kind === "passkey") props.onChosen({ kind });
    else void props.makePassphrase().then(setMade);
  };
  return (
    <Form onSubmit={go}>
      {problem === null ? null : <Banner>{problem}</Banner>}
      <RadioCards
        legend={factor.legend}
        value={kind}
        onChange={setKind}
        options={[
          { value: "passkey", title: factor.passkey, hint: factor.passkeyHint },
          { value: "passphrase", title: factor.words, hint: factor.wordsHint },
        ]}
      />
      <Button submit tone="primary" disabled={props.busy}>
        {words.act.next}
      </Button>
    </Form>
  );
}
