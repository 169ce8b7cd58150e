import type { Actions, ClientRefusal } from "@sotto/client";
import { useState } from "react";
import { Banner, Button, Form, TextField, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";
import { ChooseFactor } from "./choose-factor.tsx";

/** The first start: code, names, a way in. The recovery sheet follows once the account exists. */
export function SetUp(props: {
  readonly actions: Pick<Actions, "checkSetupCode" | "setUp">;
  readonly makePassphrase: () => Promise<{ readonly name: string; readonly words: string }>;
  readonly code: string;
}) {
  const [step, setStep] = useState<1 | 2>(1);
  const [code, setCode] = useState(props.code);
  const [practiceName, setPracticeName] = useState("");
  const [myName, setMyName] = useState("");
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const check = () =>
    attempt(
      () => props.actions.checkSetupCode(code.trim()),
      () => setStep(2),
    );
  const names = { practiceName: practiceName.trim(), myName: myName.trim() };
  return (
    <main className="page door stack">
      <p className="brand">{words.product}</p>
      <div>
        <p className="steps">{words.setUp.step(step)}</p>
        <Title key={step}>{step === 1 ? words.setUp.title : words.setUp.factorTitle}</Title>
      </div>
      {step === 1 ? (
        <Form onSubmit={check}>
          {said === null ? null : <Banner>{said}</Banner>}
          <TextField
            kind="code"
            label={words.setUp.code}
            hint={words.setUp.codeHint}
            value={code}
            onChange={setCode}
          />
          <TextField label={words.setUp.practice} value={practiceName} onChange={setPracticeName} />
          <TextField label={words.setUp.me} hint={words.setUp.hint} value={myName} onChange={setMyName} />
          <Button
            submit
            tone="primary"
            disabled={busy || code.trim() === "" || names.practiceName === "" || names.myName === ""}
          >
            {words.act.next}
          </Button>
        </Form>
      ) : (
        <ChooseFactor
          makePassphrase={props.makePassphrase}
          busy={busy}
          problem={problem}
          onChosen={(factor) => attempt(() => props.actions.setUp({ code: code.trim(), ...names, factor }))}
        />
      )}
    </main>
  );
}
