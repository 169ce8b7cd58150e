import { Briefcase, Home, Lock, Users, UsersRound } from "lucide-react";
import { Face } from "./face.tsx";

const icons = { family: Home, subgroup: Users, private: Lock, team: UsersRound, practice: Briefcase };

export type AudienceKind = keyof typeof icons;

/** The shape of a kind of room; its colour comes with it. */
export function KindIcon(props: { readonly kind: AudienceKind }) {
  const Icon = icons[props.kind];
  return (
    <span className={`kind-${props.kind}`}>
      <Icon aria-hidden="true" size={22} />
    </span>
  );
}

/** Who will read what is written below. Names with faces; a colour and a shape per kind of room. */
export function AudienceBar(props: {
  readonly kind: AudienceKind;
  readonly title: string;
  readonly readers: readonly { readonly account: string; readonly name: string; readonly face: number }[];
}) {
  return (
    <section className={`audience kind-${props.kind}`} aria-label={props.title}>
      <div className="row">
        <KindIcon kind={props.kind} />
        <p>{props.title}</p>
      </div>
      <ul className="row">
        {props.readers.map((reader) => (
          <li key={reader.account}>
            <Face name={reader.name} face={reader.face} />
            {reader.name}
          </li>
        ))}
      </ul>
    </section>
  );
}
