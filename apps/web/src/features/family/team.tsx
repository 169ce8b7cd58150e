import type {
  Actions,
  ClientRefusal,
  FamilyView,
  ProfessionalView,
  RoomLineView,
  StaffPersonView,
} from "@sotto/client";
import type { PersonId, RoomId } from "@sotto/domain";
import { useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Face } from "../../ui/face.tsx";
import { Banner, Button, Check, Form, Select } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { teamWords } from "../../words/practice.ts";
import { sayProblem, words } from "../../words/words.ts";

/** The professionals of a family; a colleague is added to the rooms that are chosen, or taken out. */
export function Team(props: {
  readonly actions: Pick<Actions, "addColleague" | "removeColleague">;
  readonly family: FamilyView;
  readonly colleagues: readonly StaffPersonView[];
  readonly nameOf: (room: RoomLineView) => string;
}) {
  const { actions, family } = props;
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<ProfessionalView | null>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const said = sayProblem(problem);
  const candidates = props.colleagues.filter(
    ({ account, isLeaving, staff }) =>
      account !== null &&
      !isLeaving &&
      staff.role === "therapist" &&
      !family.professionals.some((professional) => professional.account === account),
  );
  return (
    <section className="stack" aria-label={teamWords.title}>
      <h2>{teamWords.title}</h2>
      {said === null || isAdding ? null : <Banner>{said}</Banner>}
      <ul className="plain-list">
        {family.professionals.map((professional) => (
          <li key={professional.account} className="row">
            <Face name={professional.name} face={professional.face} />
            <span className="grow">
              <strong>
                {professional.isMe ? `${professional.name} (${words.room.you})` : professional.name}
              </strong>
              {professional.isLeaving ? <span className="quiet"> · {teamWords.leaving}</span> : null}
            </span>
            {professional.isMe || professional.isLeaving ? null : (
              <Button
                tone="plain"
                disabled={busy}
                label={teamWords.removeName(professional.name)}
                onPress={() => setRemoving(professional)}
              >
                {teamWords.remove}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {candidates.length > 0 && isAdding ? (
        <div className="card stack">
          <h3>{teamWords.add}</h3>
          <AddForm
            candidates={candidates}
            rooms={family.rooms}
            nameOf={props.nameOf}
            busy={busy}
            problem={said}
            onCancel={() => setAdding(false)}
            onAdd={(colleague, rooms) =>
              attempt(
                () => actions.addColleague({ family: family.family, colleague, rooms }),
                () => setAdding(false),
              )
            }
          />
        </div>
      ) : candidates.length > 0 ? (
        <div className="row">
          <Button onPress={() => setAdding(true)}>{teamWords.add}</Button>
        </div>
      ) : family.professionals.length > 1 ? null : (
        <p className="quiet">{teamWords.noColleagues}</p>
      )}
      {family.outOfReach.length === 0 ? null : (
        <div className="stack-tight">
          <h3>{teamWords.outOfReach}</h3>
          <p className="quiet">{teamWords.outOfReachHint}</p>
          <ul>
            {family.outOfReach.map(({ kind, names, room, subgroup }) => (
              <li key={room}>
                {subgroup === null ? words.roomKinds[kind] : words.subgroups[subgroup]}: {names.join(", ")}
              </li>
            ))}
          </ul>
        </div>
      )}
      {removing === null ? null : (
        <Ask
          title={teamWords.removeTitle(removing.name)}
          text={teamWords.removeText(removing.name)}
          yes={teamWords.remove}
          no={words.act.cancel}
          onYes={() => {
            setRemoving(null);
            attempt(() => actions.removeColleague({ family: family.family, account: removing.account }));
          }}
          onNo={() => setRemoving(null)}
        />
      )}
    </section>
  );
}

/** Private rooms are chosen one by one, each with whose words would be read. */
function AddForm(props: {
  readonly candidates: readonly StaffPersonView[];
  readonly rooms: readonly RoomLineView[];
  readonly nameOf: (room: RoomLineView) => string;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onAdd: (colleague: PersonId, rooms: readonly RoomId[]) => void;
  readonly onCancel: () => void;
}) {
  const [chosen, setChosen] = useState<PersonId | null>(null);
  const choosable = props.rooms.filter(({ kind }) => kind === "subgroup" || kind === "private");
  const [rooms, setRooms] = useState<readonly RoomId[]>(
    choosable.filter(({ kind }) => kind === "subgroup").map(({ room }) => room),
  );
  const colleague = props.candidates.find(({ staff }) => staff.person === chosen) ?? props.candidates[0];
  if (colleague === undefined) return null;
  const { name, person } = colleague.staff;
  const choose = (room: RoomId, isIn: boolean) =>
    setRooms(isIn ? [...rooms, room] : rooms.filter((other) => other !== room));
  return (
    <Form onSubmit={() => props.onAdd(person, rooms)}>
      <Select
        label={teamWords.who}
        value={person}
        options={props.candidates.map(({ staff }) => [staff.person, staff.name] as const)}
        onChange={setChosen}
      />
      <p>{teamWords.comesIn(name)}</p>
      {choosable.length === 0 ? null : (
        <fieldset className="group">
          <legend className="legend">{teamWords.which(name)}</legend>
          {choosable.map((room) => (
            <div key={room.room} className="stack-tight">
              <Check
                label={`${words.roomKinds[room.kind]}: ${props.nameOf(room)}`}
                checked={rooms.includes(room.room)}
                onChange={(isIn) => choose(room.room, isIn)}
              />
              {room.kind === "private" && rooms.includes(room.room) ? (
                <p className="quiet">{teamWords.fromNowOn(name, props.nameOf(room))}</p>
              ) : null}
            </div>
          ))}
        </fieldset>
      )}
      <p className="quiet">{teamWords.noPast}</p>
      {props.problem === null ? null : <Banner>{props.problem}</Banner>}
      <div className="row">
        <Button onPress={props.onCancel}>{words.act.cancel}</Button>
        <Button submit tone="primary" disabled={props.busy}>
          {teamWords.addName(name)}
        </Button>
      </div>
    </Form>
  );
}
