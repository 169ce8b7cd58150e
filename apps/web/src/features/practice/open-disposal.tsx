import type { Actions, ClientRefusal, DisposalView } from "@sotto/client";
import { Check as CheckMark } from "lucide-react";
import { useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button, Check } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { keeping } from "../../words/keeping.ts";
import { sayProblem, words } from "../../words/words.ts";
import { RuleLines } from "./rule-lines.tsx";

type DisposalTools = Pick<Actions, "confirmDisposal" | "withdrawDisposal">;

/** What somebody has asked to end, and what this person may do about it. Whoever does not look after the family reads no name. */
export function OpenDisposal(props: {
  readonly actions: DisposalTools;
  readonly disposal: DisposalView;
  readonly mayDecide: boolean;
}) {
  const { actions, disposal, mayDecide } = props;
  const { confirmed, proposed, step } = disposal;
  const [shown, setShown] = useState<"decide" | "take-back" | null>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const wish = { disposal: disposal.disposal };
  return (
    <li className="card stack">
      <div className="stack-tight">
        <h4>{disposal.familyName ?? keeping.someFamily}</h4>
        <p>{keeping.asked(proposed.name, disposal.rooms, disposal.withRecord)}</p>
        <p className="quiet">
          {keeping.askedOn(proposed.at)}
          {confirmed === null ? null : (
            <>
              <br />
              {keeping.agreed(confirmed.name, confirmed.at)}
            </>
          )}
        </p>
        {step.kind === "needs-another" ? <p>{keeping.needsAnother}</p> : null}
        {step.kind === "may-confirm-from" ? <p>{keeping.waitUntil(step.at)}</p> : null}
        {step.kind === "under-way" ? <p>{keeping.underWay(roomsLeft(disposal))}</p> : null}
      </div>
      {said === null ? null : <Banner>{said}</Banner>}
      {mayDecide ? (
        <div className="row">
          {step.kind === "may-confirm" ? (
            <Button disabled={busy} onPress={() => setShown("decide")}>
              {keeping.look}
            </Button>
          ) : null}
          <Button tone="plain" disabled={busy} onPress={() => setShown("take-back")}>
            {keeping.takeBack}
          </Button>
        </div>
      ) : null}
      {shown === "decide" ? (
        <Decide
          disposal={disposal}
          busy={busy}
          onAgree={() => {
            setShown(null);
            attempt(() => actions.confirmDisposal(wish));
          }}
          onClose={() => setShown(null)}
        />
      ) : null}
      {shown === "take-back" ? (
        <Ask
          title={keeping.takeBackTitle}
          text={keeping.takeBackText}
          yes={keeping.takeBack}
          no={words.act.cancel}
          onYes={() => {
            setShown(null);
            attempt(() => actions.withdrawDisposal(wish));
          }}
          onNo={() => setShown(null)}
        />
      ) : null}
    </li>
  );
}

const roomsLeft = ({ ended, rooms, withRecord }: DisposalView): number =>
  rooms + (withRecord ? 1 : 0) - ended.length;

/** All that was checked, and what is lost, before somebody agrees to what cannot be taken back. */
function Decide(props: {
  readonly disposal: DisposalView;
  readonly busy: boolean;
  readonly onAgree: () => void;
  readonly onClose: () => void;
}) {
  const { dueSince, proposed, rooms, rule, withRecord } = props.disposal;
  const [isKnown, setKnown] = useState(false);
  const checks = [
    keeping.checkClosed,
    keeping.checkHold,
    keeping.checkMinor,
    keeping.checkDue(dueSince),
    ...(rule.maximumMonths === null ? [] : [keeping.checkMaximum(rule.maximumMonths)]),
  ];
  return (
    <Sheet title={keeping.confirmTitle} onClose={props.onClose} wide>
      <p>{keeping.isLost(rooms, withRecord)}</p>
      <p>{keeping.backups}</p>
      <div className="stack-tight">
        <h3>{keeping.checks(proposed.name)}</h3>
        <ul className="plain-list">
          {checks.map((check) => (
            <li key={check} className="row row-top">
              <CheckMark aria-hidden="true" size={20} />
              <span className="grow">{check}</span>
            </li>
          ))}
        </ul>
        <p className="quiet">{keeping.checkAgain}</p>
      </div>
      <div className="stack-tight">
        <h3>{keeping.rule}</h3>
        <RuleLines rule={rule} />
        {rule.verified ? null : (
          <p>
            <strong>{keeping.counsel}</strong>
          </p>
        )}
      </div>
      <Check label={keeping.iKnow} checked={isKnown} onChange={setKnown} />
      <div className="row">
        <Button onPress={props.onClose}>{words.act.cancel}</Button>
        <Button tone="danger" disabled={props.busy || !isKnown} onPress={props.onAgree}>
          {keeping.agree}
        </Button>
      </div>
    </Sheet>
  );
}
