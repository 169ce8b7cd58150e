import type { Actions, ClientRefusal, FactorView, RoomView, SignInChoice } from "@sotto/client";
import { EyeOff } from "lucide-react";
import { useState } from "react";
import { Banner, Button, Check, Form, RadioCards, TextField, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";

type Kind = SignInChoice["kind"];

/** A room that stays hidden until its person shows a way in once more. Says nothing of the room. */
export function SecondLook(props: {
  readonly actions: Pick<Actions, "lookInto">;
  readonly room: RoomView["room"];
  readonly factors: readonly FactorView[];
}) {
  const kinds = new Set(props.factors.map((factor) => factor.kind));
  const [chosen, setChosen] = useState<Kind | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [secret, setSecret] = useState("");
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const { factor, secondLook } = words;
  const options = (
    [
      { value: "passkey", title: factor.passkey, hint: factor.passkeyHint },
      { value: "passphrase", title: factor.words, hint: factor.wordsHint },
      { value: "recovery", title: factor.sheet, hint: factor.code },
    ] as const
  ).filter(({ value }) => kinds.has(value));
  const kind = chosen ?? options[0]?.value ?? "passkey";
  const signInName = name ?? props.factors.find((known) => known.name !== null)?.name ?? "";
  const choice = (): SignInChoice => {
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
    <div className="page door stack">
      <a className="back" href="/">
        {words.room.back}
      </a>
      <EyeOff aria-hidden="true" />
      <Title>{secondLook.title}</Title>
      <p>{secondLook.text}</p>
      {options.length === 0 ? <p>{words.starting}</p> : null}
      <Form
        onSubmit={() =>
          attempt(async () => {
            const shown = await props.actions.lookInto({ room: props.room, choice: choice() });
            setSecret("");
            return shown;
          })
        }
      >
        {said === null ? null : <Banner>{said}</Banner>}
        {options.length < 2 ? null : (
          <RadioCards
            legend={factor.legend}
            value={kind}
            onChange={(next) => {
              setChosen(next);
              setSecret("");
            }}
            options={options}
          />
        )}
        {kind === "passphrase" ? (
          <TextField kind="code" label={factor.name} value={signInName} onChange={setName} />
        ) : null}
        {kind === "passkey" ? null : (
          <TextField
            kind="code"
            label={kind === "passphrase" ? factor.sixWords : factor.code}
            value={secret}
            onChange={setSecret}
          />
        )}
        <Button submit tone="primary" disabled={busy || (kind !== "passkey" && secret.trim() === "")}>
          {busy ? words.starting : secondLook.go}
        </Button>
      </Form>
    </div>
  );
}

/** Whether a room asks once more before it opens, chosen inside it. */
export function SecondLookChoice(props: {
  readonly actions: Pick<Actions, "markSecondLook">;
  readonly room: RoomView;
}) {
  const { room, secondLook: state } = props.room;
  const { problem, attempt } = useAttempt<ClientRefusal>();
  // What was chosen stands at once; what was refused does not.
  const [wanted, setWanted] = useState<boolean | null>(null);
  const said = sayProblem(problem);
  const { secondLook } = words;
  const choose = (isOn: boolean) => {
    setWanted(isOn);
    attempt(() => props.actions.markSecondLook({ room, isOn }));
  };
  return (
    <div className="stack-tight">
      <Check
        label={secondLook.choice}
        checked={problem === null && wanted !== null ? wanted : state !== "none"}
        onChange={choose}
      />
      {said === null ? null : <Banner>{said}</Banner>}
      <p className="quiet">{secondLook.choiceHint}</p>
      <p className="quiet">{secondLook.honest}</p>
    </div>
  );
}
