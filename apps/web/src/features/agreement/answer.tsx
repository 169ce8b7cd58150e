import type { Actions, AgreementVersionView, ClientRefusal, SignerView } from "@sotto/client";
import type { FamilyId, SignerAnswer } from "@sotto/domain";
import { useState } from "react";
import { Banner, Button, Form, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { useAgreementSign } from "./language.ts";
import { sayProblem } from "../../words/words.ts";
import { LongText } from "../../ui/long-text.tsx";

/** Says no, not yet, or that something should change: with a reason or without, and as easily as signing. */
export function Answer(props: {
  readonly actions: Pick<Actions, "answerAgreement">;
  readonly family: FamilyId;
  readonly item: AgreementVersionView;
  readonly mine: SignerView;
  readonly answer: SignerAnswer;
  readonly onSent: () => void;
  readonly onDone: () => void;
}) {
  const { actions, answer, family, item, mine } = props;
  const { answer: texts, cancel } = useAgreementSign();
  const { text, title, why } = texts[answer];
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const [reason, setReason] = useState(mine.answer === answer ? (mine.own?.reason ?? "") : "");
  const said = sayProblem(problem);
  const send = () =>
    attempt(
      () => actions.answerAgreement({ family, version: item.version.version, answer, reason }),
      props.onSent,
    );
  return (
    <div className="stack">
      <Title>{title}</Title>
      <p>{text}</p>
      {mine.signatures.length > 0 ? <p>{texts.takesBack}</p> : null}
      <Form onSubmit={send}>
        {said === null ? null : <Banner>{said}</Banner>}
        <LongText label={why} hint={texts.optional} value={reason} onChange={setReason} />
        <p className="quiet">{texts.seen}</p>
        <div className="turn">
          <Button onPress={props.onDone}>{cancel}</Button>
          <Button submit tone="primary" disabled={busy}>
            {texts.send}
          </Button>
        </div>
      </Form>
    </div>
  );
}
