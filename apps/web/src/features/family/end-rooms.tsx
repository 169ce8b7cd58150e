import type { Actions, ClientRefusal, FamilyView, RoomToEnd } from "@sotto/client";
import { useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button, Check } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { keeping, keepingFamily as said } from "../../words/keeping.ts";
import { sayProblem, words } from "../../words/words.ts";

interface EndProps {
  readonly actions: Pick<Actions, "proposeDisposal" | "withdrawDisposal">;
  readonly family: FamilyView;
}

const nameOf = ({ kind, names, subgroup, title }: RoomToEnd): string => {
  const what = subgroup === null ? title || words.roomKinds[kind] : words.subgroups[subgroup];
  return names.length === 0 ? what : `${what}: ${names.join(", ")}`;
};

/** What would be lost and for whom; then somebody else is asked. Nothing while anything stands in the way. */
export function EndRooms(props: EndProps) {
  const { actions } = props;
  const { family } = props.family;
  const { family: rooms, isIncomplete, record, toEnd } = props.family.retention;
  const [isWithRecord, setWithRecord] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const refusal = sayProblem(problem);
  const isRecordFree = record.obstacles.length === 0;
  const isOnlyRecord = toEnd.length === 0;
  const isFree = isOnlyRecord ? isRecordFree : rooms.obstacles.length === 0;
  if (!isFree || isIncomplete) return null;
  const withRecord = isOnlyRecord || (isRecordFree && isWithRecord);
  return (
    <details className="fold">
      <summary>{said.end}</summary>
      <div className="stack">
        <p>{said.endText}</p>
        <p>{said.tellThem}</p>
        <div className="stack-tight">
          <h3>{said.lost}</h3>
          <ul>
            {toEnd.map((room) => (
              <li key={room.room}>
                {nameOf(room)}
                {room.isElsewhere ? <span className="quiet"> ({said.elsewhere})</span> : null}
              </li>
            ))}
            {withRecord ? <li>{keeping.record}</li> : null}
          </ul>
          <p>{keeping.isLost(toEnd.length, withRecord)}</p>
          <p className="quiet">{keeping.backups}</p>
        </div>
        {isOnlyRecord ? null : isRecordFree ? (
          <Check label={said.withRecord} checked={isWithRecord} onChange={setWithRecord} />
        ) : (
          <p className="quiet">{said.recordWaits}</p>
        )}
        {refusal === null ? null : <Banner>{refusal}</Banner>}
        <div className="row">
          <Button tone="danger" disabled={busy} onPress={() => setAsking(true)}>
            {said.ask}
          </Button>
        </div>
      </div>
      {isAsking ? (
        <Ask
          title={said.askTitle}
          text={`${said.endText} ${said.tellThem}`}
          yes={said.ask}
          no={words.act.cancel}
          onYes={() => {
            setAsking(false);
            attempt(() => actions.proposeDisposal({ family, withRecord }));
          }}
          onNo={() => setAsking(false)}
        />
      ) : null}
    </details>
  );
}

/** It has been asked for. Who decides does so on the page of the practice. */
export function EndAsked(props: EndProps) {
  const { disposal } = props.family.retention;
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const refusal = sayProblem(problem);
  if (disposal === null) return null;
  const { confirmed, ended, family, proposed, rooms, step, withRecord } = disposal;
  return (
    <div className="card stack">
      <div className="stack-tight">
        <h3>{keeping.open}</h3>
        <p>{keeping.asked(proposed.name, rooms, withRecord)}</p>
        <p className="quiet">
          {said.number} <span className="anywhere">{family}</span>
        </p>
        {step.kind === "needs-another" ? <p>{keeping.needsAnother}</p> : null}
        {step.kind === "may-confirm-from" ? <p>{keeping.waitUntil(step.at)}</p> : null}
        {confirmed === null ? null : (
          <>
            <p className="quiet">{keeping.agreed(confirmed.name, confirmed.at)}</p>
            <p>{keeping.underWay(rooms + (withRecord ? 1 : 0) - ended.length)}</p>
          </>
        )}
      </div>
      {refusal === null ? null : <Banner>{refusal}</Banner>}
      <div className="row">
        {step.kind === "may-confirm" ? (
          <a className="button" href="/staff">
            {keeping.look}
          </a>
        ) : null}
        <Button
          tone="plain"
          disabled={busy}
          onPress={() => attempt(() => props.actions.withdrawDisposal({ disposal: disposal.disposal }))}
        >
          {keeping.takeBack}
        </Button>
      </div>
    </div>
  );
}
