import { useState } from "react";
import { Banner, Button, Form, RadioCards, TextField } from "./parts.tsx";

type Kind = "passkey" | "passphrase" | "recovery";

/** A way in that whoever is in shows once more. */
export type ShownChoice =
  | { readonly kind: "passkey" }
  | { readonly kind: "passphrase"; readonly name: string; readonly words: string }
  | { readonly kind: "recovery"; readonly code: string };

/** Asks for any of the ways in that an account has, so that it is known who sits there. Nobody is signed in by it. */
export function WayForm(props: {
  readonly factors: readonly { readonly kind: Kind; readonly name: string | null }[];
  readonly texts: Readonly<
    Record<
      "legend" | "passkey" | "passkeyHint" | "words" | "wordsHint" | "sheet" | "code" | "name" | "sixWords",
      string
    >
  >;
  readonly go: string;
  readonly waiting: string;
  readonly busy: boolean;
  readonly problem: string | null;
  /** What was typed is gone from the page when `answered` is called. */
  readonly onShow: (choice: ShownChoice, answered: () => void) => void;
}) {
  const kinds = new Set(props.factors.map((factor) => factor.kind));
  const [chosen, setChosen] = useState<Kind | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [secret, setSecret] = useState("");
  const { busy, problem, texts } = props;
  const options = (
    [
      { value: "passkey", title: texts.passkey, hint: texts.passkeyHint },
      { value: "passphrase", title: texts.words, hint: texts.wordsHint },
      { value: "recovery", title: texts.sheet, hint: texts.code },
    ] as const
  ).filter(({ value }) => kinds.has(value));
  const kind = chosen ?? options[0]?.value ?? "passkey";
  const signInName = name ?? props.factors.find((known) => known.name !== null)?.name ?? "";
  const choice = (): ShownChoice => {
    switch (kind) {
      case "passkey":
        return { kind };
      case "passphrase":
        return { kind, name: signInName, words: secret };
      case "recovery":
        return { kind, code: secret };
    }
  };
  return (
    <>
      {options.length === 0 ? <p>{props.waiting}</p> : null}
      <Form onSubmit={() => props.onShow(choice(), () => setSecret(""))}>
        {problem === null ? null : <Banner>{problem}</Banner>}
        {options.length < 2 ? null : (
          <RadioCards
            legend={texts.legend}
            value={kind}
            onChange={(next) => {
              setChosen(next);
              setSecret("");
            }}
            options={options}
          />
        )}
        {kind === "passphrase" ? (
          <TextField kind="code" label={texts.name} value={signInName} onChange={setName} />
        ) : null}
        {kind === "passkey" ? null : (
          <TextField
            kind="code"
            label={kind === "passphrase" ? texts.sixWords : texts.code}
            value={secret}
            onChange={setSecret}
          />
        )}
        <Button submit tone="primary" disabled={busy || (kind !== "passkey" && secret.trim() === "")}>
          {busy ? props.waiting : props.go}
        </Button>
      </Form>
    </>
  );
}
