import type { Actions, ClientRefusal, PracticeView } from "@sotto/client";
import { useRef, useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button, Form, TextField } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";

/** The practice's continuity: whether there is one, where it reads, and, for those who run the practice, bringing it in and ending it. */
export function Continuity(props: {
  readonly actions: Pick<Actions, "bringCustodian" | "endCustodian">;
  readonly practice: PracticeView;
}) {
  const { actions, practice } = props;
  const { custodian } = practice;
  const [bringing, setBringing] = useState(false);
  const [ending, setEnding] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const end = () => {
    setEnding(false);
    attempt(() => actions.endCustodian());
  };
  return (
    <section className="stack" aria-labelledby="continuity">
      <h2 id="continuity">{words.continuity.title}</h2>
      <p>{words.continuity.text}</p>
      {custodian === null ? (
        <p className="quiet">
          {words.continuity.none} {practice.mayInvite && !bringing ? words.continuity.how : null}
        </p>
      ) : (
        <>
          <p>
            <strong>{custodian.name}</strong>
            <br />
            <span className="quiet">
              {custodian.roomsInAll === 0
                ? words.continuity.noRooms
                : words.continuity.inRooms(custodian.rooms, custodian.roomsInAll)}
            </span>
          </p>
          {practice.retention.endedSinceSheets ? (
            <Banner tone="quiet">{words.continuity.endedSince}</Banner>
          ) : null}
          <Numbers practice={practice} />
        </>
      )}
      {said === null || bringing ? null : <Banner>{said}</Banner>}
      {!practice.mayInvite ? null : bringing ? (
        <BringIn
          busy={busy}
          problem={said}
          onCancel={() => setBringing(false)}
          onBring={(text) =>
            attempt(
              () => actions.bringCustodian({ text, name: words.continuity.name }),
              () => setBringing(false),
            )
          }
        />
      ) : (
        <div className="row">
          <Button disabled={busy} onPress={() => setBringing(true)}>
            {custodian === null ? words.continuity.bring : words.continuity.bringNew}
          </Button>
          {custodian === null ? null : (
            <Button tone="plain" disabled={busy} onPress={() => setEnding(true)}>
              {words.continuity.end}
            </Button>
          )}
        </div>
      )}
      {ending ? (
        <Ask
          title={words.continuity.endTitle}
          text={words.continuity.endText}
          yes={words.continuity.end}
          no={words.act.cancel}
          onYes={end}
          onNo={() => setEnding(false)}
        />
      ) : null}
    </section>
  );
}

/** By which the command that opens rooms names people. */
function Numbers(props: { readonly practice: PracticeView }) {
  return (
    <details>
      <summary>{words.continuity.numbers}</summary>
      <p className="quiet">{words.continuity.numbersHint}</p>
      <ul className="plain-list">
        {props.practice.people.map(({ account, staff }) =>
          account === null ? null : (
            <li key={account}>
              {staff.name}
              <br />
              <code className="anywhere">{account}</code>
            </li>
          ),
        )}
      </ul>
    </details>
  );
}

function BringIn(props: {
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onBring: (text: string) => void;
  readonly onCancel: () => void;
}) {
  const [text, setText] = useState("");
  const [asking, setAsking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const take = async () => {
    const file = field.current?.files?.[0];
    if (file !== undefined) setText((await file.text()).trim());
  };
  return (
    <div className="card stack">
      <Form onSubmit={() => setAsking(true)}>
        <p className="quiet">{words.continuity.how}</p>
        <div className="row">
          <Button onPress={() => field.current?.click()}>{words.continuity.file}</Button>
          <input
            ref={field}
            type="file"
            accept=".txt,text/plain"
            hidden
            tabIndex={-1}
            aria-hidden="true"
            onChange={() => void take()}
          />
        </div>
        <TextField label={words.continuity.paste} kind="code" value={text} onChange={setText} />
        {props.problem === null ? null : <Banner>{props.problem}</Banner>}
        <div className="row">
          <Button onPress={props.onCancel}>{words.act.cancel}</Button>
          <Button submit tone="primary" disabled={props.busy || text.trim() === ""}>
            {words.continuity.bring}
          </Button>
        </div>
      </Form>
      {asking ? (
        <Ask
          title={words.continuity.askTitle}
          text={words.continuity.askText}
          yes={words.continuity.bring}
          no={words.act.cancel}
          onYes={() => {
            setAsking(false);
            props.onBring(text);
          }}
          onNo={() => setAsking(false)}
        />
      ) : null}
    </div>
  );
}
