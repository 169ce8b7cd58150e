import { hearAgreement, isForEveryone } from "@sotto/domain";
import type {
  AccountId,
  AgreementVersion,
  AgreementVersionId,
  EvidenceLine,
  EvidenceSaid,
  FamilyId,
  HeardAgreement,
  PersonId,
} from "@sotto/domain";
import { agreementVersionId, toHex } from "@sotto/vault";
import type { AgreementRecord, Bytes, Said } from "@sotto/vault";
import type { Home } from "../home.ts";
import { plannedRoomId, toId } from "../ids.ts";
import type { HeardStatement } from "../sync/agreement-log.ts";
import type { RoomMemory } from "../sync/room-memory.ts";

/** What this person knows of a family's agreement. */
export interface KnownAgreement extends HeardAgreement {
  readonly lines: readonly EvidenceLine[];
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

/** A professional's person id, in agreements, is the id of their account. */
export function professionalOf(account: AccountId): PersonId {
  return toId<PersonId>(account);
}

interface Cached {
  readonly key: string;
  readonly known: KnownAgreement;
}
const cache = new WeakMap<Home, Map<FamilyId, Cached>>();

/** Everything that was said about a family's agreement, folded by the rules that a copy of it is judged by. */
export function agreementIn(home: Home, family: FamilyId): KnownAgreement {
  const room = agreementRoomOf(home, family);
  const apart = privateRoomsOf(home, family);
  const held = room === null ? apart : [room, ...apart];
  const key = held.map((memory) => `${memory.room}:${String(memory.agreement.changes)}`).join();
  const families = cache.get(home) ?? new Map<FamilyId, Cached>();
  cache.set(home, families);
  const before = families.get(family);
  if (before?.key === key) return before.known;
  const known = fold(room, apart);
  families.set(family, { key, known });
  return known;
}

const fold = (room: RoomMemory | null, apart: readonly RoomMemory[]): KnownAgreement => {
  const versions = [...(room?.agreement.versions.values() ?? [])].map(({ record }) => versionOf(record));
  const lines = room === null ? [] : linesOf(room, apart);
  return { ...hearAgreement({ versions, lines }), lines, room, versions };
};

/** A version as data. The two types say the same but for brands, which ids that were read from bytes have in the compiler alone. */
export function versionOf(record: AgreementRecord): AgreementVersion {
  const { bytes: _bytes, hash: _hash, ...fields } = record;
  return fields as unknown as AgreementVersion;
}

/** By a therapist alone, and by nobody in another's name: in a room its keepers are the therapists. */
const KEEPERS_SAY: readonly Said["kind"][] = ["named", "offered", "recalled", "suspended", "left", "back"];

/** In the order in which the server took them; what was said apart stands where its time falls. */
const linesOf = (room: RoomMemory, apart: readonly RoomMemory[]): readonly EvidenceLine[] => {
  const shared = room.agreement.said.filter(isSayable);
  const own = apart
    .flatMap(({ agreement }) => agreement.said)
    .filter(({ statement }) => !isForEveryone(statement.said))
    .toSorted((one, other) => one.at - other.at);
  const merged: HeardStatement[] = [];
  for (const heard of shared) {
    while (own[0] !== undefined && own[0].at < heard.at) merged.push(...own.splice(0, 1));
    merged.push(heard);
  }
  merged.push(...own);
  // What a reason or a score is about has not come in yet, or never will.
  const whole = merged.filter(({ statement: { said } }) => {
    const of = said.kind === "reason" || said.kind === "understanding" ? said.of : null;
    return of === null || placeOf(merged, of) >= 0;
  });
  return whole.map((heard) => lineOf(heard, whole));
};

const isSayable = ({ account, isByKeeper, statement }: HeardStatement): boolean => {
  if (!isForEveryone(statement.said)) return false;
  if (!KEEPERS_SAY.includes(statement.said.kind)) return true;
  return isByKeeper && statement.by === account;
};

const placeOf = (heard: readonly HeardStatement[], wanted: Bytes): number => {
  const name = toHex(wanted);
  return heard.findIndex(({ statement }) => toHex(statement.hash) === name);
};

const lineOf = ({ account, at, statement }: HeardStatement, all: readonly HeardStatement[]): EvidenceLine => {
  const { about, after, by, said } = statement;
  const seen = after === null ? null : placeOf(all, after);
  return {
    by: toId(by),
    account,
    version: toId(agreementVersionId(about)),
    moment: { at, writtenAt: statement.at },
    // What stands in a room that this person reads from later on is not left out by anybody.
    after: seen === -1 ? null : seen,
    said: saidOf(said, all),
  };
};

/** The two types say the same but for brands and for what a line is about: there a hash, here a place. */
const saidOf = (said: Said, all: readonly HeardStatement[]): EvidenceSaid => {
  if (said.kind !== "reason" && said.kind !== "understanding") return said as unknown as EvidenceSaid;
  const { of, ...rest } = said;
  return { ...rest, line: placeOf(all, of) };
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
