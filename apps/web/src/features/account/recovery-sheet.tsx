import type { Actions, ClientRefusal } from "@sotto/client";
import { FileDown, Printer } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Banner, Button, Form, TextField, Title } from "../../ui/parts.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";

type Step = "why" | "show" | "prove";

/** Shows the sheet, then asks for it back from the paper. It counts only when typed. */
export function RecoverySheet(props: {
  readonly actions: Pick<Actions, "makeSheet" | "proveSheet">;
  readonly address: string;
  /** The last sheet has just been used to come in. */
  readonly wasSpent: boolean;
  readonly onSavePdf: (code: string) => Promise<void>;
  readonly onProved: () => void;
  readonly onLater: () => void;
  /** What locks at once, as on every screen. */
  readonly lock: ReactNode;
}) {
  const [code, setCode] = useState("");
  const [step, setStep] = useState<Step>("why");
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const make = () =>
    attempt(
      () => props.actions.makeSheet(),
      (sheet) => {
        setCode(sheet.code);
        setStep("show");
      },
    );
  return (
    <main className="page door stack">
      <div className="row row-between no-print">
        <p className="brand">{words.product}</p>
        {props.lock}
      </div>
      <Title key={step}>{step === "prove" ? words.sheet.prove : words.sheet.title}</Title>
      {said === null ? null : <Banner>{said}</Banner>}
      {step === "why" ? (
        <>
          {props.wasSpent ? <Banner tone="quiet">{words.sheet.spent}</Banner> : null}
          <p>{words.sheet.why}</p>
          <p>{words.sheet.how}</p>
          <div className="row">
            <Button onPress={props.onLater}>{words.sheet.later}</Button>
            <Button tone="primary" disabled={busy} onPress={make}>
              {words.sheet.make}
            </Button>
          </div>
        </>
      ) : step === "show" ? (
        <Sheet
          code={code}
          address={props.address}
          onSavePdf={() => void props.onSavePdf(code)}
          onKept={() => setStep("prove")}
        />
      ) : (
        <Prove
          busy={busy}
          onBack={() => setStep("show")}
          onTyped={(typed) => attempt(() => props.actions.proveSheet(typed), props.onProved)}
        />
      )}
    </main>
  );
}

/** The paper: shown, printed or saved, until it is kept. */
export function Sheet(props: {
  readonly code: string;
  readonly address: string;
  readonly onSavePdf: () => void;
  readonly onKept: () => void;
}) {
  const { sheet } = words;
  return (
    <>
      <div className="card stack paper">
        <h2 className="print-only">{sheet.paperTitle}</h2>
        <p className="code">{props.code}</p>
        <QrCode text={props.code} label={sheet.title} />
        <p className="quiet">{sheet.paperKeep}</p>
        <p className="quiet print-only">{sheet.paperUse(props.address)}</p>
      </div>
      <div className="row">
        <Button onPress={() => window.print()}>
          <Printer aria-hidden="true" size={20} />
          {words.act.print}
        </Button>
        <Button onPress={props.onSavePdf}>
          <FileDown aria-hidden="true" size={20} />
          {sheet.pdf}
        </Button>
      </div>
      <p className="quiet">{sheet.pdfWarning}</p>
      <Button tone="primary" onPress={props.onKept}>
        {sheet.kept}
      </Button>
    </>
  );
}

/** Asks for the code back from the paper. */
export function Prove(props: {
  readonly busy: boolean;
  /** What typing it does, where it does more than go on. */
  readonly go?: string;
  readonly onBack: () => void;
  readonly onTyped: (typed: string) => void;
}) {
  const [typed, setTyped] = useState("");
  return (
    <Form onSubmit={() => props.onTyped(typed)}>
      <TextField
        kind="code"
        label={words.sheet.typed}
        hint={words.sheet.proveHint}
        value={typed}
        onChange={setTyped}
        autoFocus
      />
      <div className="row">
        <Button onPress={props.onBack}>{words.act.back}</Button>
        <Button submit tone="primary" disabled={props.busy || typed.trim() === ""}>
          {props.go ?? words.act.next}
        </Button>
      </div>
    </Form>
  );
}
