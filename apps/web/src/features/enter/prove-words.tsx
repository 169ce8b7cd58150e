import { useState } from "react";
import { Banner, Button, Form, TextField } from "../../ui/parts.tsx";
import { PassphraseCard } from "../../ui/passphrase-card.tsx";
import { words } from "../../words/words.ts";

export type Passphrase = { readonly name: string; readonly words: string };

/** Which of the six are asked back, so that they are on paper before they are gone from the screen. */
const ASKED = [1, 4] as const;

/** Shows a new sign-in name and its six words, then hides them and asks for two. */
export function ProveWords(props: {
  readonly made: Passphrase;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onBack: () => void;
  readonly onProved: () => void;
}) {
  const [isWritten, setWritten] = useState(false);
  const [typed, setTyped] = useState(["", ""]);
  const [isMistyped, setMistyped] = useState(false);
  const secret = props.made.words.split(" ");
  const { factor } = words;
  if (!isWritten) {
    return (
      <div className="stack">
        <h2>{factor.writeDown}</h2>
        <p>{factor.shownOnce}</p>
        <PassphraseCard
          nameLabel={factor.name}
          wordsLabel={factor.sixWords}
          name={props.made.name}
          words={secret}
        />
        <div className="row">
          <Button onPress={props.onBack}>{words.act.back}</Button>
          <Button tone="primary" onPress={() => setWritten(true)}>
            {factor.written}
          </Button>
        </div>
      </div>
    );
  }
  const check = () => {
    const isRight = ASKED.every((position, index) => secret[position] === typed[index]?.trim().toLowerCase());
    setMistyped(!isRight);
    if (isRight) props.onProved();
  };
  return (
    <Form onSubmit={check}>
      {props.problem === null ? null : <Banner>{props.problem}</Banner>}
      <p>{factor.check}</p>
      {ASKED.map((position, index) => (
        <TextField
          key={position}
          kind="code"
          autoFocus={index === 0}
          label={factor.confirm(position + 1)}
          value={typed[index] ?? ""}
          onChange={(value) => setTyped(typed.with(index, value))}
        />
      ))}
      {isMistyped ? <Banner>{factor.confirmWrong}</Banner> : null}
      <div className="row">
        <Button onPress={() => setWritten(false)}>{factor.again}</Button>
        <Button submit tone="primary" disabled={props.busy}>
          {words.act.next}
        </Button>
      </div>
    </Form>
  );
}
