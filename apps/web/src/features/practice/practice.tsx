import type { Actions, ClientRefusal, PracticeView, StaffPersonView } from "@sotto/client";
import type { PersonId, StaffPerson } from "@sotto/domain";
import { useState, type ComponentType, type ReactNode } from "react";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { practiceWords } from "../../words/practice.ts";
import { familyWords } from "../../words/family.ts";
import { sayProblem, words } from "../../words/words.ts";
import { Continuity } from "./continuity.tsx";
import { EndAccess } from "./end-access.tsx";
import { InviteForm } from "./invite-form.tsx";
import { PracticeTemplates } from "./practice-templates.tsx";
import { Retention, type RetentionTools } from "./retention.tsx";

type PracticeActions = Pick<
  Actions,
  | "inviteStaff"
  | "showStaffInvitation"
  | "revokeStaffInvitation"
  | "endStaff"
  | "bringCustodian"
  | "endCustodian"
> &
  RetentionTools;
type Shown = { readonly person: PersonId; readonly link: string; readonly expiresAt: number };

/** How an invitation is shown; the family's screen has one, and the app lends it here. */
export type ShowInvitation = ComponentType<{
  readonly link: string;
  readonly expiresAt: number;
  readonly name: string;
  readonly onClose: () => void;
}>;

const INVITATION_DAYS = 7;

const newStaff = (): StaffPerson => ({
  // A fresh version 4 UUID is what a person's id is made of.
  person: crypto.randomUUID() as PersonId,
  name: "",
  role: "therapist",
});

/** Who works in the practice, for those who do. */
export function Practice(props: {
  readonly actions: PracticeActions;
  readonly practice: PracticeView;
  readonly name: string;
  readonly Invitation: ShowInvitation;
  /** How this person leaves the practice. */
  readonly children: ReactNode;
}) {
  const { actions, practice, Invitation } = props;
  const [editing, setEditing] = useState<StaffPerson | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const invite = (staff: StaffPerson) =>
    attempt(
      () => actions.inviteStaff({ staff, days: INVITATION_DAYS }),
      (made) => {
        setEditing(null);
        setShown({ ...made, person: staff.person });
      },
    );
  if (!practice.isLetIn) {
    return (
      <div className="page stack">
        <Title>{props.name}</Title>
        <p>{practiceWords.waiting}</p>
      </div>
    );
  }
  return (
    <div className="page stack">
      <Title>{props.name}</Title>
      <p className="quiet">{practiceWords.hint}</p>
      {said === null || editing !== null ? null : <Banner>{said}</Banner>}
      <h2>{practiceWords.people}</h2>
      <ul className="plain-list">
        {practice.people.map((view) => (
          <Colleague
            key={view.staff.person}
            view={view}
            busy={busy}
            mayInvite={practice.mayInvite}
            onInvite={() => invite(view.staff)}
            onShow={() =>
              attempt(
                () => actions.showStaffInvitation({ person: view.staff.person }),
                (made) => setShown({ ...made, person: view.staff.person }),
              )
            }
            onRevoke={() =>
              attempt(
                () => actions.revokeStaffInvitation({ person: view.staff.person }),
                () => setShown(null),
              )
            }
            end={<EndAccess actions={actions} staff={view.staff} isAsked={view.isLeaving} />}
          >
            {shown?.person === view.staff.person && view.account === null ? (
              <Invitation {...shown} name={view.staff.name} onClose={() => setShown(null)} />
            ) : null}
          </Colleague>
        ))}
      </ul>
      {!practice.mayInvite ? null : editing === null ? (
        <div className="row">
          <Button
            tone={practice.people.length < 2 ? "primary" : undefined}
            onPress={() => setEditing(newStaff())}
          >
            {practiceWords.invite}
          </Button>
        </div>
      ) : (
        <div className="card stack">
          <h3>{practiceWords.newColleague}</h3>
          <InviteForm
            staff={editing}
            busy={busy}
            problem={said}
            onCancel={() => setEditing(null)}
            onInvite={invite}
          />
        </div>
      )}
      <PracticeTemplates practice={practice} />
      <Continuity actions={actions} practice={practice} />
      <Retention actions={actions} practice={practice} name={props.name} />
      {props.children}
    </div>
  );
}

function statusOf(view: StaffPersonView): string {
  if (view.isLeaving) return practiceWords.leaving;
  if (view.account !== null) {
    if (view.isMe || view.verified === null) return familyWords.here;
    return view.verified === "introduced" ? practiceWords.introduced : words.verifications[view.verified];
  }
  switch (view.invitation?.state) {
    case "open":
      return familyWords.invited;
    case "accepted":
      return familyWords.here;
    case "expired":
      return familyWords.expired;
    case "revoked":
    case undefined:
      return familyWords.notInvited;
  }
}

function Colleague(props: {
  readonly view: StaffPersonView;
  readonly busy: boolean;
  readonly mayInvite: boolean;
  readonly onInvite: () => void;
  readonly onShow: () => void;
  readonly onRevoke: () => void;
  readonly end: ReactNode;
  readonly children: ReactNode;
}) {
  const { busy, view } = props;
  const { name, role } = view.staff;
  const isOpen = view.account === null && view.invitation?.state === "open";
  const isOver = view.account === null && !isOpen && view.invitation?.state !== "accepted";
  const hasButtons = props.mayInvite && !view.isMe && view.invitation?.state !== "accepted";
  return (
    <li className="card stack">
      <div className="row row-between">
        <div>
          <h3>{view.isMe ? `${name} (${practiceWords.me})` : name}</h3>
          <p className="quiet">{words.staffRoles[role]}</p>
        </div>
        <span className="tag" {...(view.account === null || view.isLeaving ? {} : { "data-tone": "good" })}>
          {statusOf(view)}
        </span>
      </div>
      {props.children ?? (
        <>
          {hasButtons && view.account === null ? (
            <div className="row">
              {isOver ? (
                <Button disabled={busy} label={familyWords.inviteName(name)} onPress={props.onInvite}>
                  {familyWords.invite}
                </Button>
              ) : null}
              {isOpen ? (
                <Button disabled={busy} label={familyWords.showName(name)} onPress={props.onShow}>
                  {familyWords.show}
                </Button>
              ) : null}
              <Button disabled={busy} label={familyWords.revokeName(name)} onPress={props.onRevoke}>
                {familyWords.revoke}
              </Button>
            </div>
          ) : null}
          {props.mayInvite && view.account !== null && !view.isMe ? props.end : null}
        </>
      )}
    </li>
  );
}
