import { applyToAgreement, openOffer, versionInForce } from "@sotto/domain";
import type {
  AgreementEvent,
  AgreementVersionId,
  FamilyId,
  PersonId,
  Score,
  SignedWith,
  SignerAnswer,
  Signing,
} from "@sotto/domain";
import { encodeUtf8, INTERPRETER_BYTES_MAX } from "@sotto/vault";
import type { AgreementRecord, Said } from "@sotto/vault";
import type { Done } from "../../client.ts";
import { DONE, refused } from "../../done.ts";
import type { Refused } from "../../done.ts";
import type { Home } from "../../home.ts";
import { toId } from "../../ids.ts";
import { agreementIn, personBehind, recordIn, signedOutside } from "../../queries/agreement-state.ts";
import type { KnownAgreement } from "../../queries/agreement-state.ts";
import type { RoomMemory } from "../../sync/room-memory.ts";
import { markFor } from "../../local/signing-mark.ts";
import { privateRoomIn, refusalToWrite } from "../read-only.ts";
import { refusedBy, saidEntry, stated } from "./say.ts";

const REASON_BYTES_MAX = 16_000;

interface Mine {
  readonly kind: "mine";
  readonly known: KnownAgreement;
  readonly room: RoomMemory;
  /** Where this person speaks to the therapists alone. */
  readonly apart: RoomMemory;
  readonly by: PersonId;
}

/** Somebody of the family who is in its agreement, with the rooms in which they speak about it. */
export function mineIn(home: Home, family: FamilyId): Mine | Refused {
  const known = agreementIn(home, family);
  const apart = privateRoomIn(home, family);
  const by = personBehind(known, home.person.account);
  if (known.room === null || apart === null || by === null) return refused("not-here");
  if (known.room.state.closed) return refused("room-closed");
  return { kind: "mine", known, room: known.room, apart, by };
}

const mayHappen = (home: Home, { known }: Mine, event: AgreementEvent): Refused | null => {
  const now = home.ports.now();
  const taken = applyToAgreement(known.state, event, { at: now, writtenAt: now });
  return taken.kind === "refused" ? refusedBy(taken.why) : null;
};

export async function sign(
  home: Home,
  wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly signing: Signing;
    readonly score: Score | null;
    readonly signedWith: SignedWith | null;
  },
): Promise<Done> {
  const { family, score, signedWith, version } = wish;
  const interpreter = wish.signing.interpreter?.trim() ?? null;
  if (interpreter !== null && !isText(interpreter, INTERPRETER_BYTES_MAX)) return refused("too-long");
  const signing = { ...wish.signing, interpreter };
  if (!home.shownWay.isFresh()) return refused("way-needed");
  const mine = mineIn(home, family);
  if (mine.kind === "refused") return mine;
  const { apart, by, known, room } = mine;
  const record = recordIn(known, version);
  if (record === null) return refused("not-here");
  const { as, of } = signing;
  const why = mayHappen(home, mine, { kind: "signed", by, version, as, of });
  if (why !== null) return why;
  const { language, reader } = signing;
  if (!record.words.some((words) => words.language === language && words.reader === reader)) {
    return refused("not-here");
  }
  const signed = await stated(home, room, { by, record, said: { kind: "signed", ...signing } });
  const alone: readonly Said[] = [
    ...(score === null ? [] : [{ kind: "understanding", of: signed.hash, ...score } as const]),
    ...(signedWith === null
      ? []
      : [
          {
            kind: "signed-with",
            of: signed.hash,
            ...signedWith,
            mark: await markFor(home.ports, record.hash),
          } as const,
        ]),
  ];
  // They keep it where nobody takes them out: whoever is not asked by a later version still takes it back from there.
  const apartFrom = [signed];
  for (const said of alone)
    apartFrom.push(await stated(home, room, { by, record, said, after: signed.hash }));
  // All at once: a page that closes while the signature waits for the server loses nothing of it.
  const beside = apartFrom.map((statement) => ({ room: apart.room, body: saidEntry(statement) }));
  return home.outbox.post(room.room, saidEntry(signed), { beside });
}

const isText = (text: string, bytesMax: number): boolean =>
  text.isWellFormed() && encodeUtf8(text).length <= bytesMax;

export async function answer(
  home: Home,
  wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly answer: SignerAnswer;
    readonly reason: string;
  },
): Promise<Done> {
  const mine = mineIn(home, wish.family);
  if (mine.kind === "refused") return mine;
  const { apart, by, known, room } = mine;
  const { version } = wish;
  const record = recordIn(known, version);
  if (record === null) return refused("not-here");
  const reason = wish.reason.trim();
  if (!isText(reason, REASON_BYTES_MAX)) return refused("too-long");
  const why = mayHappen(home, mine, { kind: "answered", by, version, answer: wish.answer });
  if (why !== null) return why;
  const answered = await stated(home, room, {
    by,
    record,
    said: { kind: "answered", answer: wish.answer },
  });
  if (reason !== "") {
    // Before the answer: a reason without one is shown to nobody, and an answer without its reason would be told so.
    const said = { kind: "reason", of: answered.hash, text: reason } as const;
    await home.outbox.add(apart.room, saidEntry(await stated(home, room, { by, record, said })));
  }
  // Nobody in the family sees who is not ready. What was signed already is taken back where all have seen it.
  const hasSigned = openOffer(known.state)?.signatures.some(({ person }) => person === by) === true;
  await home.outbox.add(hasSigned ? room.room : apart.room, saidEntry(answered));
  return DONE;
}

/** What this person has signed of what holds, or waits for signatures, holds no more from the moment the therapists are told. */
export async function withdraw(home: Home, family: FamilyId): Promise<Done> {
  if (signedOutside(home, family) !== null) return withdrawOutside(home, family);
  const mine = mineIn(home, family);
  if (mine.kind === "refused") return mine;
  const { apart, by, known, room } = mine;
  const why = mayHappen(home, mine, { kind: "withdrawn", by });
  if (why !== null) return why;
  const record = signedRecord(known, by);
  if (record === null) return refused("agreement-nothing-signed");
  const withdrawn = await stated(home, room, { by, record, said: { kind: "withdrawn" } });
  await home.outbox.add(apart.room, saidEntry(withdrawn));
  return DONE;
}

/** Whoever was taken out of the agreement's room has what they signed in their own, and takes it back there. */
async function withdrawOutside(home: Home, family: FamilyId): Promise<Done> {
  const apart = privateRoomIn(home, family);
  const outside = signedOutside(home, family);
  if (apart === null || outside === null) return refused("not-here");
  const why = refusalToWrite(home, apart);
  if (why !== null) return refused(why);
  if (outside.withdrawnAt !== null) return refused("agreement-nothing-signed");
  const { about: hash, by, hash: after } = outside.signature;
  const said = { kind: "withdrawn" } as const;
  const withdrawn = await stated(home, apart, { by: toId(by), record: { hash }, said, after });
  await home.outbox.add(apart.room, saidEntry(withdrawn));
  return DONE;
}

const signedRecord = (known: KnownAgreement, by: PersonId): AgreementRecord | null => {
  const live = [versionInForce(known.state), openOffer(known.state)];
  const signed = live.find((one) => one?.signatures.some(({ person }) => person === by) === true);
  return signed === undefined || signed === null ? null : recordIn(known, signed.version.version);
};
