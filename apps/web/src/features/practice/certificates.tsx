import type { DisposalView } from "@sotto/client";
import type { DisposalId } from "@sotto/domain";
import { Printer } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/parts.tsx";
import { keeping } from "../../words/keeping.ts";
import { words } from "../../words/words.ts";
import { RuleLines } from "./rule-lines.tsx";

/** What has ended, with a certificate of each to print. */
export function Certificates(props: {
  readonly practice: string;
  readonly disposals: readonly DisposalView[];
}) {
  const [shown, setShown] = useState<DisposalId | null>(null);
  return (
    <>
      <h3>{keeping.certificates}</h3>
      <ul className="plain-list">
        {props.disposals.map((disposal) => {
          const { ended, familyName } = disposal;
          const isShown = shown === disposal.disposal;
          return (
            <li key={disposal.disposal} className="card stack">
              <div>
                <strong>{familyName ?? keeping.namelessFamily}</strong>
                <p className="quiet">{keeping.endedRooms(ended.length)}</p>
              </div>
              {isShown ? <Certificate practice={props.practice} disposal={disposal} /> : null}
              <div className="row">
                <Button expanded={isShown} onPress={() => setShown(isShown ? null : disposal.disposal)}>
                  {isShown ? keeping.hide : keeping.show}
                </Button>
                {isShown ? (
                  <Button onPress={() => window.print()}>
                    <Printer aria-hidden="true" size={20} />
                    {words.act.print}
                  </Button>
                ) : null}
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Who agreed to what and by which rule, and what ended when: paper holds nothing else of the page. */
function Certificate(props: { readonly practice: string; readonly disposal: DisposalView }) {
  const { confirmed, dueSince, ended, family, proposed, rooms, rule, withRecord } = props.disposal;
  const missing = rooms + (withRecord ? 1 : 0) - ended.length;
  return (
    <div className="paper stack">
      <h4>
        {keeping.certificate}: {props.practice}
      </h4>
      <p>{keeping.gone}</p>
      <p>{keeping.backups}</p>
      <dl className="facts">
        <dt>{keeping.familyNumber}</dt>
        <dd className="anywhere">{family}</dd>
        <dt>{keeping.rule}</dt>
        <dd>
          <RuleLines rule={rule} />
        </dd>
        <dt>{keeping.dueSinceLabel}</dt>
        <dd>{words.date(dueSince)}</dd>
        <dt>{keeping.proposedBy}</dt>
        <dd>{keeping.byAt(proposed.name, proposed.at)}</dd>
        {confirmed === null ? null : (
          <>
            <dt>{keeping.confirmedBy}</dt>
            <dd>{keeping.byAt(confirmed.name, confirmed.at)}</dd>
          </>
        )}
        {ended.map(({ at, name, room }) => (
          <div key={room}>
            <dt>{keeping.roomNumber}</dt>
            <dd>
              <span className="anywhere">{room}</span>
              <br />
              {keeping.endedBy(name, at)}
            </dd>
          </div>
        ))}
      </dl>
      {missing === 0 ? null : <p>{keeping.partly(missing)}</p>}
    </div>
  );
}
