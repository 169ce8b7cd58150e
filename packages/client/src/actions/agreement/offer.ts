import { applyToAgreement, decidedChoices, openOffer, versionIn, versionInForce } from "@sotto/domain";
import type { AgreementId, AgreementVersion, AgreementVersionId, EntryId, FamilyId } from "@sotto/domain";
import { decodeAgreementVersion, encodeAgreementVersion, VaultFault } from "@sotto/vault";
import type { AgreementFields, AgreementRecord } from "@sotto/vault";
import type { AgreementWork } from "../../agreement.ts";
import type { Done } from "../../client.ts";
import { DONE, done, refused } from "../../done.ts";
import type { Home } from "../../home.ts";
import { makeId } from "../../ids.ts";
import {
  agreementIn,
  agreementRoomId,
  agreementRoomOf,
  professionalOf,
  versionOf,
} from "../../queries/agreement-state.ts";
import { cut } from "../../sync/pieces.ts";
import type { RoomMemory } from "../../sync/room-memory.ts";
import { createRoom, keepersOf, newcomerOf, renewEpoch } from "../change-room.ts";
import { teamRoomOf } from "../families.ts";
import { letOthersOut, letSignersIn } from "./let-in.ts";
import { namedPeople, signersOf, therapistsOf } from "./people.ts";
import { refusedBy, saidEntry, stated } from "./say.ts";
import { tendAgreement } from "./tend.ts";

/** Puts a version before everyone. Its pieces go out first: when what names it arrives, it is there. */
export async function offer(
  home: Home,
  family: FamilyId,
  work: AgreementWork,
): Promise<Done<AgreementVersionId>> {
  const team = teamRoomOf(home, family);
  if (team === null) return refused("not-here");
  if (team.family.closed) return refused("room-closed");
  const record = versionFrom(home, team, family, work);
  if (record === "gaps") return refused("agreement-gaps");
  if (record === "too-long") return refused("too-long");
  const version = versionOf(record);
  const me = professionalOf(home.person.account);
  const now = home.ports.now();
  // Whom nobody named who looked after the family before offers nothing that holds, here or in a copy: whoever was named while it was closed has that told first.
  if (!isNamed(home, family)) await tendAgreement(home, team);
  if (!isNamed(home, family)) return refused("not-allowed");
  const { state } = agreementIn(home, family);
  const taken = applyToAgreement(state, { kind: "offered", by: me, version }, { at: now, writtenAt: now });
  if (taken.kind === "refused") return refusedBy(taken.why);
  const put = await putForward(home, team, record);
  // After a lock it may still go out.
  if (put.kind === "refused" && put.refusal !== "locked") await letBackIn(home, team, family);
  return put;
}

const isNamed = (home: Home, family: FamilyId): boolean => {
  const { accounts } = agreementIn(home, family);
  const me = home.person.account;
  return accounts.size === 0 || accounts.get(professionalOf(me)) === me;
};

async function putForward(
  home: Home,
  team: RoomMemory,
  record: AgreementRecord,
): Promise<Done<AgreementVersionId>> {
  const version = versionOf(record);
  const { family } = version;
  const me = professionalOf(home.person.account);
  const made = await roomFor(home, team, version);
  if (made.kind === "refused") return made;
  const room = made.value;
  // Whoever is asked later reads from here on, and nothing of what was offered before.
  if (agreementIn(home, family).state.versions.length > 0) {
    const renewed = await renewEpoch(home, room.room);
    if (renewed.kind === "refused") return renewed;
  }
  const readers = readersFor(home, team, { room, version });
  const pieces = await sendPieces(home, { room, record, readers });
  const named = await stated(home, room, {
    by: me,
    record,
    said: { kind: "named", people: namedPeople(team, version) },
  });
  const before = [...pieces, await home.outbox.add(room.room, saidEntry(named))];
  const offered = await stated(home, room, {
    by: me,
    record,
    said: { kind: "offered" },
    after: named.hash,
  });
  const posted = await home.outbox.post(room.room, saidEntry(offered), { readers });
  if (posted.kind === "refused") {
    if (posted.refusal !== "locked") for (const one of before) await home.outbox.undo(one);
    return posted;
  }
  // A colleague may have offered another one in the same moment.
  const isTaken = versionIn(agreementIn(home, family).state, version.version) !== null;
  return isTaken ? done(version.version) : refused("agreement-replaced");
}

/** An offer that failed has taken people out who are asked for what stands now: a colleague's, or the one before. */
async function letBackIn(home: Home, team: RoomMemory, family: FamilyId): Promise<void> {
  const { room, state } = agreementIn(home, family);
  const newest = state.versions.at(-1)?.version ?? null;
  const live = (openOffer(state) ?? versionInForce(state))?.version ?? null;
  if (room === null || live === null || live.version !== newest?.version) return;
  // What does not come about here is tended later.
  await letSignersIn(home, team, { room, version: live, back: "at-once" });
}

/** Who may be in the room when a version goes out: its signers, and whoever keeps it. Where somebody else is let in meanwhile, it does not. */
const readersFor = (
  home: Home,
  team: RoomMemory,
  { room, version }: { readonly room: RoomMemory; readonly version: AgreementVersion },
): readonly string[] => {
  const { members } = (home.rooms.get(room.room) ?? room).state;
  const others = members.filter(({ role }) => role !== "member").map(({ account }) => account);
  const keepers = keepersOf(team).map(({ member }) => member.account);
  const signers = signersOf(version).flatMap((person) => team.family.joined.get(person)?.account ?? []);
  return [...new Set<string>([...others, ...keepers, ...signers])];
};

const versionFrom = (
  home: Home,
  team: RoomMemory,
  family: FamilyId,
  work: AgreementWork,
): AgreementRecord | "gaps" | "too-long" => {
  const choices = decidedChoices(work.choices);
  if (choices === null) return "gaps";
  const { state } = agreementIn(home, family);
  const newest = state.versions.at(-1)?.version;
  const fields: AgreementFields = {
    ...work,
    agreement: newest?.agreement ?? makeId<AgreementId>(home.ports.random),
    family,
    number: (newest?.number ?? 0) + 1,
    therapists: therapistsOf(team),
    choices,
  };
  try {
    return decodeAgreementVersion(encodeAgreementVersion(fields));
  } catch (error) {
    if (error instanceof VaultFault) return "too-long";
    throw error;
  }
};

/** The room in which it is signed, with everybody in it who is asked and has joined. */
async function roomFor(home: Home, team: RoomMemory, version: AgreementVersion): Promise<Done<RoomMemory>> {
  const { family } = version;
  if (agreementRoomOf(home, family) === null) {
    const signers = signersOf(version)
      .map((person) => newcomerOf(home, team, person))
      .filter((one) => one !== null);
    const card = { kind: "agreement", title: "", family, familyName: team.family.name } as const;
    const created = await createRoom(home, {
      room: agreementRoomId(family),
      card,
      people: [...keepersOf(team), ...signers],
    });
    if (created.kind === "refused") return created;
  }
  const room = agreementRoomOf(home, family);
  if (room === null) return refused("not-here");
  const gone = await letOthersOut(home, team, { room, version });
  if (gone.kind === "refused") return gone;
  const everybody = await letSignersIn(home, team, { room, version, back: "at-once" });
  return everybody.kind === "refused" ? everybody : done(home.rooms.get(room.room) ?? room);
}

async function sendPieces(
  home: Home,
  wish: {
    readonly room: RoomMemory;
    readonly record: AgreementRecord;
    readonly readers: readonly string[];
  },
): Promise<readonly EntryId[]> {
  const { readers, record, room } = wish;
  const sent: EntryId[] = [];
  for (const piece of cut(record.bytes)) {
    const entry = { kind: "agreement-piece", about: record.hash, ...piece } as const;
    sent.push(await home.outbox.add(room.room, entry, { readers }));
  }
  return sent;
}

/** By a therapist, of what is not in force. */
export async function recall(home: Home, family: FamilyId, version: AgreementVersionId): Promise<Done> {
  const { room, state } = agreementIn(home, family);
  const held = room?.agreement.versions.get(version);
  if (room === null || held === undefined) return refused("not-here");
  const by = professionalOf(home.person.account);
  const now = home.ports.now();
  const taken = applyToAgreement(state, { kind: "recalled", by, version }, { at: now, writtenAt: now });
  if (taken.kind === "refused") return refusedBy(taken.why);
  const said = await stated(home, room, { by, record: held.record, said: { kind: "recalled" } });
  const posted = await home.outbox.post(room.room, saidEntry(said));
  return posted.kind === "refused" ? posted : DONE;
}
