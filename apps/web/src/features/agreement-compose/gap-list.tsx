import type { AgreementWork, FamilyView } from "@sotto/client";
import type { Gap, GapWeight } from "@sotto/domain";
import { CircleAlert, CircleHelp, Info } from "lucide-react";
import { Fragment } from "react";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { countGaps, gapSentence } from "./gap-words.ts";
import type { SectionName } from "./section-name.ts";
import { sectionOf, sectionTitle, SECTIONS } from "./section-name.ts";

const MARKS = { blocks: CircleAlert, doubtful: CircleHelp, note: Info } as const;

function WeightMark(props: { readonly weight: GapWeight }) {
  const Mark = MARKS[props.weight];
  return <Mark aria-hidden="true" size={20} />;
}

/** Everything that is to be mended or looked at in one place, each with what to do. */
export function GapList(props: {
  readonly gaps: readonly Gap[];
  readonly work: AgreementWork;
  readonly family: FamilyView;
}) {
  if (props.gaps.length === 0) return null;
  const lines = props.gaps.map((gap) => ({ gap, text: gapSentence(gap, props.work, props.family) }));
  return (
    <ul className="gaps">
      {lines.map(({ gap, text }) => (
        <li key={`${gap.kind}.${text}`} className="gap" data-weight={gap.weight}>
          <WeightMark weight={gap.weight} />
          <span>
            <strong>{said.weights[gap.weight]}:</strong> {text}
            {gap.place === undefined ? null : (
              <>
                <br />
                <span className="quiet anywhere">
                  {said.cited(gap.place.citation, gap.place.asOf)}
                  {gap.place.verified ? null : `. ${said.counsel}.`}
                </span>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** How much is left in one place, in words beside its title. */
export function GapMarks(props: { readonly gaps: readonly Gap[] }) {
  const counts = countGaps(props.gaps);
  return (
    <span className="row gap-marks">
      {counts.map(({ count, weight }) => (
        <span key={weight} className="tag" data-weight={weight}>
          <WeightMark weight={weight} />
          {said.mark[weight](count)}
        </span>
      ))}
    </span>
  );
}

/** All that is left to do, by weight and place, each with a way there. */
export function GapSummary(props: {
  readonly gaps: readonly Gap[];
  readonly work: AgreementWork;
  readonly family: FamilyView;
  readonly onGo: (section: SectionName) => void;
}) {
  const { family, gaps, work } = props;
  const counts = countGaps(gaps);
  const places = SECTIONS.map((section) => ({
    section,
    here: gaps.filter((gap) => sectionOf(gap) === section),
  })).filter(({ here }) => here.length > 0);
  return (
    <section className="card stack-tight" aria-labelledby="left-to-do">
      <h2 id="left-to-do">{said.summary.title}</h2>
      {counts.length === 0 ? <p>{said.summary.none}</p> : null}
      <ul className="gaps">
        {counts.map(({ count, weight }) => (
          <li key={weight} className="gap" data-weight={weight}>
            <WeightMark weight={weight} />
            <span>{said.summary[weight](count)}</span>
          </li>
        ))}
      </ul>
      {counts.length === 0 ? null : (
        <details className="fold">
          <summary>{said.summary.show}</summary>
          <div className="stack-tight">
            {places.map(({ here, section }) => (
              <Fragment key={section}>
                <button
                  type="button"
                  className="button to-section"
                  data-plain
                  onClick={() => props.onGo(section)}
                >
                  {sectionTitle(section)}
                </button>
                <GapList gaps={here} work={work} family={family} />
              </Fragment>
            ))}
          </div>
        </details>
      )}
    </section>
  );
}
