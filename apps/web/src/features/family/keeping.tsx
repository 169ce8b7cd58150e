import type { Actions, FamilyView } from "@sotto/client";
import type { Standing } from "@sotto/domain";
import { Banner } from "../../ui/parts.tsx";
import { keeping, keepingFamily as said } from "../../words/keeping.ts";
import { ComesOfAge } from "./comes-of-age.tsx";
import { EndAsked, EndRooms } from "./end-rooms.tsx";
import { Held, HoldForm } from "./hold.tsx";

export type KeepingTools = Pick<
  Actions,
  "setHold" | "setComesOfAge" | "proposeDisposal" | "withdrawDisposal"
>;

/** How long this family's rooms are kept: what stands in the way, holds, and asking to end them. */
export function Keeping(props: { readonly actions: KeepingTools; readonly family: FamilyView }) {
  const { actions, family } = props;
  const { disposal, hasEnded, kept, rule } = family.retention;
  const ofAge =
    kept.hasMinor || kept.comesOfAge !== null ? (
      <ComesOfAge actions={actions} family={family.family} month={kept.comesOfAge} />
    ) : null;
  // While people still talk to each other here, it is there for whoever looks for it.
  if (!family.closed && kept.hold === null) {
    return (
      <details className="fold">
        <summary>{said.title}</summary>
        <div className="stack">
          <p className="quiet">{said.open}</p>
          {ofAge}
          <div className="stack-tight">
            <h3>{said.hold}</h3>
            <HoldForm actions={actions} family={family} />
          </div>
        </div>
      </details>
    );
  }
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
      {ofAge}
      {kept.hold === null ? (
        <details className="fold">
          <summary>{said.holdOpen}</summary>
          <HoldForm actions={actions} family={family} />
        </details>
      ) : (
        <Held actions={actions} family={family} reason={kept.hold} />
      )}
      {disposal === null ? (
        <EndRooms actions={actions} family={family} />
      ) : (
        <EndAsked actions={actions} family={family} />
      )}
    </section>
  );
}

/** When the rooms with the family, and the record, are due, and everything that stands in the way. */
function Standings(props: { readonly family: FamilyView }) {
  const { family, isIncomplete, record, rule, toEnd } = props.family.retention;
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
  if (dueAt === null) return keeping.unknown;
  const isWaiting = obstacles.some(({ kind }) => kind === "not-due" || kind === "minor");
  return isWaiting ? keeping.dueOn(dueAt) : keeping.dueSince(dueAt);
};
