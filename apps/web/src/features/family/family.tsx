import type { Actions, ClientRefusal, FamilyView, RoomLineView, StaffPersonView } from "@sotto/client";
import type { Person, PersonId } from "@sotto/domain";
import { useState, type ReactNode } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { familyWords } from "../../words/family.ts";
import { sayProblem, words } from "../../words/words.ts";
import { ClosedFamily, CloseFamily } from "./closing.tsx";
import { FamilyPerson } from "./family-person.tsx";
import { InvitationCard } from "./invitation-card.tsx";
import { Keeping, type KeepingTools } from "./keeping.tsx";
import { OpenRoom } from "./open-room.tsx";
import { PersonForm } from "./person-form.tsx";
import { Team } from "./team.tsx";

type FamilyActions = Pick<
  Actions,
  | "savePerson"
  | "invite"
  | "showInvitation"
  | "revokeInvitation"
  | "openRoom"
  | "readmit"
  | "recordLeft"
  | "addColleague"
  | "removeColleague"
  | "closeFamily"
  | "reopenFamily"
> &
  KeepingTools;
type Shown = { readonly person: PersonId; readonly link: string; readonly expiresAt: number };

const INVITATION_DAYS = 7;

const newPerson = (): Person => ({
  // A fresh version 4 UUID is what a person's id is made of.
  person: crypto.randomUUID() as PersonId,
  name: "",
  role: "adult",
  inTreatment: true,
  relations: [],
  safeContact: null,
});

/** One family: its people, their invitations, its rooms. */
export function Family(props: {
  readonly actions: FamilyActions;
  readonly family: FamilyView;
  readonly rooms: ReactNode;
  /** How its agreement stands. */
  readonly agreement: ReactNode;
  /** Who else works in the practice. */
  readonly colleagues: readonly StaffPersonView[];
  readonly nameOf: (room: RoomLineView) => string;
  readonly onOpen: (room: string) => void;
}) {
  const { family, actions } = props;
  const [editing, setEditing] = useState<Person | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const wish = (person: PersonId) => ({ family: family.family, person });
  const isNew = editing !== null && !family.people.some(({ person }) => person.person === editing.person);
  const form = (person: Person) => (
    <PersonForm
      person={person}
      others={family.people.map((view) => view.person).filter((other) => other.person !== person.person)}
      busy={busy}
      problem={said}
      onCancel={() => setEditing(null)}
      onSave={(saved) =>
        attempt(
          () => actions.savePerson({ family: family.family, person: saved }),
          () => setEditing(null),
        )
      }
    />
  );
  const insideCard = (person: Person): ReactNode => {
    if (editing?.person === person.person) return form(editing);
    const account = family.people.find((view) => view.person.person === person.person)?.account ?? null;
    if (shown?.person !== person.person || account !== null) return undefined;
    return <InvitationCard {...shown} name={person.name} onClose={() => setShown(null)} />;
  };
  return (
    <div className="page stack">
      <Title>{family.name}</Title>
      {family.closed ? (
        <ClosedFamily actions={actions} family={family.family} mayReopen={!family.retention.hasEnded} />
      ) : null}
      {said === null || editing !== null ? null : <Banner>{said}</Banner>}
      <h2>{familyWords.people}</h2>
      {family.people.length === 0 && editing === null ? (
        <p className="quiet">{familyWords.noPeople}</p>
      ) : null}
      <ul className="plain-list">
        {family.people.map((view) => {
          const { person } = view.person;
          const show = (made: Omit<Shown, "person">) => setShown({ ...made, person });
          return (
            <FamilyPerson
              key={person}
              view={view}
              busy={busy}
              isFormOpen={editing !== null}
              isClosed={family.closed}
              onEdit={() => setEditing(view.person)}
              onLeft={() => setLeaving(view.person)}
              onInvite={() => attempt(() => actions.invite({ ...wish(person), days: INVITATION_DAYS }), show)}
              onShow={() => attempt(() => actions.showInvitation(wish(person)), show)}
              onLost={() => attempt(() => actions.readmit(wish(person)))}
              onRevoke={() =>
                attempt(
                  () => actions.revokeInvitation(wish(person)),
                  () => setShown(null),
                )
              }
            >
              {insideCard(view.person)}
            </FamilyPerson>
          );
        })}
      </ul>
      {family.left.length === 0 ? null : <p className="quiet">{words.leaving.left(family.left)}</p>}
      {family.closed ? null : isNew ? (
        <div className="card stack">
          <h3>{familyWords.newPerson}</h3>
          {form(editing)}
        </div>
      ) : (
        <div className="row">
          <Button
            tone={family.people.length === 0 ? "primary" : undefined}
            disabled={editing !== null}
            onPress={() => setEditing(newPerson())}
          >
            {familyWords.addPerson}
          </Button>
        </div>
      )}
      {props.agreement}
      <div>
        <h2>{familyWords.rooms}</h2>
        <p className="quiet">{familyWords.roomsHint}</p>
      </div>
      {props.rooms}
      {family.closed ? null : (
        <details className="fold">
          <summary>{familyWords.openRoom}</summary>
          <OpenRoom
            family={family}
            busy={busy}
            onOpen={(title, people) =>
              attempt(() => actions.openRoom({ family: family.family, people, title }), props.onOpen)
            }
          />
        </details>
      )}
      <Team actions={actions} family={family} colleagues={props.colleagues} nameOf={props.nameOf} />
      {family.closed ? null : <CloseFamily actions={actions} family={family.family} />}
      <Keeping actions={actions} family={family} />
      {leaving === null ? null : (
        <Ask
          title={words.leaving.recordTitle(leaving.name)}
          text={words.leaving.recordText(leaving.name)}
          yes={words.leaving.record}
          no={words.act.cancel}
          onYes={() => {
            setLeaving(null);
            attempt(() => actions.recordLeft(wish(leaving.person)));
          }}
          onNo={() => setLeaving(null)}
        />
      )}
    </div>
  );
}
