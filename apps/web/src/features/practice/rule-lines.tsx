import type { RetentionRule } from "@sotto/domain";
import { keeping } from "../../words/keeping.ts";

/** A rule in lines, as it was when it was agreed to: its times, and where it comes from. */
export function RuleLines(props: { readonly rule: RetentionRule }) {
  const { asOf, citation, familyMonths, maximumMonths, minorMonths, recordMonths, title } = props.rule;
  const lines = [
    `${keeping.familyRooms}: ${keeping.afterClosing(familyMonths)}`,
    `${keeping.record}: ${keeping.afterClosing(recordMonths)}`,
    `${keeping.minor}: ${keeping.afterOfAge(minorMonths)}`,
    ...(maximumMonths === null ? [] : [`${keeping.maximum}: ${keeping.afterMaximum(maximumMonths)}`]),
    title === "" ? keeping.ownRule : keeping.startedFrom(title),
    ...(citation === "" ? [] : [keeping.source(citation, asOf)]),
  ];
  return (
    <span className="lines">
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </span>
  );
}
