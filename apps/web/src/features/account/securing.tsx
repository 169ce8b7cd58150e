import type { Actions, ClientRefusal, FactorView } from "@sotto/client";
import { useState, type ReactNode } from "react";
import { Banner, Button, Form, TextField, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";
import { Prove, Sheet } from "./recovery-sheet.tsx";

type Step = "why" | "sheet" | "ways" | "prove" | "done";

function titleOf(step: Step): string {
  const { proveTitle, sheetTitle, title, waysTitle } = words.loss;
  return { why: title, sheet: sheetTitle, ways: waysTitle, prove: proveTitle, done: title }[step];
}

/**
 * Beginning anew after a sheet or a phone came into other hands: a new sheet, then the ways in that are still there, then
 * everything at once. Until the last step nothing has changed.
 */
export function Securing(props: {
  readonly actions: Pick<Actions, "beginSecuring" | "proveWay" | "finishSecuring">;
  readonly address: string;
  readonly factors: readonly FactorView[];
  readonly onSavePdf: (code: string) => Promise<void>;
  readonly onClose: () => void;
  /** What locks at once, as on every screen. */
  readonly lock: ReactNode;
}) {
  const { actions } = props;
  const { loss } = words;
  const [step, setStep] = useState<Step>("why");
  const [code, setCode] = useState("");
  const [kept, setKept] = useState<readonly string[]>([]);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const ways = props.factors.filter(({ kind }) => kind !== "recovery");
  const begin = () =>
    attempt(
      () => actions.beginSecuring(),
      (sheet) => {
        setCode(sheet.code);
        setStep("sheet");
      },
    );
  const keep = (choice: Parameters<Actions["proveWay"]>[0]) =>
    attempt(
      () => actions.proveWay(choice),
      (factor) => setKept([...kept, factor]),
    );
  return (
    <main className="page door stack">
      <div className="row row-between no-print">
        <p className="brand">{words.product}</p>
        {props.lock}
      </div>
      <Title key={step}>{titleOf(step)}</Title>
      {said === null ? null : <Banner>{said}</Banner>}
      {step === "why" ? (
        <>
          <ol className="stack">
            {loss.steps.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ol>
          <p className="quiet">{loss.cannot}</p>
          {ways.length === 0 ? <Banner>{loss.noWay}</Banner> : null}
          <div className="row">
            <Button onPress={props.onClose}>{words.act.back}</Button>
            <Button tone="primary" disabled={busy || ways.length === 0} onPress={begin}>
              {loss.begin}
            </Button>
          </div>
        </>
      ) : step === "sheet" ? (
        <Sheet
          code={code}
          address={props.address}
          onSavePdf={() => void props.onSavePdf(code)}
          onKept={() => setStep("ways")}
        />
      ) : step === "ways" ? (
        <>
          <p>{loss.waysHint}</p>
          <ul className="plain-list">
            {ways.map((way) => (
              <Way
                key={way.factor}
                way={way}
                isKept={kept.includes(way.factor)}
                busy={busy}
                onWords={(secret) => keep({ kind: "passphrase", name: way.name ?? "", words: secret })}
              />
            ))}
          </ul>
          <div className="row">
            {ways.some(({ factor, kind }) => kind === "passkey" && !kept.includes(factor)) ? (
              <Button disabled={busy} onPress={() => keep({ kind: "passkey" })}>
                {loss.usePasskey}
              </Button>
            ) : null}
            <Button tone="primary" disabled={busy || kept.length === 0} onPress={() => setStep("prove")}>
              {words.act.next}
            </Button>
          </div>
        </>
      ) : step === "prove" ? (
        <Prove
          busy={busy}
          go={loss.finish}
          onBack={() => setStep("ways")}
          onTyped={(typed) =>
            attempt(
              () => actions.finishSecuring(typed),
              () => setStep("done"),
            )
          }
        />
      ) : (
        <>
          <Banner tone="quiet">{loss.done}</Banner>
          <div className="row">
            <Button tone="primary" onPress={props.onClose}>
              {words.act.next}
            </Button>
          </div>
        </>
      )}
    </main>
  );
}

function Way(props: {
  readonly way: FactorView;
  readonly isKept: boolean;
  readonly busy: boolean;
  readonly onWords: (words: string) => void;
}) {
  const { loss } = words;
  const { isKept, way } = props;
  const [secret, setSecret] = useState("");
  const isPasskey = way.kind === "passkey";
  return (
    <li className="card stack">
      <div className="row row-between">
        <strong>{isPasskey ? words.factor.passkey : `${words.factor.words}: ${way.name ?? ""}`}</strong>
        <span className="tag" {...(isKept ? { "data-tone": "good" } : {})}>
          {isKept ? loss.staying : loss.going}
        </span>
      </div>
      {isPasskey || isKept ? null : (
        <Form onSubmit={() => props.onWords(secret.trim())}>
          <TextField
            kind="code"
            label={loss.showingWords(way.name ?? "")}
            value={secret}
            onChange={setSecret}
          />
          <Button submit disabled={props.busy || secret.trim() === ""}>
            {loss.showWords}
          </Button>
        </Form>
      )}
    </li>
  );
}
