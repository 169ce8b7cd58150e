import { AGREEMENT_PARTS, goneOn } from "@sotto/domain";
import type { AgreementPart, AgreementVersionId, EntryId, FamilyId, GivenAnswer } from "@sotto/domain";
import type { Done } from "../../client.ts";
import { DONE, refused } from "../../done.ts";
import { ANSWERS_MAX } from "../../entry/agreement-codec.ts";
import { isEncodable } from "../../entry/codec.ts";
import type { Home } from "../../home.ts";
import { agreementIn, privateRoomsOf, recordIn } from "../../queries/agreement-state.ts";
import { progressKey } from "../../sync/agreement-log.ts";
import { teamRoomOf } from "../families.ts";
import { mineIn } from "./sign.ts";

export async function saveProgress(
  home: Home,
  wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly read: readonly AgreementPart[];
    readonly answers: readonly GivenAnswer[];
  },
): Promise<Done> {
  const mine = mineIn(home, wish.family);
  if (mine.kind === "refused") return mine;
  const { version } = wish;
  if (recordIn(mine.known, version) === null) return refused("not-here");
  // Another device may have come further, and a screen that does not show what stands in a hidden room begins with nothing.
  const before = mine.apart.agreement.progress.get(progressKey(home.person.account, version));
  const answers = goneOn(before?.answers ?? [], wish.answers).slice(-ANSWERS_MAX);
  const read = AGREEMENT_PARTS.filter((part) => wish.read.includes(part) || before?.read.includes(part));
  const entry = { kind: "agreement-progress", version, read, answers } as const;
  if (!isEncodable(entry)) return refused("too-long");
  await home.outbox.add(mine.apart.room, entry);
  return DONE;
}

export async function ask(
  home: Home,
  wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly part: AgreementPart;
    readonly text: string;
    readonly mayShare: boolean;
  },
): Promise<Done> {
  const mine = mineIn(home, wish.family);
  if (mine.kind === "refused") return mine;
  const { mayShare, part, version } = wish;
  if (recordIn(mine.known, version) === null) return refused("not-here");
  const text = wish.text.trim();
  if (text === "") return refused("empty");
  const entry = { kind: "agreement-question", version, part, text, mayShare } as const;
  if (!isEncodable(entry)) return refused("too-long");
  await home.outbox.add(mine.apart.room, entry);
  return DONE;
}

/** By a therapist. What is said to everyone names nobody, and only where whoever asked has agreed to it. */
export async function answerQuestion(
  home: Home,
  wish: {
    readonly family: FamilyId;
    readonly question: EntryId;
    readonly text: string;
    readonly share: boolean;
  },
): Promise<Done> {
  if (teamRoomOf(home, wish.family) === null) return refused("not-here");
  const text = wish.text.trim();
  if (text === "") return refused("empty");
  for (const apart of privateRoomsOf(home, wish.family)) {
    const asked = apart.agreement.questions.find(({ entry }) => entry === wish.question);
    if (asked === undefined) continue;
    const entry = { kind: "agreement-answer", question: wish.question, text } as const;
    const { mayShare, part, version } = asked;
    const note = { kind: "agreement-note", version, part, question: asked.text, answer: text } as const;
    if (!isEncodable(entry) || !isEncodable(note)) return refused("too-long");
    if (wish.share && !mayShare) return refused("not-allowed");
    const posted = await home.outbox.post(apart.room, entry);
    if (posted.kind === "refused" || !wish.share) return posted;
    const { room } = agreementIn(home, wish.family);
    return room === null ? refused("not-here") : home.outbox.post(room.room, note);
  }
  return refused("not-here");
}
