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
  const [step, setStep] = useState<"names" | "factor">("names");
  const [code, setCode] = useState(props.code);
  const [practiceName, setPracticeName] = useState("");
  const [myName, setMyName] = useState("");
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  return (
    <main className="page stack">
      <Title>{words.setUp.title}</Title>
      {step === "names" ? (
        <Form
          onSubmit={() =>
            attempt(
              () => props.actions.checkSetupCode(code.trim()),
              () => setStep("factor"),
            )
          }
        >
          {said === null ? null : <Banner>{said}</Banner>}
          <TextField label={words.setUp.code} hint={words.setUp.codeHint} value={code} onChange={setCode} />
          <TextField label={words.setUp.practice} value={practiceName} onChange={setPracticeName} />
          <TextField label={words.setUp.me} hint={words.setUp.hint} value={myName} onChange={setMyName} />
          <Button submit primary disabled={busy || practiceName.trim() === "" || myName.trim() === ""}>
            {words.act.next}
          </Button>
        </Form>
      ) : (
        <ChooseFactor
          makePassphrase={props.makePassphrase}
          busy={busy}
          problem={problem}
          onChosen={(factor) =>
            attempt(() =>
              props.actions.setUp({
                code: code.trim(),
                practiceName: practiceName.trim(),
                myName: myName.trim(),
                factor,
              }),
            )
          }
        />
      )}
    </main>
  );
}
