import type { FamilyPersonView } from "@sotto/client";
import { useState, type ReactNode } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Button } from "../../ui/parts.tsx";
import { familyWords as family } from "../../words/family.ts";
import { words } from "../../words/words.ts";

function statusOf(view: FamilyPersonView): string {
  if (view.account !== null) {
    return view.verified === null ? family.here : words.verifications[view.verified];
  }
  switch (view.invitation?.state) {
    case "open":
      return family.invited;
    case "accepted":
      return family.here;
    case "expired":
      return family.expired;
    case "revoked":
    case undefined:
      return view.hasLost ? words.loss.waiting : family.notInvited;
  }
}

/** One person of a family, and what can be done about their invitation. */
export function FamilyPerson(props: {
  readonly view: FamilyPersonView;
  readonly busy: boolean;
  /** Another form is open: its words must not be lost to a second one. */
  readonly isFormOpen: boolean;
  readonly onEdit: () => void;
  readonly onInvite: () => void;
  readonly onShow: () => void;
  readonly onRevoke: () => void;
  readonly onLeft: () => void;
  readonly onLost: () => void;
  /** Nobody is invited into a closed family. */
  readonly isClosed: boolean;
  readonly children?: ReactNode;
}) {
  const { busy, view } = props;
  const { name, role } = view.person;
  const [isAsking, setAsking] = useState(false);
  const isOpen = view.account === null && view.invitation?.state === "open";
  const mayInvite =
    !props.isClosed && view.account === null && !isOpen && view.invitation?.state !== "accepted";
  return (
    <li className="card stack">
      <div className="row row-between">
        <div>
          <h3>{name}</h3>
          <p className="quiet">{words.roles[role]}</p>
        </div>
        <span className="tag" {...(view.account === null ? {} : { "data-tone": "good" })}>
          {statusOf(view)}
        </span>
      </div>
      {props.children ?? (
        <div className="row">
          {mayInvite ? (
            <Button tone="primary" disabled={busy} label={family.inviteName(name)} onPress={props.onInvite}>
              {family.invite}
            </Button>
          ) : null}
          {isOpen ? (
            <>
              <Button disabled={busy} label={family.showName(name)} onPress={props.onShow}>
                {family.show}
              </Button>
              <Button disabled={busy} label={family.revokeName(name)} onPress={props.onRevoke}>
                {family.revoke}
              </Button>
            </>
          ) : null}
          <Button
            tone="plain"
            disabled={props.isFormOpen}
            label={family.editName(name)}
            onPress={props.onEdit}
          >
            {family.edit}
          </Button>
          <Button tone="plain" disabled={busy} label={words.leaving.recordName(name)} onPress={props.onLeft}>
            {words.leaving.record}
          </Button>
          {view.account === null ? null : (
            <Button
              tone="plain"
              disabled={busy}
              label={words.loss.lostName(name)}
              onPress={() => setAsking(true)}
            >
              {words.loss.lost}
            </Button>
          )}
        </div>
      )}
      {isAsking ? (
        <Ask
          title={words.loss.lostTitle(name)}
          text={words.loss.lostText(name)}
          yes={words.loss.lostYes}
          no={words.act.cancel}
          onYes={() => {
            setAsking(false);
            props.onLost();
          }}
          onNo={() => setAsking(false)}
        />
      ) : null}
    </li>
  );
}
