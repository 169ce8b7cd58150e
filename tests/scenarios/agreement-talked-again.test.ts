/** What a family agreed on, in the time after: whose past it is when somebody comes in, sessions that are counted, and questions that are asked again. */
import type { HistoryChoice } from "@sotto/client";
import { questionKey, questionsFor } from "@sotto/domain";
import type { AgreementVersionId, FamilyId, RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agreementWhere, compose, signingBy } from "../support/agreements.ts";
import {
  inviteAndJoin,
  isAllSent,
  now,
  openHouse,
  openPractice,
  roomWhere,
  seen,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";

let house: House;
let ada: Someone;
let family: FamilyId;
let ana: FamilyMember;
let ben: FamilyMember;
let version: AgreementVersionId;
let room: RoomId;

const say = async (who: FamilyMember, text: string): Promise<void> => {
  valueOf(await who.client.actions.send({ room, text }));
  await until(who.client, room, isAllSent);
  await untilSaid(ada.client, room, text);
};

const pastFor = async (who: FamilyMember): Promise<HistoryChoice["agreement"]> => {
  const wish = { room, account: null, person: who.person };
  const choices = valueOf(await ada.client.actions.historyChoices(wish));
  return choices.at(-1)?.agreement ?? [];
};

beforeAll(async () => {
  house = await openHouse();
  ada = await openPractice(house);
  family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  ana = await inviteAndJoin(house, ada, family, { name: "Ana" });
  ben = await inviteAndJoin(house, ada, family, { name: "Ben" });
  ({ room } = await roomWhere(ben.client, ({ kind }) => kind === "family"));
  await roomWhere(ana.client, ({ kind }) => kind === "family");
}, 180_000);

afterAll(() => house.close());

test("of a past that was told before anything was signed it is said whose it is to share, and of whoever was there nothing", async () => {
  await say(ben, "before we signed");
  const gran = await inviteAndJoin(house, ada, family, {
    name: "Gran",
    role: "collateral",
    inTreatment: false,
  });
  expect(await pastFor(gran)).toEqual([{ reason: "no-agreement", names: ["Ben"] }]);
  expect(await pastFor(ana)).toEqual([]);
  valueOf(await ada.client.actions.recordLeft({ family, person: gran.person }));
});

test("of what was told under an agreement it is said to whom it was told", async () => {
  const work = await compose(ada, family, { shape: "couple" });
  version = valueOf(await ada.client.actions.offerAgreement({ family, work }));
  for (const who of [ana, ben]) {
    await agreementWhere(who, family, ({ me, versions }) => me !== null && versions.length === 1);
    const wish = { family, version, signing: signingBy(who), score: null, signedWith: null };
    valueOf(await who.client.actions.signAgreement(wish));
  }
  for (const who of [ada, ana, ben]) await agreementWhere(who, family, ({ phase }) => phase === "in-force");
  await say(ana, "after we signed");
  const cleo = await inviteAndJoin(house, ada, family, { name: "Cleo", inTreatment: false });
  expect(await pastFor(cleo)).toEqual([
    { reason: "no-agreement", names: ["Ben"] },
    { reason: "told-to-those-there", names: ["Ana"] },
  ]);
});

test("after three sessions that a therapist recorded it is time to talk, and after the talk it is not", async () => {
  const { actions } = ada.client;
  const isEarly = ({ due }: { readonly due: readonly { readonly trigger: string }[] }) =>
    due.some(({ trigger }) => trigger === "early-session");
  for (const count of [1, 2, 3]) {
    ada.device.shiftClock(1_000);
    valueOf(await actions.recordLife({ family, event: "session", concerns: [ana.person, ben.person] }));
    if (count === 3) break;
    const view = await agreementWhere(ada, family, () => true);
    expect(isEarly(view)).toBe(false);
  }
  await agreementWhere(ada, family, isEarly);
  ada.device.shiftClock(1_000);
  valueOf(await actions.recordLife({ family, event: "talked", concerns: [] }));
  await agreementWhere(ada, family, (view) => !isEarly(view));
});

const DAY_MS = 86_400_000;

test("when it is to be talked about again, each is asked other questions, and the therapist sees how each round went", async () => {
  const before = await agreementWhere(ana, family, () => true);
  expect(before.versions[0]?.round).toBe(0);
  expect(now(ana.client, "agreements")).toMatchObject([{ asksRound: false }]);
  ana.device.shiftClock(100 * DAY_MS);
  // Whatever is done next is seen by the clock of the device as it is now.
  const offered = before.versions[0]?.version;
  const party = offered?.parties.find(({ person }) => person === ana.person);
  if (offered === undefined || party === undefined) throw new Error("she is in it");
  const answered = (round: number) =>
    questionsFor(offered, party, round).map((question) => ({
      question: questionKey(question),
      answer: question.right,
    }));
  const [first] = answered(0);
  if (first === undefined) throw new Error("a question");
  const wish = { family, version, read: [] } as const;
  valueOf(await ana.client.actions.saveAgreementProgress({ ...wish, answers: [first] }));
  await agreementWhere(ana, family, ({ versions }) => versions[0]?.round === 1);
  await seen(ana.client, "agreements", ([line]) => line?.asksRound === true);
  const all = [first, ...answered(1)];
  valueOf(await ana.client.actions.saveAgreementProgress({ ...wish, answers: all }));
  await seen(ana.client, "agreements", ([line]) => line?.asksRound === false);
  const view = await agreementWhere(
    ada,
    family,
    ({ versions }) =>
      versions[0]?.signers.find(({ person }) => person === ana.person)?.own?.answers.length === all.length,
  );
  expect(view.versions[0]?.signers.find(({ person }) => person === ana.person)?.own?.answers).toEqual(all);
});
