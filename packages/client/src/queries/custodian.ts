import { currentCustodian } from "@sotto/domain";
import type { RecordedCustodian } from "@sotto/domain";
import type { CardPerson, RoomMember } from "@sotto/vault";
import type { Home } from "../home.ts";
import { faceOf } from "../ids.ts";
import type { RoomMemory } from "../sync/room-memory.ts";

const practiceRecord = (home: Home): RoomMemory["family"] | null =>
  home.rooms.all.find(({ card }) => card.kind === "practice")?.family ?? null;

/** The custodian that the practice's record names now; null for families, who see it in their rooms alone, and where there is none. */
export function custodianNow(home: Home): RecordedCustodian | null {
  const record = practiceRecord(home);
  return record === null ? null : currentCustodian(record.custodians);
}

/** The accounts of custodians that have been replaced or ended. */
export function formerCustodians(home: Home): readonly string[] {
  const recorded = practiceRecord(home)?.custodians.values() ?? [];
  return [...recorded].filter(({ ended }) => ended).map(({ account }) => account);
}

/** It as a reader of a room, and as the room's card names it. */
export function custodianSeat({ account, identity, name }: RecordedCustodian): {
  readonly member: RoomMember;
  readonly person: CardPerson;
} {
  return {
    member: { account, role: "reader", identity: new Uint8Array(identity) },
    person: { account, name, role: "custodian", face: faceOf(account) },
  };
}
