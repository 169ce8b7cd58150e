import type { AgreementVersionView, AgreementView, AgreementWork, FamilyView } from "@sotto/client";
import { AGREEMENT_PLACES } from "@sotto/content/agreement-places";
import { decidedChoices, differenceOf } from "@sotto/domain";
import type { AgreementDifference, AgreementVersion, Clause, PartDifference, PersonId } from "@sotto/domain";
import type { ReactNode } from "react";
import { agreementCompose as said } from "../../words/en/agreement-compose.ts";
import { sentenceOf } from "./editing.ts";

/** What a draft is compared with: the version in force, or the newest. */
export function versionToCompare({ versions }: AgreementView): AgreementVersionView | null {
  return versions.find(({ stage }) => stage.kind === "in-force") ?? versions[0] ?? null;
}

/** What is different from a version; null while a part is open. */
export function differenceTo(version: AgreementVersion, work: AgreementWork): AgreementDifference | null {
  const choices = decidedChoices(work.choices);
  if (choices === null) return null;
  const { on, parties, places, therapists, words } = work;
  return differenceOf(version, { ...version, on, parties, places, therapists, words, choices });
}

const peopleLines = (difference: AgreementDifference, nameOf: (person: PersonId) => string) => {
  const placeName = (code: string): string =>
    AGREEMENT_PLACES.find((place) => place.code === code)?.name ?? code;
  const { difference: say } = said;
  return [
    ...difference.joined.map(({ name }) => say.joined(name)),
    ...difference.left.map(({ name }) => say.left(name)),
    ...difference.changed.map(({ after }) => say.changed(after.name)),
    ...difference.therapistsJoined.map((person) => say.therapistJoined(nameOf(person))),
    ...difference.therapistsLeft.map((person) => say.therapistLeft(nameOf(person))),
    ...difference.placesAdded.map((code) => say.placeAdded(placeName(code))),
    ...difference.placesRemoved.map((code) => say.placeRemoved(placeName(code))),
  ];
};

/** In a few words, how much changes. */
export function differenceShort(difference: AgreementDifference | null): string {
  if (difference === null) return said.open;
  const others = peopleLines(difference, () => "").length > 0 ? 1 : 0;
  return said.difference.short(difference.parts.length + others);
}

/** What changes from a version, sentence by sentence, as those who have signed it will want to know. */
export function DifferenceSection(props: {
  readonly difference: AgreementDifference | null;
  readonly compared: AgreementVersion;
  readonly work: AgreementWork;
  readonly family: FamilyView;
  readonly therapists: AgreementView["therapists"];
}) {
  const { compared, difference, family, therapists, work } = props;
  if (difference === null) return <p className="quiet">{said.difference.open}</p>;
  const nameOf = (person: PersonId): string =>
    therapists.find((one) => one.person === person)?.name ?? said.difference.somebody;
  const people = peopleLines(difference, nameOf);
  // Whoever was a party before is called as they were then.
  const before = { ...work, parties: [...work.parties, ...compared.parties] };
  const sentence = ({ code, values }: Clause): string => sentenceOf({ family, work: before }, code, values);
  return (
    <>
      <p className="quiet">{said.difference.hint(compared.number)}</p>
      {difference.parts.length + people.length === 0 ? <p>{said.difference.same}</p> : null}
      {people.length === 0 ? null : (
        <div className="compose-person stack-tight">
          <h4>{said.difference.people}</h4>
          <ul>
            {people.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      {difference.parts.map((part) => (
        <div key={part.part} className="compose-person stack-tight">
          <h4>{said.parts[part.part]}</h4>
          <Sentences label={said.difference.removed} clauses={part.removed} say={sentence} kind="removed" />
          <Sentences label={said.difference.added} clauses={part.added} say={sentence} kind="added" />
          {part.removed.length + part.added.length === 0 ? <OtherWords part={part} /> : null}
        </div>
      ))}
    </>
  );
}

function Sentences(props: {
  readonly label: string;
  readonly clauses: readonly Clause[];
  readonly say: (clause: Clause) => string;
  readonly kind: "removed" | "added";
}): ReactNode {
  if (props.clauses.length === 0) return null;
  return (
    <>
      <p className="quiet">{props.label}</p>
      <ul className="compose-difference" data-kind={props.kind}>
        {props.clauses.map((clause) => {
          const text = props.say(clause);
          return <li key={text}>{text}</li>;
        })}
      </ul>
    </>
  );
}

/** What is said as before, in other words: those of adults, or of whoever reads other words now. */
function OtherWords(props: { readonly part: PartDifference }) {
  const [first] = props.part.words;
  if (first === undefined) return null;
  const who = said.reading.who(said.readers[first.reader], said.languages[first.language]);
  return (
    <>
      <p className="quiet">
        {said.difference.words} ({who})
      </p>
      {first.before === null ? null : (
        <>
          <p className="quiet">{said.difference.before}</p>
          <p className="compose-difference" data-kind="removed" lang={first.language}>
            {first.before}
          </p>
        </>
      )}
      {first.after === null ? null : (
        <>
          <p className="quiet">{said.difference.after}</p>
          <p className="compose-difference" data-kind="added" lang={first.language}>
            {first.after}
          </p>
        </>
      )}
    </>
  );
}
