import type { Actions, ClientRefusal } from "@sotto/client";
import { useState } from "react";
import { Banner, Button, Form, TextField, Title } from "../../ui/parts.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";

/** Shows the sheet, then asks for it back from the paper. It counts only when typed. */
export function RecoverySheet(props: {
  readonly actions: Pick<Actions, "makeSheet" | "proveSheet">;
  readonly onProved: () => void;
}) {
  const [code, setCode] = useState<string | null>(null);
  const [kept, setKept] = useState(false);
  const [typed, setTyped] = useState("");
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  return (
    <main className="page stack">
      <Title>{words.sheet.title}</Title>
      {said === null ? null : <Banner>{said}</Banner>}
      {code === null ? (
        <>
          <p>{words.sheet.why}</p>
          <Button
            primary
            disabled={busy}
            onPress={() =>
              attempt(
                () => props.actions.makeSheet(),
                (sheet) => setCode(sheet.code),
              )
            }
          >
            {words.sheet.make}
          </Button>
        </>
      ) : kept ? (
        <Form onSubmit={() => attempt(() => props.actions.proveSheet(typed), props.onProved)}>
          <p>{words.sheet.prove}</p>
          <TextField label={words.sheet.typed} value={typed} onChange={setTyped} />
          <div className="row">
            <Button onPress={() => setKept(false)}>{words.act.back}</Button>
            <Button submit primary disabled={busy}>
              {words.act.next}
            </Button>
          </div>
        </Form>
      ) : (
        <>
          <p className="code card">{code}</p>
          <QrCode text={code} label={words.sheet.title} />
          <div className="row">
            <Button onPress={() => window.print()}>{words.act.print}</Button>
            <Button primary onPress={() => setKept(true)}>
              {words.sheet.kept}
            </Button>
          </div>
        </>
      )}
    </main>
  );
}
