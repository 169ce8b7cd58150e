import type { Actions, ClientRefusal } from "@sotto/client";
import { useState } from "react";
import { Banner, Button, Check, Form, TextField } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { reminderWords } from "../../words/reminders.ts";
import { sayProblem, words } from "../../words/words.ts";
import { QuietHoursFields, quietAtFirst } from "./quiet-hours.tsx";

/** Proves that a mailbox is theirs by a code that is sent there, and then reminds them by it. */
export function MailReminder(props: {
  readonly actions: Pick<Actions, "startMailReminder" | "addMailReminder">;
  /** Whether the address of the page may stand in a mail. */
  readonly mayLink: boolean;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  const [address, setAddress] = useState("");
  const [proof, setProof] = useState<string | null>(null);
  const [code, setCode] = useState("");
  const [withLink, setLink] = useState(false);
  const [quiet, setQuiet] = useState(quietAtFirst);
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const { byMail } = reminderWords;
  const start = () =>
    attempt(
      () => props.actions.startMailReminder(address),
      (sent) => setProof(sent.proof),
    );
  const add = (started: string) =>
    attempt(
      () => props.actions.addMailReminder({ proof: started, code, withLink, quiet }),
      () => props.onDone(),
    );
  const back = () => (proof === null ? props.onCancel() : setProof(null));
  return (
    <Form onSubmit={() => (proof === null ? start() : add(proof))}>
      {said === null ? null : <Banner>{said}</Banner>}
      {proof === null ? (
        <>
          <p>{byMail.seen}</p>
          <p>{byMail.others}</p>
          <p>{reminderWords.insight}</p>
          <p>{byMail.advice}</p>
          <TextField kind="code" label={byMail.address} value={address} onChange={setAddress} autoFocus />
        </>
      ) : (
        <>
          <p role="status">{byMail.sent(address.trim())}</p>
          <TextField
            kind="code"
            label={byMail.code}
            hint={byMail.codeHint}
            value={code}
            onChange={setCode}
            autoFocus
          />
          <QuietHoursFields quiet={quiet} onChange={setQuiet} />
          {props.mayLink ? (
            <div className="stack-tight">
              <Check label={byMail.link} checked={withLink} onChange={setLink} />
              <p className="quiet">{byMail.linkHint}</p>
            </div>
          ) : null}
        </>
      )}
      <div className="row">
        <Button onPress={back}>{proof === null ? words.act.cancel : words.act.back}</Button>
        <Button submit tone="primary" disabled={busy || (proof === null ? address : code).trim() === ""}>
          {proof === null ? byMail.send : byMail.on}
        </Button>
      </div>
    </Form>
  );
}
