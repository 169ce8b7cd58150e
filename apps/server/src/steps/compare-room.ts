import { equalBytes, memberOf, type RoomState } from "@sotto/vault/public";
import { readHistoryFirsts } from "../store/history.ts";
import { readRoomState } from "../store/room.ts";
import type { Reader } from "../store/store.ts";
import { roomFinding, type Finding, type FindingKind } from "./finding.ts";

/** A room as its items make it. */
export interface WalkedRoom {
  readonly room: string;
  /** Null when there was no event that fits. */
  readonly state: RoomState | null;
  readonly lastSeq: number;
  /** Since which item each member has been there. */
  readonly since: ReadonlyMap<string, number>;
  /** From where on a member reads. */
  readonly first: (account: string) => number | undefined;
}

/** What a room is now, against what its items make it. */
export async function compareRoom(reader: Reader, walked: WalkedRoom): Promise<readonly Finding[]> {
  const { lastSeq, room, since, state } = walked;
  const findings: Finding[] = [];
  const find = (kind: FindingKind, seq: number, why = "") =>
    findings.push(roomFinding(reader, { kind, room, seq, why }));
  const stored = await readRoomState(reader, room, "look");
  if (stored === null || state === null) {
    find("room-head-wrong", lastSeq, "no event");
    return findings;
  }
  if (stored.nextSeq !== lastSeq + 1) find("room-seq-hole", lastSeq + 1, "at the end");
  if (stored.state.epoch !== state.epoch || !equalBytes(stored.state.head, state.head))
    find("room-head-wrong", lastSeq);
  if (stored.state.closed !== state.closed)
    find("room-closed-wrong", lastSeq, state.closed ? "stands open" : "stands closed");
  if (stored.state.ended !== state.ended)
    find("room-ended-wrong", lastSeq, state.ended ? "stands as going on" : "stands as ended");
  const isSame =
    stored.state.members.length === state.members.length &&
    stored.state.members.every((member) => {
      const expected = memberOf(state, member.account);
      return expected?.role === member.role && equalBytes(expected.identity, member.identity);
    }) &&
    stored.places.every(({ account, fromSeq }) => since.get(account) === fromSeq);
  if (!isSame) find("room-roster-wrong", lastSeq);
  // From where on each reads: nobody more than they were let, nobody less. Who is there is the roster's to say.
  const firsts = await readHistoryFirsts(reader, room);
  const isRead = [...since.keys()].every((account) => {
    const first = firsts.get(account);
    return first === undefined || first === walked.first(account);
  });
  if (!isRead) find("room-past-wrong", lastSeq);
  return findings;
}
