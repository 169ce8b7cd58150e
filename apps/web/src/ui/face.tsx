import { Briefcase, Building2, House, Lock, Users } from "lucide-react";
import type { ReactNode } from "react";

// Making one takes longer than drawing a face.
const graphemes = new Intl.Segmenter();

const initials = (name: string) => {
  const parts = name.split(/\s+/).filter((part) => part !== "" && !part.endsWith("."));
  const ends = parts.length > 1 ? [parts[0], parts.at(-1)] : parts.slice(0, 1);
  return ends
    .map((word = "") => graphemes.segment(word).containing(0)?.segment ?? "")
    .join("")
    .toUpperCase();
};

export interface Faced {
  readonly account: string;
  readonly name: string;
  readonly face: number;
}

/** A person's face: initials, with one of four colours and four shapes, so that colour is never alone. `face` is 0 to 15. */
export function Face(props: { readonly name: string; readonly face: number; readonly small?: boolean }) {
  return (
    <span
      className="face"
      aria-hidden="true"
      data-hue={props.face % 4}
      data-shape={Math.floor(props.face / 4) % 4}
      {...(props.small === true ? { "data-small": "" } : {})}
    >
      {initials(props.name)}
    </span>
  );
}

/** The faces of several people, in a row; their names stand elsewhere. */
export function Faces(props: { readonly people: readonly Faced[] }) {
  return (
    <span className="faces" aria-hidden="true">
      {props.people.map((person) => (
        <Face key={person.account} name={person.name} face={person.face} small />
      ))}
    </span>
  );
}

const MARKS = {
  family: House,
  subgroup: Users,
  private: Lock,
  team: Briefcase,
  practice: Building2,
} as const;
export type MarkedKind = keyof typeof MARKS;

/** The mark of a kind of room: a sign and a shape beside its colour. */
export function KindMark(props: { readonly kind: MarkedKind }) {
  const Mark = MARKS[props.kind];
  return (
    <span className="kind-mark" data-kind={props.kind} aria-hidden="true">
      <Mark />
    </span>
  );
}

/** Who will read what is written here. The most visible thing in a room. `children`: what has just changed. */
export function AudienceBar(props: {
  readonly kind: MarkedKind;
  readonly title: string;
  readonly people: readonly (Faced & { readonly note?: string | undefined })[];
  readonly children?: ReactNode;
}) {
  return (
    <section className="audience kind" data-kind={props.kind} aria-label={props.title}>
      <p>{props.title}</p>
      <ul>
        {props.people.map((person) => (
          <li key={person.account}>
            <Face name={person.name} face={person.face} small />
            <span>
              {person.name}
              {person.note === undefined ? null : <span className="quiet"> ({person.note})</span>}
            </span>
          </li>
        ))}
      </ul>
      <div role="status">{props.children}</div>
    </section>
  );
}
