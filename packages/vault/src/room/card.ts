import { equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";

/** What a room is, for those in it: `fam/card/1`, sealed in every event, so that a joiner learns it at once. */
const CARD_LABEL = "fam/card/1";
/** The same with one role more. Only for a card that names a custodian, so that no card can be written in two ways. */
const CUSTODIAN_CARD_LABEL = "fam/card/2";
const CARD_BYTES_MAX = 64 * 1024 - 4;
const NAME_BYTES_MAX = 200;
export const ROOM_CARD_PEOPLE_MAX = 200;

export const ROOM_KINDS = ["family", "subgroup", "private", "team", "practice", "agreement"] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];

/** What somebody who is invited can be: the roles of version 1. */
export const INVITED_ROLES = [
  "therapist",
  "staff",
  "adult",
  "teen",
  "child",
  "guardian",
  "collateral",
] as const;
export const CARD_ROLES = [...INVITED_ROLES, "custodian"] as const;
export type CardRole = (typeof CARD_ROLES)[number];
export type InvitedRole = (typeof INVITED_ROLES)[number];

export type CardPerson = {
  readonly account: string;
  readonly name: string;
  readonly role: CardRole;
  /** Which drawn face stands for this person, 0 to 255. */
  readonly face: number;
};

export type RoomCard = {
  readonly kind: RoomKind;
  readonly title: string;
  readonly family: string | null;
  readonly familyName: string;
  readonly practiceName: string;
  readonly people: readonly CardPerson[];
};

const namesCustodian = (people: readonly CardPerson[]): boolean =>
  people.some(({ role }) => role === "custodian");

/** The bytes of a card; throws `misuse` beyond its limits. */
export function encodeRoomCard(card: RoomCard): Bytes {
  const writer = ByteWriter.labelled(namesCustodian(card.people) ? CUSTODIAN_CARD_LABEL : CARD_LABEL)
    .unsigned(ROOM_KINDS.indexOf(card.kind), 1)
    .text(card.title, NAME_BYTES_MAX);
  writer.optional(card.family, (family) => writer.id(family));
  writer.text(card.familyName, NAME_BYTES_MAX).text(card.practiceName, NAME_BYTES_MAX);
  writer.list(card.people, ROOM_CARD_PEOPLE_MAX, (person) =>
    writer
      .id(person.account)
      .text(person.name, NAME_BYTES_MAX)
      .unsigned(CARD_ROLES.indexOf(person.role), 1)
      .unsigned(person.face, 1),
  );
  const bytes = writer.bytes();
  if (bytes.length > CARD_BYTES_MAX) throw new VaultFault("misuse");
  return bytes;
}

/** Reads a card of exactly this format; throws `malformed`. */
export function decodeRoomCard(bytes: Bytes): RoomCard {
  const later = ByteWriter.labelled(CUSTODIAN_CARD_LABEL).bytes();
  const isLater = equalBytes(bytes.subarray(0, later.length), later);
  const reader = ByteReader.labelled(bytes, isLater ? CUSTODIAN_CARD_LABEL : CARD_LABEL, CARD_BYTES_MAX);
  const kind = reader.choice(ROOM_KINDS);
  const title = reader.text(NAME_BYTES_MAX);
  const family = reader.optional(() => reader.id());
  const familyName = reader.text(NAME_BYTES_MAX);
  const practiceName = reader.text(NAME_BYTES_MAX);
  const people = reader.list(ROOM_CARD_PEOPLE_MAX, () => ({
    account: reader.id(),
    name: reader.text(NAME_BYTES_MAX),
    role: reader.choice(isLater ? CARD_ROLES : INVITED_ROLES),
    face: reader.unsigned(1),
  }));
  reader.end();
  if (namesCustodian(people) !== isLater) throw new VaultFault("malformed");
  return { kind, title, family, familyName, practiceName, people };
}
