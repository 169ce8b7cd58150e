import { Briefcase, House, Lock, Stethoscope, Users } from "lucide-react";

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => new Intl.Segmenter().segment(word).containing(0)?.segment ?? "")
    .join("")
    .toUpperCase();

/** A person's face: initials, with one of four colours and four shapes, so that colour is never alone. `face` is 0 to 15. */
export function Face(props: { readonly name: string; readonly face: number }) {
  return (
    <span
      className="face"
      aria-hidden="true"
      data-hue={props.face % 4}
      data-shape={Math.floor(props.face / 4) % 4}
    >
      {initials(props.name)}
    </span>
  );
}

const MARKS = {
  family: House,
  subgroup: Users,
  private: Lock,
  team: Stethoscope,
  practice: Briefcase,
} as const;

/** The mark of a kind of room: a shape beside its colour. */
export function KindMark(props: { readonly kind: keyof typeof MARKS }) {
  const Mark = MARKS[props.kind];
  return <Mark className="kind-mark" aria-hidden="true" />;
}

export interface AudiencePerson {
  readonly account: string;
  readonly name: string;
  readonly face: number;
}

/** Who will read what is written here. The most visible thing in a room. */
export function AudienceBar(props: {
  readonly kind: keyof typeof MARKS;
  readonly title: string;
  readonly people: readonly AudiencePerson[];
}) {
  return (
    <section className="audience kind" data-kind={props.kind} aria-label={props.title}>
      <div className="row">
        <KindMark kind={props.kind} />
        <span>{props.title}</span>
      </div>
      <ul>
        {props.people.map((person) => (
          <li key={person.account}>
            <Face name={person.name} face={person.face} />
            {person.name}
          </li>
        ))}
      </ul>
    </section>
  );
}
