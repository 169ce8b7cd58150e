import type { Actions, ClientRefusal } from "@sotto/client";
import type { AgreementPart, AgreementVersionId, FamilyId } from "@sotto/domain";
import { useEffect, useRef, useState } from "react";
import { Banner, Button, Check, Form } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { useAgreementSign } from "./language.ts";
import { sayProblem } from "../../words/words.ts";
import { LongText } from "../../ui/long-text.tsx";

/** What somebody is asking about one part, while they write it. */
export interface Asking {
  readonly text: string;
  readonly mayShare: boolean;
}

/** Asks the therapist about one part. What was typed is held by whoever shows the form, so that it is there again after a look at another part. */
export function AskForm(props: {
  readonly actions: Pick<Actions, "askAboutAgreement">;
  readonly family: FamilyId;
  readonly version: AgreementVersionId;
  readonly part: AgreementPart;
  /** What was asked has no answer yet. */
  readonly isWaiting: boolean;
  readonly asking: Asking | null;
  readonly onAsking: (asking: Asking | null) => void;
  readonly onSent: (text: string) => void;
}) {
  const { actions, asking, family, onAsking, onSent, part, version } = props;
  const { ask, cancel } = useAgreementSign();
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const [isSent, setSent] = useState(false);
  const said = sayProblem(problem);
  // Who has sent or closed the form goes on where it stood.
  const place = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(asking !== null);
  useEffect(() => {
    if (wasOpen.current && asking === null) place.current?.focus();
    wasOpen.current = asking !== null;
  }, [asking]);
  if (asking === null) {
    return (
      <div ref={place} tabIndex={-1} className="stack ask-place">
        {isSent && props.isWaiting ? <Banner tone="quiet">{ask.sent}</Banner> : null}
        <div className="row">
          <Button
            onPress={() => {
              setSent(false);
              onAsking({ text: "", mayShare: false });
            }}
          >
            {ask.open}
          </Button>
        </div>
      </div>
    );
  }
  const { mayShare, text } = asking;
  const send = () =>
    attempt(
      () => actions.askAboutAgreement({ family, version, part, text, mayShare }),
      () => {
        onSent(text.trim());
        onAsking(null);
        setSent(true);
      },
    );
  return (
    <Form onSubmit={send}>
      {said === null ? null : <Banner>{said}</Banner>}
      <LongText
        label={ask.title}
        hint={ask.hint}
        value={text}
        onChange={(next) => onAsking({ ...asking, text: next })}
        takesFocus
      />
      <Check
        label={ask.mayShare}
        checked={mayShare}
        onChange={(next) => onAsking({ ...asking, mayShare: next })}
      />
      <div className="row">
        <Button submit tone="primary" disabled={busy || text.trim() === ""}>
          {ask.send}
        </Button>
        <Button onPress={() => onAsking(null)}>{cancel}</Button>
      </div>
    </Form>
  );
}
