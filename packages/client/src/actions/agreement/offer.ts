import { applyToAgreement, decidedChoices, versionIn } from "@sotto/domain";
import type { AgreementId, AgreementVersion, AgreementVersionId, FamilyId } from "@sotto/domain";
import { decodeAgreementVersion, encodeAgreementVersion, VaultFault } from "@sotto/vault";
import type { AgreementFields, AgreementRecord } from "@sotto/vault";
import type { AgreementWork } from "../../agreement.ts";
import type { Done } from "../../client.ts";
import { DONE, done, refused } from "../../done.ts";
import { PIECE_BYTES_MAX } from "../../entry/agreement-codec.ts";
import type { Home } from "../../home.ts";
import { makeId } from "../../ids.ts";
import {
  agreementIn,
  agreementRoomId,
  agreementRoomOf,
  professionalOf,
  versionOf,
} from "../../queries/agreement-state.ts";
import type { RoomMemory } from "../../sync/room-memory.ts";
import { createRoom, keepersOf, newcomerOf, renewEpoch } from "../change-room.ts";
import { teamRoomOf } from "../families.ts";
import { letOthersOut, letSignersIn } from "./let-in.ts";
import { namedPeople, signersOf, therapistsOf } from "./people.ts";
import { refusedBy, saidEntry, stated } from "./say.ts";

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
  const { state } = agreementIn(home, family);
  const taken = applyToAgreement(state, { kind: "offered", by: me, version }, { at: now, writtenAt: now });
  if (taken.kind === "refused") return refusedBy(taken.why);
  const made = await roomFor(home, team, version);
  if (made.kind === "refused") return made;
  const room = made.value;
  // Whoever is asked later reads from here on, and nothing of what was offered before.
  if (state.versions.length > 0) {
    const renewed = await renewEpoch(home, room.room);
    if (renewed.kind === "refused") return renewed;
  }
  await sendPieces(home, room, record);
  const named = await stated(home, room, {
    by: me,
    record,
    said: { kind: "named", people: namedPeople(team, version) },
  });
  await home.outbox.add(room.room, saidEntry(named));
  const offered = await stated(home, room, {
    by: me,
    record,
    said: { kind: "offered" },
    after: named.hash,
  });
  const posted = await home.outbox.post(room.room, saidEntry(offered));
  if (posted.kind === "refused") return posted;
  // A colleague may have offered another one in the same moment.
  const isTaken = versionIn(agreementIn(home, family).state, version.version) !== null;
  return isTaken ? done(version.version) : refused("agreement-replaced");
}

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
  const everybody = await letSignersIn(home, team, { room, version, from: null });
  return everybody.kind === "refused" ? everybody : done(home.rooms.get(room.room) ?? room);
}

async function sendPieces(home: Home, { room }: RoomMemory, record: AgreementRecord): Promise<void> {
  const count = Math.ceil(record.bytes.length / PIECE_BYTES_MAX);
  for (let index = 0; index < count; index++) {
    const bytes = record.bytes.slice(index * PIECE_BYTES_MAX, (index + 1) * PIECE_BYTES_MAX);
    await home.outbox.add(room, { kind: "agreement-piece", about: record.hash, index, count, bytes });
  }
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
