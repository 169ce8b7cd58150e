import type { Actions, ClientRefusal, FamilyPersonView, FamilyView } from "@sotto/client";
import type { Person, PersonId } from "@sotto/domain";
import { useState, type ReactNode } from "react";
import { Banner, Button, Check, Form, TextField, Title } from "../../ui/parts.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";
import { PersonForm } from "./person-form.tsx";

type FamilyActions = Pick<
  Actions,
  "savePerson" | "invite" | "showInvitation" | "revokeInvitation" | "openRoom"
>;
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

function InvitationCard(props: { readonly shown: Shown; readonly name: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className="stack">
      <p>{words.family.scan}</p>
      <QrCode text={props.shown.link} label={words.family.invite(props.name)} />
      <p className="quiet">{words.family.until(words.date(props.shown.expiresAt))}</p>
      <div className="row">
        <Button
          onPress={() => void navigator.clipboard.writeText(props.shown.link).then(() => setCopied(true))}
        >
          {copied ? words.act.copied : words.act.copy}
        </Button>
        <Button onPress={() => window.print()}>{words.act.print}</Button>
      </div>
    </div>
  );
}

function statusOf(view: FamilyPersonView): string {
  if (view.account !== null) return words.family.here;
  return view.invitation?.state === "open" ? words.family.invited : words.family.notInvited;
}

function OpenRoom(props: {
  readonly family: FamilyView;
  readonly busy: boolean;
  readonly onOpen: (title: string, people: readonly PersonId[]) => void;
}) {
  const [title, setTitle] = useState("");
  const [people, setPeople] = useState<readonly PersonId[]>([]);
  return (
    <Form onSubmit={() => props.onOpen(title.trim(), people)}>
      <TextField label={words.family.roomTitle} value={title} onChange={setTitle} />
      <fieldset className="card">
        <legend className="legend">{words.family.choose}</legend>
        {props.family.people
          .filter(({ account }) => account !== null)
          .map(({ person }) => (
            <Check
              key={person.person}
              label={person.name}
              checked={people.includes(person.person)}
              onChange={(on) =>
                setPeople(on ? [...people, person.person] : people.filter((id) => id !== person.person))
              }
            />
          ))}
      </fieldset>
      <Button submit disabled={props.busy || title.trim() === "" || people.length === 0}>
        {words.family.openRoom}
      </Button>
    </Form>
  );
}

/** One family: its people, their invitations, its rooms. */
export function Family(props: {
  readonly actions: FamilyActions;
  readonly family: FamilyView;
  readonly rooms: ReactNode;
  readonly onOpen: (room: string) => void;
}) {
  const { family, actions } = props;
  const [editing, setEditing] = useState<Person | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const wish = (person: PersonId) => ({ family: family.family, person });
  const form = (person: Person) => (
    <PersonForm
      person={person}
      others={family.people.map((view) => view.person).filter((other) => other.person !== person.person)}
      busy={busy}
      onCancel={() => setEditing(null)}
      onSave={(saved) =>
        attempt(
          () => actions.savePerson({ family: family.family, person: saved }),
          () => setEditing(null),
        )
      }
    />
  );
  return (
    <div className="page stack">
      <Title>{family.name}</Title>
      {said === null ? null : <Banner>{said}</Banner>}
      <h2>{words.family.people}</h2>
      <ul className="plain-list">
        {family.people.map((view) => (
          <li key={view.person.person} className="card stack">
            <div>
              <strong>{view.person.name}</strong>{" "}
              <span className="quiet">
                {words.roles[view.person.role]} · {statusOf(view)}
              </span>
            </div>
            {editing?.person === view.person.person ? (
              form(editing)
            ) : (
              <div className="row">
                <Button onPress={() => setEditing(view.person)}>{words.family.edit(view.person.name)}</Button>
                {view.account !== null ? null : view.invitation?.state === "open" ? (
                  <>
                    <Button
                      disabled={busy}
                      onPress={() =>
                        attempt(
                          () => actions.showInvitation(wish(view.person.person)),
                          (made) => setShown({ ...made, person: view.person.person }),
                        )
                      }
                    >
                      {words.family.show(view.person.name)}
                    </Button>
                    <Button
                      disabled={busy}
                      onPress={() =>
                        attempt(
                          () => actions.revokeInvitation(wish(view.person.person)),
                          () => setShown(null),
                        )
                      }
                    >
                      {words.family.revoke}
                    </Button>
                  </>
                ) : (
                  <Button
                    primary
                    disabled={busy}
                    onPress={() =>
                      attempt(
                        () => actions.invite({ ...wish(view.person.person), days: INVITATION_DAYS }),
                        (made) => setShown({ ...made, person: view.person.person }),
                      )
                    }
                  >
                    {words.family.invite(view.person.name)}
                  </Button>
                )}
              </div>
            )}
            {shown?.person === view.person.person && view.account === null ? (
              <InvitationCard shown={shown} name={view.person.name} />
            ) : null}
          </li>
        ))}
      </ul>
      {editing !== null && !family.people.some(({ person }) => person.person === editing.person) ? (
        <div className="card">{form(editing)}</div>
      ) : (
        <Button onPress={() => setEditing(newPerson())}>{words.family.addPerson}</Button>
      )}
      <h2>{words.family.rooms}</h2>
      {props.rooms}
      <details>
        <summary>{words.family.openRoom}</summary>
        <OpenRoom
          family={family}
          busy={busy}
          onOpen={(title, people) =>
            attempt(() => actions.openRoom({ family: family.family, people, title }), props.onOpen)
          }
        />
      </details>
    </div>
  );
}
