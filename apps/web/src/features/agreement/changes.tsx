import { PART_NAMES } from "@sotto/content/part-names";
import type { AgreementView, AgreementVersionView } from "@sotto/client";
import { useAgreementSign } from "./language.ts";
import type { Reading } from "./part-lines.ts";
import { changedParts } from "./what-changed.ts";

/** What is other in a version than in the one before it, to be read before it is signed. */
export function Changes(props: {
  readonly view: AgreementView;
  readonly before: AgreementVersionView;
  readonly after: AgreementVersionView;
  readonly reading: Reading;
}) {
  const { after, before, reading, view } = props;
  const { changes } = useAgreementSign();
  const { difference, parts } = changedParts(before.version, after.version, reading);
  const names = (people: readonly { readonly name: string }[]): readonly string[] =>
    people.map(({ name }) => name);
  const therapists = (people: readonly string[]): readonly string[] =>
    people.map((person) => view.therapists.find((one) => one.person === person)?.name ?? changes.somebody);
  const about = [
    [changes.joined, names(difference.joined)],
    [changes.left, names(difference.left)],
    [changes.counted, names(difference.changed.map((one) => one.after))],
    [changes.therapistsJoined, therapists(difference.therapistsJoined)],
    [changes.therapistsLeft, therapists(difference.therapistsLeft)],
  ] as const;
  const said = about.flatMap(([say, people]) => (people.length === 0 ? [] : [say(people)]));
  const isElsewhere = difference.placesAdded.length + difference.placesRemoved.length > 0;
  const isSame = parts.length === 0 && said.length === 0 && !isElsewhere;
  return (
    <section className="card stack">
      <h2>{changes.title}</h2>
      <p className="quiet">{changes.since(before.version.number)}</p>
      {isSame ? <p>{changes.none}</p> : null}
      {said.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {isElsewhere ? <p>{changes.places}</p> : null}
      {parts.map(({ added, gone, part }) => (
        <div key={part} className="stack-tight">
          <h3 lang={reading.language}>{PART_NAMES[reading.language][part]}</h3>
          {added.length + gone.length === 0 ? <p className="quiet">{changes.otherWords}</p> : null}
          <Lines name={changes.gone} kind="gone" lines={gone} language={reading.language} />
          <Lines name={changes.added} kind="added" lines={added} language={reading.language} />
        </div>
      ))}
      <p className="quiet">{changes.notBack}</p>
    </section>
  );
}

function Lines(props: {
  readonly name: string;
  readonly kind: "gone" | "added";
  readonly lines: readonly string[];
  readonly language: string;
}) {
  if (props.lines.length === 0) return null;
  return (
    <div className="changed-lines" data-kind={props.kind}>
      <p className="changed-name">{props.name}</p>
      {props.lines.map((line) => (
        <p key={line} lang={props.language}>
          {line}
        </p>
      ))}
    </div>
  );
}
