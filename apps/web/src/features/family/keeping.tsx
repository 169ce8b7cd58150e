import type { Actions, ClientRefusal, FamilyView, RoomToEnd } from "@sotto/client";
import { HOLD_REASONS, type HoldReason, type Standing } from "@sotto/domain";
import { useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button, Check, Form, Select } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";
import { ComesOfAge } from "./comes-of-age.tsx";

export type KeepingTools = Pick<
  Actions,
  "setHold" | "setComesOfAge" | "proposeDisposal" | "withdrawDisposal"
>;

/** How long this family's rooms are kept: what stands in the way, holds, and asking to end them. */
export function Keeping(props: { readonly actions: KeepingTools; readonly family: FamilyView }) {
  const { actions, family } = props;
  const { disposal, hasEnded, kept, rule } = family.retention;
  const { keepingFamily: said } = words;
  return (
    <section className="stack" aria-labelledby="keeping-family">
      <h2 id="keeping-family">{said.title}</h2>
      {rule === null ? (
        <p className="quiet">
          <a href="/staff">{said.noRule}</a>
        </p>
      ) : null}
      {hasEnded ? <p>{said.ended}</p> : null}
      {family.closed ? <Standings family={family} /> : <p className="quiet">{said.open}</p>}
      {kept.hasMinor || kept.comesOfAge !== null ? (
        <ComesOfAge actions={actions} family={family.family} month={kept.comesOfAge} />
      ) : null}
      <Hold actions={actions} family={family} />
      {disposal === null ? (
        <End actions={actions} family={family} />
      ) : (
        <Asked actions={actions} family={family} />
      )}
    </section>
  );
}

/** When the rooms with the family, and the record, are due, and everything that stands in the way. */
function Standings(props: { readonly family: FamilyView }) {
  const { family, isIncomplete, record, rule, toEnd } = props.family.retention;
  const { keeping, keepingFamily: said } = words;
  if (rule === null) return null;
  const next = toEnd.length > 0 ? family : record;
  return (
    <div className="stack-tight">
      <dl className="facts">
        {toEnd.length === 0 ? null : (
          <>
            <dt>{keeping.familyRooms}</dt>
            <dd>{whenDue(family)}</dd>
          </>
        )}
        <dt>{keeping.record}</dt>
        <dd>{whenDue(record)}</dd>
      </dl>
      <h3>{said.inTheWay}</h3>
      {next.obstacles.length === 0 && !isIncomplete ? (
        <p>{said.free}</p>
      ) : (
        <ul>
          {next.obstacles.map((obstacle) => (
            <li key={obstacle.kind}>{said.obstacle(obstacle)}</li>
          ))}
          {isIncomplete ? <li>{said.incomplete}</li> : null}
        </ul>
      )}
      {next.isPastMaximum && next.obstacles.length > 0 ? (
        <Banner tone="quiet">{keeping.pastMaximumText}</Banner>
      ) : null}
    </div>
  );
}

const whenDue = ({ dueAt, obstacles }: Standing): string => {
  const { keeping } = words;
  if (dueAt === null) return keeping.notDue;
  const isWaiting = obstacles.some(({ kind }) => kind === "not-due" || kind === "minor");
  return isWaiting ? keeping.dueOn(dueAt) : keeping.dueSince(dueAt);
};

function Hold(props: { readonly actions: KeepingTools; readonly family: FamilyView }) {
  const { actions } = props;
  const { family } = props.family;
  const { hold } = props.family.retention.kept;
  const { keepingFamily: said } = words;
  const [reason, setReason] = useState<HoldReason>("court");
  const [isLifting, setLifting] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const refusal = sayProblem(problem);
  const set = (next: HoldReason | null) => attempt(() => actions.setHold({ family, reason: next }));
  return (
    <div className="stack-tight">
      <h3>{said.hold}</h3>
      {hold === null ? (
        <Form onSubmit={() => set(reason)}>
          <p className="quiet">{said.holdText}</p>
          <Select
            label={said.holdWhy}
            value={reason}
            options={HOLD_REASONS.map((known) => [known, said.holds[known]] as const)}
            onChange={setReason}
          />
          <div className="row">
            <Button submit disabled={busy}>
              {said.holdOn}
            </Button>
          </div>
        </Form>
      ) : (
        <>
          <Banner tone="quiet">{said.holdIs(hold)}</Banner>
          <div className="row">
            <Button disabled={busy} onPress={() => setLifting(true)}>
              {said.holdOff}
            </Button>
          </div>
        </>
      )}
      {refusal === null ? null : <Banner>{refusal}</Banner>}
      {isLifting ? (
        <Ask
          title={said.holdOffTitle}
          text={said.holdOffText}
          yes={said.holdOff}
          no={words.act.cancel}
          onYes={() => {
            setLifting(false);
            set(null);
          }}
          onNo={() => setLifting(false)}
        />
      ) : null}
    </div>
  );
}

const nameOf = ({ kind, names, subgroup, title }: RoomToEnd): string => {
  const what = subgroup === null ? title || words.roomKinds[kind] : words.subgroups[subgroup];
  return names.length === 0 ? what : `${what}: ${names.join(", ")}`;
};

/** What would be lost and for whom; then somebody else is asked. Nothing while anything stands in the way. */
function End(props: { readonly actions: KeepingTools; readonly family: FamilyView }) {
  const { actions } = props;
  const { family } = props.family;
  const { family: rooms, isIncomplete, record, toEnd } = props.family.retention;
  const { keeping, keepingFamily: said } = words;
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
          text={said.endText}
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
function Asked(props: { readonly actions: KeepingTools; readonly family: FamilyView }) {
  const { disposal } = props.family.retention;
  const { keeping } = words;
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const refusal = sayProblem(problem);
  if (disposal === null) return null;
  const { confirmed, ended, proposed, rooms, step, withRecord } = disposal;
  return (
    <div className="card stack">
      <div className="stack-tight">
        <h3>{keeping.open}</h3>
        <p>{keeping.asked(proposed.name, rooms, withRecord)}</p>
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
