import type { EventRefusal, PersonId } from "@sotto/domain";
import { equalBytes, parseStatement, signStatement } from "@sotto/vault";
import type { AgreementRecord, AgreementStatement, Bytes, Said } from "@sotto/vault";
import type { Refused } from "../../done.ts";
import { ClientFault, refused } from "../../done.ts";
import type { Home } from "../../home.ts";
import { saidToAll } from "../../queries/agreement-state.ts";
import type { ClientRefusal } from "../../refusal.ts";
import type { RoomMemory } from "../../sync/room-memory.ts";

/** Signs what somebody says about a version. It names the newest thing said about that version before it, of what copies carry: nobody's word stands on what counts for nothing. */
export async function stated(
  home: Home,
  room: RoomMemory,
  wish: {
    readonly by: PersonId;
    readonly record: Pick<AgreementRecord, "hash">;
    readonly said: Said;
    /** What this device has just said and not heard yet. */
    readonly after?: Bytes;
  },
): Promise<AgreementStatement> {
  const me = home.vault.state.identities.at(-1);
  if (me === undefined) throw new ClientFault("closed");
  const { by, record, said } = wish;
  const after = wish.after ?? newestAbout(room, record.hash);
  const bytes = await signStatement(me, { about: record.hash, by, at: home.ports.now(), after, said });
  return parseStatement(bytes);
}

const newestAbout = (room: RoomMemory, about: Bytes): Bytes | null => {
  const last = saidToAll(room).findLast(({ statement }) => equalBytes(statement.about, about));
  return last?.statement.hash ?? null;
};

/** A statement as an entry of a room. */
export function saidEntry({ bytes }: AgreementStatement) {
  return { kind: "agreement-said", statement: bytes } as const;
}

const REFUSALS: { readonly [Kind in EventRefusal["kind"]]: ClientRefusal } = {
  closed: "room-closed",
  removed: "not-allowed",
  "not-therapist": "not-allowed",
  "unknown-version": "not-here",
  "older-version": "agreement-replaced",
  "in-force": "agreement-in-force",
  "after-withdrawal": "agreement-withdrawn",
  recalled: "agreement-recalled",
  "not-asked": "agreement-not-asked",
  "not-guardian": "agreement-not-guardian",
  "signed-already": "agreement-signed-already",
  "nothing-signed": "agreement-nothing-signed",
  "another-agreement": "not-here",
  "known-already": "proposed-already",
  "has-gaps": "agreement-gaps",
  "nobody-signs": "agreement-gaps",
};

/** The rules' no as an action's. */
export function refusedBy({ kind }: EventRefusal): Refused {
  return refused(REFUSALS[kind]);
}
