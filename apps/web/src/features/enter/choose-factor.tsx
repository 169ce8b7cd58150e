import type { ClientRefusal, FactorChoice } from "@sotto/client";
import { useState } from "react";
import { Banner, Button, Form, RadioCards, TextField } from "../../ui/parts.tsx";
import { sayProblem, words } from "../../words/words.ts";

type Passphrase = { readonly name: string; readonly words: string };

/** Asks for two of the six words back, so that they are on paper before they are gone from the screen. */
const ASKED = [1, 4] as const;

/** A new person's way in: a passkey, or six words shown once. */
export function ChooseFactor(props: {
  readonly makePassphrase: () => Promise<Passphrase>;
  readonly busy: boolean;
  readonly problem: ClientRefusal | "fault" | null;
  readonly onChosen: (factor: FactorChoice) => void;
}) {
  const [kind, setKind] = useState<"passkey" | "passphrase">("passkey");
  const [made, setMade] = useState<Passphrase | null>(null);
  const [typed, setTyped] = useState(["", ""]);
  const [mistyped, setMistyped] = useState(false);
  const problem = sayProblem(props.problem);
  const go = () => {
    if (kind === "passkey") return props.onChosen({ kind });
    if (made === null) return void props.makePassphrase().then(setMade);
    const secret = made.words.split(/[\s-]+/);
    const matches = ASKED.every((position, index) => secret[position] === typed[index]?.trim().toLowerCase());
    setMistyped(!matches);
    if (matches) props.onChosen({ kind: "passphrase", ...made });
  };
  const factor = words.factor;
  return (
    <Form onSubmit={go}>
      {problem === null ? null : <Banner>{problem}</Banner>}
      {made === null ? (
        <RadioCards
          legend={factor.legend}
          value={kind}
          onChange={setKind}
          options={[
            { value: "passkey", title: factor.passkey, hint: factor.passkeyHint },
            { value: "passphrase", title: factor.words, hint: factor.wordsHint },
          ]}
        />
      ) : (
        <>
          <div className="card stack">
            <p>{factor.shownOnce}</p>
            <p>
              {factor.name}: <strong className="code">{made.name}</strong>
            </p>
            <p>
              {factor.sixWords}: <strong className="code">{made.words}</strong>
            </p>
          </div>
          {ASKED.map((position, index) => (
            <TextField
              key={position}
              label={factor.confirm(position + 1)}
              value={typed[index] ?? ""}
              onChange={(value) => setTyped(typed.with(index, value))}
            />
          ))}
          {mistyped ? <Banner>{factor.confirmWrong}</Banner> : null}
        </>
      )}
      <Button submit primary disabled={props.busy}>
        {words.act.next}
      </Button>
    </Form>
  );
}
