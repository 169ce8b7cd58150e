import { PART_NAMES } from "@sotto/content/part-names";
import type { AgreementVersionView, AgreementView, AgreementWork, FamilyView } from "@sotto/client";
import { AGREEMENT_PLACES } from "@sotto/content/agreement-places";
import { CLAUSE_WORDS } from "@sotto/content/agreement-words";
import { decidedChoices, differenceOf, ownWordsIn } from "@sotto/domain";
import type {
  AgreementLanguage,
  AgreementDifference,
  AgreementVersion,
  Clause,
  PartDifference,
  PersonId,
} from "@sotto/domain";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { spokenLanguage } from "../../words/words.ts";
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
  // Where somebody has written their own words, the sentences of a choice are not what is read.
  const own = new Set([...ownWordsIn(compared, CLAUSE_WORDS), ...(work.own ?? [])].map(({ part }) => part));
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
          <h4>{PART_NAMES[spokenLanguage()][part.part]}</h4>
          <Lines label={said.difference.removed} lines={part.removed.map(sentence)} kind="removed" />
          <Lines label={said.difference.added} lines={part.added.map(sentence)} kind="added" />
          {part.removed.length + part.added.length === 0 || own.has(part.part) ? (
            <OtherWords part={part} />
          ) : null}
        </div>
      ))}
    </>
  );
}

function Lines(props: {
  readonly label: string;
  readonly lines: readonly string[];
  readonly kind: "removed" | "added";
  readonly lang?: AgreementLanguage;
}) {
  if (props.lines.length === 0) return null;
  return (
    <>
      <p className="quiet">{props.label}</p>
      <ul className="compose-difference" data-kind={props.kind} lang={props.lang}>
        {[...new Set(props.lines)].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

/** What is written otherwise, line by line, once for all readers of the same. */
function OtherWords(props: { readonly part: PartDifference }) {
  const changes = props.part.words.map((one) => ({
    who: said.reading.who(said.readers[one.reader], said.languages[one.language]),
    language: one.language,
    before: linesWithout(one.before, one.after),
    after: linesWithout(one.after, one.before),
  }));
  const isSameChoice = props.part.removed.length + props.part.added.length === 0;
  const keyOf = (change: (typeof changes)[number]): string =>
    [...change.before, "", ...change.after].join("\n");
  const keys = [...new Set(changes.map(keyOf))];
  return (
    <>
      <p className="quiet">{isSameChoice ? said.difference.words : said.difference.wordsToo}</p>
      {keys.map((key) => {
        const same = changes.filter((change) => keyOf(change) === key);
        const [first] = same;
        if (first === undefined) return null;
        return (
          <div key={key} className="stack-tight">
            <p>{same.map(({ who }) => who).join("; ")}</p>
            <Lines label={said.difference.before} lines={first.before} kind="removed" lang={first.language} />
            <Lines label={said.difference.after} lines={first.after} kind="added" lang={first.language} />
          </div>
        );
      })}
    </>
  );
}

const linesWithout = (text: string | null, other: string | null): readonly string[] => {
  const others = other?.split("\n") ?? [];
  return text?.split("\n").filter((line) => !others.includes(line)) ?? [];
};
