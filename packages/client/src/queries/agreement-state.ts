import {
  carriedLines,
  countsIn,
  hearAgreement,
  isForEveryone,
  isSameSignature,
  signaturePlace,
  versionIn,
} from "@sotto/domain";
import type {
  AccountId,
  AgreementState,
  AgreementVersion,
  AgreementVersionId,
  Counts,
  EvidenceLine,
  EvidenceSaid,
  FamilyId,
  HeardAgreement,
  PersonId,
  RequiredSignature,
} from "@sotto/domain";
import { agreementVersionId, isAboutStatement, toHex } from "@sotto/vault";
import type { AgreementRecord, AgreementStatement, Said } from "@sotto/vault";
import { privateRoomIn } from "../actions/read-only.ts";
import type { Home } from "../home.ts";
import { plannedRoomId, toId } from "../ids.ts";
import type { HeardStatement } from "../sync/agreement-log.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { accountNow } from "./returned.ts";

/** What this person knows of a family's agreement. */
export interface KnownAgreement extends HeardAgreement {
  readonly lines: readonly EvidenceLine[];
  /** What the lines were read from, one for each. */
  readonly heard: readonly HeardStatement[];
  /** Which of the lines count. */
  readonly counts: Counts;
  /** Null before anything was offered, and for whoever is not in it. */
  readonly room: RoomMemory | null;
  readonly versions: readonly AgreementVersion[];
}

/** The room in which a family signs; null before there is one, and for whoever is not in it. */
export function agreementRoomOf(home: Home, family: FamilyId): RoomMemory | null {
  const memory = home.rooms.get(agreementRoomId(family));
  return memory?.card.kind === "agreement" ? memory : null;
}

/** The same for every browser that computes it. */
export function agreementRoomId(family: FamilyId) {
  return plannedRoomId({ family, key: "agreement" });
}

/** The private rooms of a family that this person is in: their own, or for a therapist everybody's. */
export function privateRoomsOf(home: Home, family: FamilyId): readonly RoomMemory[] {
  return home.rooms.all.filter(({ card }) => card.kind === "private" && card.family === family);
}

/** What somebody has signed in a family's agreement of whose room they are no member any more. */
export interface SignedOutside {
  /** The newest signature, as they kept it in their private room. */
  readonly signature: AgreementStatement;
  /** When they took it back; null when they did not. */
  readonly withdrawnAt: number | null;
}

/** Null for whoever is in the room, has signed nothing, or is a therapist. */
export function signedOutside(home: Home, family: FamilyId): SignedOutside | null {
  if (agreementRoomOf(home, family) !== null) return null;
  const apart = privateRoomIn(home, family);
  if (apart === null) return null;
  // Also what they signed with an account that they have lost since.
  const mine = apart.agreement.said.filter(
    ({ account }) => accountNow(apart, account) === home.person.account,
  );
  const place = mine.findLastIndex(({ statement: { said } }) => said.kind === "signed");
  const signature = mine[place]?.statement;
  if (signature === undefined) return null;
  const after = mine.slice(place).find(({ statement: { said } }) => said.kind === "withdrawn");
  return { signature, withdrawnAt: after?.at ?? null };
}

/** The team's room of a family, for those who look after it. */
const teamRoomsOf = (home: Home, family: FamilyId): readonly RoomMemory[] =>
  home.rooms.all.filter(({ card }) => card.kind === "team" && card.family === family);

/** Whether somebody may say about a version what its therapists say. */
export function speaksFor(
  { successors }: AgreementState,
  { therapists }: AgreementVersion,
  person: PersonId,
): boolean {
  return therapists.includes(person) || successors.has(person);
}

/** Where a signature that counts now stands among the lines; -1 while there is none. */
export function placeOfSignature(
  { counts, lines, state }: KnownAgreement,
  version: AgreementVersionId,
  wanted: RequiredSignature,
): number {
  const isGiven =
    versionIn(state, version)?.signatures.some((given) => isSameSignature(given, wanted)) === true;
  return isGiven ? signaturePlace(lines, { counts, version }, wanted) : -1;
}

/** A professional's person id, in agreements, is the id of their account. */
export function professionalOf(account: AccountId): PersonId {
  return toId<PersonId>(account);
}

interface Cached {
  /** The rooms that it was made of, how much of each, and which were closed. */
  readonly made: readonly (readonly [RoomMemory, number, boolean])[];
  readonly known: KnownAgreement;
}
const cache = new WeakMap<Home, Map<FamilyId, Cached>>();

/** Everything that was said about a family's agreement, folded by the rules that a copy of it is judged by. */
export function agreementIn(home: Home, family: FamilyId): KnownAgreement {
  const room = agreementRoomOf(home, family);
  // Before there is a room, nothing was said anywhere, and nobody's rooms are looked through for it.
  const apart = room === null ? [] : [...privateRoomsOf(home, family), ...teamRoomsOf(home, family)];
  const held = room === null ? apart : [room, ...apart];
  const families = cache.get(home) ?? new Map<FamilyId, Cached>();
  cache.set(home, families);
  const before = families.get(family);
  const isSame =
    before?.made.length === held.length &&
    held.every((memory, place) => {
      const [known, changes, closed] = before.made[place] ?? [];
      return known === memory && changes === memory.agreement.changes && closed === memory.state.closed;
    });
  if (isSame) return before.known;
  const known = fold(room, apart);
  const made = held.map((memory) => [memory, memory.agreement.changes, memory.state.closed] as const);
  families.set(family, { made, known });
  return known;
}

const fold = (room: RoomMemory | null, apart: readonly RoomMemory[]): KnownAgreement => {
  const versions = room === null ? [] : versionsIn(room);
  const heard = room === null ? [] : heardIn(room, apart);
  const places = placesIn(heard);
  const lines = heard.map((one) => lineOf(one, places));
  const known = hearAgreement({ versions, lines }, (named, account) =>
    apart.some((memory) => memory.card.kind === "private" && accountNow(memory, named) === account),
  );
  // By the chain of its room, which no line says anything of (decision 0025).
  const state = { ...known.state, closed: room?.state.closed === true };
  return { ...known, state, counts: countsIn(known), heard, lines, room, versions };
};

/** A version as data. The two types say the same but for brands, which ids that were read from bytes have in the compiler alone. */
export function versionOf(record: AgreementRecord): AgreementVersion {
  const { bytes: _bytes, hash: _hash, ...fields } = record;
  return fields as unknown as AgreementVersion;
}

/** By a therapist alone, and by nobody in another's name: in a room its keepers are the therapists. */
const KEEPERS_SAY: readonly Said["kind"][] = [
  "named",
  "offered",
  "recalled",
  "suspended",
  "left",
  "back",
  "authority",
  "witnessed",
];

const mayBeSaid = ({ account, isByKeeper, statement: { by, said } }: HeardStatement): boolean =>
  !KEEPERS_SAY.includes(said.kind) || (isByKeeper && by === account);

/** What everyone gets and every copy carries, as it was said in the family's room by who may say it. */
export function saidToAll(room: Pick<RoomMemory, "agreement">): readonly HeardStatement[] {
  const said = room.agreement.said.filter((heard) => isForEveryone(heard.statement.said) && mayBeSaid(heard));
  const places = placesIn(said);
  const lines = said.map((one) => {
    const { after } = one.statement;
    const isMissing = after !== null && !places.has(toHex(after));
    return isMissing ? { ...lineOf(one, places), after: "missing" as const } : lineOf(one, places);
  });
  const carried = carriedLines({ versions: versionsIn(room), lines });
  return said.filter((_one, place) => carried.has(place));
}

const versionsIn = ({ agreement }: Pick<RoomMemory, "agreement">): readonly AgreementVersion[] =>
  [...agreement.versions.values()].map(({ record }) => versionOf(record));

/** In the order in which the server took them. What was said apart stands where its time falls, and never before what its author had seen: a clock that goes back loses no withdrawal. */
const heardIn = (room: RoomMemory, apart: readonly RoomMemory[]): readonly HeardStatement[] => {
  const shared = saidToAll(room);
  const sharedPlaces = placesIn(shared);
  const own = apart
    .flatMap(({ agreement, card }) =>
      // What therapists tell each other stands in the team's room, and nothing else of it there.
      agreement.said.filter(
        ({ statement }) => (card.kind === "team") === (statement.said.kind === "authority"),
      ),
    )
    .filter((heard) => {
      const { about, said } = heard.statement;
      // Of nothing that was ever offered there is nothing to say, however much of it somebody says.
      const isAbout = room.agreement.versions.has(toId(agreementVersionId(about)));
      return isAbout && mayBeSaid(heard) && (said.kind === "answered" || !isForEveryone(said));
    })
    .map((heard) => {
      const { after } = heard.statement;
      const seen = after === null ? -1 : (sharedPlaces.get(toHex(after)) ?? -1);
      const later = shared.findIndex(({ at }) => at > heard.at);
      return { heard, before: Math.max(seen + 1, later === -1 ? shared.length : later) };
    })
    .toSorted((one, other) => one.before - other.before || one.heard.at - other.heard.at);
  const here = Map.groupBy(own, ({ before }) => before);
  const merged = [...shared.keys(), shared.length].flatMap((place) => {
    const apartHere = (here.get(place) ?? []).map(({ heard }) => heard);
    const next = shared[place];
    return next === undefined ? apartHere : [...apartHere, next];
  });
  const places = placesIn(merged);
  // What a reason or a score is about has not come in yet, or never will.
  return merged.filter(({ statement: { said } }) => {
    return !isAboutStatement(said) || places.has(toHex(said.of));
  });
};

type Places = ReadonlyMap<string, number>;

const placesIn = (heard: readonly HeardStatement[]): Places =>
  new Map(heard.map(({ name }, place) => [name, place]));

const lineOf = ({ account, at, statement }: HeardStatement, places: Places): EvidenceLine => {
  const { about, after, by, said } = statement;
  return {
    by: toId(by),
    account,
    version: toId(agreementVersionId(about)),
    moment: { at, writtenAt: statement.at },
    // What stands in a room that this person reads from later on is not left out by anybody.
    after: after === null ? null : (places.get(toHex(after)) ?? null),
    said: saidOf(said, places),
  };
};

/** The two types say the same but for brands and for what a line is about: there a hash, here a place. */
const saidOf = (said: Said, places: Places): EvidenceSaid => {
  if (!isAboutStatement(said)) return said as unknown as EvidenceSaid;
  const { of, ...rest } = said;
  return { ...rest, line: places.get(toHex(of)) ?? -1 };
};

/** Whose account it is, by the last word of a therapist; null while nobody has said. */
export function personBehind({ accounts }: HeardAgreement, account: AccountId): PersonId | null {
  const found = [...accounts].find(([, known]) => known === account);
  return found?.[0] ?? null;
}

/** The signed bytes of a version, for a signature over their hash; null when it is not here. */
export function recordIn({ room }: KnownAgreement, version: AgreementVersionId): AgreementRecord | null {
  return room?.agreement.versions.get(version)?.record ?? null;
}
