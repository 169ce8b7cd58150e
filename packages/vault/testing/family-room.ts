import type { Bytes, Random } from "../src/codec/bytes.ts";
import type { IdentityOf } from "../src/identity/record.ts";
import { encodeRoomCard } from "../src/room/card.ts";
import { makeRoomEvent, memberEntry, openRoomEvent } from "../src/room/chain.ts";
import type { MadeRoomEvent, OpenedRoomEvent } from "../src/room/chain.ts";
import type { RoomState } from "../src/room/state.ts";
import { directoryOf, idOf, makePerson, unsafeSeededRandom } from "./people.ts";
import type { Person } from "./people.ts";

/** A therapist (keeper), two members of a family, a reader, and somebody outside, with a room of the first four. */
export type FamilyRoom = {
  readonly tess: Person;
  readonly ana: Person;
  readonly ben: Person;
  readonly rita: Person;
  readonly mallory: Person;
  readonly identityOf: IdentityOf;
  readonly room: string;
  readonly card: Bytes;
  readonly random: Random;
  readonly created: MadeRoomEvent;
};

export async function makeFamilyRoom(): Promise<FamilyRoom> {
  const [tess, ana, ben, rita, mallory] = await Promise.all([
    makePerson("Tess"),
    makePerson("Ana"),
    makePerson("Ben"),
    makePerson("Rita"),
    makePerson("Mallory"),
  ]);
  const identityOf = directoryOf(tess.record, ana.record, ben.record, rita.record, mallory.record);
  const random = unsafeSeededRandom("family room");
  const card = encodeRoomCard({
    kind: "family",
    title: "Lake",
    family: idOf("family"),
    familyName: "Lake",
    practiceName: "Practice",
    people: [{ account: ana.secret.account, name: "Ana", role: "adult", face: 3 }],
  });
  const members = [
    memberEntry(tess.secret, "keeper"),
    memberEntry(ana.secret, "member"),
    memberEntry(ben.secret, "member"),
    memberEntry(rita.secret, "reader"),
  ];
  const room = idOf("room");
  const me = tess.secret;
  const created = await makeRoomEvent({
    me,
    previous: null,
    room,
    action: "create",
    members,
    card,
    identityOf,
    random,
  });
  return { tess, ana, ben, rita, mallory, identityOf, room, card, random, created };
}

/** How one person opens an event. */
export async function openAs(
  family: FamilyRoom,
  person: Person,
  event: Bytes,
  previous: RoomState | null | "joining",
): Promise<OpenedRoomEvent> {
  const { identityOf, card } = family;
  const previousCard = previous === null || previous === "joining" ? null : card;
  return openRoomEvent({ mine: [person.secret], event, previous, previousCard, identityOf });
}
