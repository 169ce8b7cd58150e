import type { Actions, ClientRefusal, FamilyView, HistoryChoice, Reader, RoomView } from "@sotto/client";
import type { PersonId } from "@sotto/domain";
import { History, ShieldCheck, UserMinus, UserPlus } from "lucide-react";
import { useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Face } from "../../ui/face.tsx";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";
import { ChoosePast } from "./choose-past.tsx";
import { CompareKeys } from "./compare-keys.tsx";
import { isContinuity, readersInOrder } from "./room-name.ts";
import { SecondLookChoice } from "./second-look.tsx";

const roleName = (reader: Reader): string =>
  isContinuity(reader) ? words.continuity.role : personRole(reader);

const personRole = (reader: Reader): string =>
  Object.entries(words.roles).find(([key]) => key === reader.role)?.[1] ?? words.room.professional;

/** Whom the past is being opened to: somebody of the room, or somebody of the family who is about to come in. */
type Receiver =
  | { readonly kind: "reader"; readonly name: string; readonly account: Reader["account"] }
  | { readonly kind: "person"; readonly name: string; readonly person: PersonId };
type Giving = { readonly to: Receiver; readonly choices: readonly HistoryChoice[] };

/** Who reads in a room, how sure it is that they are who they say, and, for its keepers, who comes and goes. */
export function PeoplePane(props: {
  readonly actions: Pick<
    Actions,
    | "addToRoom"
    | "removeFromRoom"
    | "markSecondLook"
    | "historyChoices"
    | "grantHistory"
    | "compareCode"
    | "markVerified"
  >;
  readonly room: RoomView;
  /** The room's family, for those who look after it. */
  readonly family: FamilyView | null;
  /** With whom keys are being compared. */
  readonly comparing: string | null;
  readonly onCompare: (account: string | null) => void;
  readonly onClose: () => void;
}) {
  const { actions, room } = props;
  const [giving, setGiving] = useState<Giving | null>(null);
  const compared = room.readers.find(({ account }) => account === props.comparing);
  const [removing, setRemoving] = useState<Reader | null>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const missing = (props.family?.people ?? []).filter(
    ({ account }) => account !== null && !room.readers.some((reader) => reader.account === account),
  );
  // The structure's own rooms keep their people; a team room holds no client.
  const isFixed = room.kind === "private" || room.kind === "team" || room.kind === "practice";
  const mayAdd = room.mayChangeReaders && !isFixed && !room.closed;
  const mayRemove = room.mayChangeReaders && !isFixed;
  const ask = (to: Receiver) =>
    attempt(
      () =>
        actions.historyChoices({
          room: room.room,
          ...(to.kind === "reader" ? { account: to.account } : { account: null, person: to.person }),
        }),
      (choices) => setGiving({ to, choices }),
    );
  const give = ({ to }: Giving, from: number | null) =>
    attempt(
      () =>
        to.kind === "person"
          ? actions.addToRoom({ room: room.room, person: to.person, from })
          : actions.grantHistory({ room: room.room, account: to.account, from: from ?? 0 }),
      () => setGiving(null),
    );
  const remove = (reader: Reader) => {
    setRemoving(null);
    attempt(() => actions.removeFromRoom({ room: room.room, account: reader.account }));
  };
  return (
    <section className="people-pane stack" aria-label={words.room.peopleTitle}>
      <div className="people-toggle">
        <Button tone="plain" onPress={props.onClose}>
          {words.room.closePeople}
        </Button>
      </div>
      <h2>{words.room.peopleTitle}</h2>
      <p className="quiet">{words.roomPromises[room.kind]}</p>
      {said === null || giving !== null ? null : <Banner>{said}</Banner>}
      {compared === undefined ? null : (
        <div className="card">
          <CompareKeys
            key={compared.account}
            actions={actions}
            reader={compared}
            onClose={() => props.onCompare(null)}
          />
        </div>
      )}
      {giving === null ? null : (
        <div className="card">
          <ChoosePast
            key={giving.to.name}
            name={giving.to.name}
            choices={giving.choices}
            isIn={giving.to.kind === "reader"}
            busy={busy}
            problem={said}
            onChoose={(from) => give(giving, from)}
            onCancel={() => setGiving(null)}
          />
        </div>
      )}
      <ul className="plain-list">
        {readersInOrder(room.readers).map((reader) => (
          <li key={reader.account} className="row">
            <Face name={reader.name} face={reader.face} />
            <span className="grow">
              <strong>{reader.isMe ? `${reader.name} (${words.room.you})` : reader.name}</strong>
              <br />
              <span className="quiet">
                {roleName(reader)}
                {reader.isMe || isContinuity(reader) ? null : ` · ${words.verifications[reader.verified]}`}
                {reader.canWrite ? null : ` · ${words.room.cannotWrite}`}
              </span>
              {isContinuity(reader) ? (
                <>
                  <br />
                  <span className="quiet">{words.continuity.what}</span>
                </>
              ) : null}
              {reader.keysChanged ? (
                <>
                  <br />
                  <span className="tag" data-tone="alarm">
                    {words.trust.newKeys}
                  </span>
                </>
              ) : null}
            </span>
            {reader.isMe || isContinuity(reader) ? null : (
              <Button
                tone="plain"
                label={words.trust.compare(reader.name)}
                onPress={() => props.onCompare(reader.account)}
              >
                <ShieldCheck aria-hidden="true" size={20} />
              </Button>
            )}
            {room.mayChangeReaders && !reader.isMe ? (
              <Button
                tone="plain"
                disabled={busy}
                label={words.past.more(reader.name)}
                onPress={() => ask({ kind: "reader", account: reader.account, name: reader.name })}
              >
                <History aria-hidden="true" size={20} />
              </Button>
            ) : null}
            {mayRemove && !reader.isMe && reader.role !== "therapist" && !isContinuity(reader) ? (
              <Button
                tone="plain"
                disabled={busy}
                label={words.room.removeName(reader.name)}
                onPress={() => setRemoving(reader)}
              >
                <UserMinus aria-hidden="true" size={20} />
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="quiet">{room.mayChangeReaders ? words.trust.marksForKeepers : words.trust.marks}</p>
      {mayAdd && missing.length > 0 ? (
        <div className="stack-tight">
          <h3>{words.room.addSomebody}</h3>
          <p className="quiet">{words.room.addHint}</p>
          <div className="row">
            {missing.map(({ person }) => (
              <Button
                key={person.person}
                disabled={busy}
                onPress={() => ask({ kind: "person", person: person.person, name: person.name })}
              >
                <UserPlus aria-hidden="true" size={20} />
                {words.room.addName(person.name)}
              </Button>
            ))}
          </div>
        </div>
      ) : null}
      <SecondLookChoice actions={actions} room={room} />
      {room.mayLeaveFamily && room.readOnly === null ? (
        <p>
          <a href={`/leave/${room.family ?? ""}`}>{words.leaving.link}</a>
        </p>
      ) : null}
      {removing === null ? null : (
        <Ask
          title={words.room.removeTitle(removing.name)}
          text={words.room.removeText(removing.name)}
          yes={words.room.removeName(removing.name)}
          no={words.act.cancel}
          onYes={() => remove(removing)}
          onNo={() => setRemoving(null)}
        />
      )}
    </section>
  );
}
