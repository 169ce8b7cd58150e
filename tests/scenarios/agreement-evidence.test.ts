/** What stands on record beside a signature, who is told of it, and who says to everyone that somebody withdrew. */
import type { AgreementVersionView, AgreementView } from "@sotto/client";
import { judgeEvidence } from "@sotto/domain";
import type { AgreementVersionId, Evidence, FamilyId, Signing } from "@sotto/domain";
import { verifyEvidence } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agreementWhere, compose } from "../support/agreements.ts";
import {
  inviteAndJoin,
  openHouse,
  openPractice,
  roomWhere,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { hire, privateRoomWith, type Professional } from "../support/staff.ts";

let house: House;
let ada: Someone;
let cleo: Professional;
let family: FamilyId;
let ana: FamilyMember;
let ben: FamilyMember;
let first: AgreementVersionId;

const signing = (who: FamilyMember, more: Partial<Signing> = {}): Signing => ({
  as: "self",
  of: who.person,
  language: "en",
  reader: "adult",
  openedAt: Date.now(),
  explained: "together",
  ticked: ["limits"],
  onScreen: "agreed",
  interpreter: null,
  ...more,
});
const sign = (who: FamilyMember, version: AgreementVersionId, more: Partial<Signing> = {}) =>
  who.client.actions.signAgreement({
    family,
    version,
    signing: signing(who, more),
    score: { asked: 4, answered: 4, firstPercent: 75, percent: 100 },
    signedWith: { device: "phone", utcOffsetMinutes: -480 },
  });
const newest = (view: AgreementView): AgreementVersionView => {
  const [version] = view.versions;
  if (version === undefined) throw new Error("nothing is offered");
  return version;
};
const verdictOf = async (bytes: Uint8Array<ArrayBuffer>) => {
  // The two say the same but for brands, which ids that were read from bytes have in the compiler alone.
  const verdict = judgeEvidence((await verifyEvidence(bytes)) as unknown as Evidence);
  if (verdict === null) throw new Error("a version that is there");
  return verdict;
};

beforeAll(async () => {
  house = await openHouse();
  ada = await openPractice(house);
  cleo = await hire(house, ada, { name: "Cleo" });
  family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  ana = await inviteAndJoin(house, ada, family, { name: "Ana" });
  ben = await inviteAndJoin(house, ada, family, { name: "Ben" });
  for (const who of [ana, ben]) await roomWhere(who.client, ({ kind }) => kind === "private");
  const work = await compose(ada, family, { shape: "couple" });
  first = valueOf(await ada.client.actions.offerAgreement({ family, work }));
  for (const who of [ana, ben])
    await agreementWhere(who, family, ({ me, versions }) => me !== null && versions.length === 1);
}, 180_000);

afterAll(() => house.close());

test("a signature says to all how it was given; with what, to the therapists alone", async () => {
  valueOf(await sign(ana, first, { interpreter: " Farsi " }));
  valueOf(await sign(ben, first));
  await agreementWhere(ben, family, (view) => newest(view).stage.kind === "in-force");
  const { bytes } = valueOf(await ben.client.actions.copyAgreement({ family, version: first }));
  const verdict = await verdictOf(bytes);
  expect(verdict).toMatchObject({ isSigned: true, refused: [], leavesOut: [] });
  expect(
    verdict.signatures.map(({ score, signedWith, signing: one }) => ({ ...one, score, signedWith })),
  ).toMatchObject([
    { onScreen: "agreed", interpreter: "Farsi", score: null, signedWith: null },
    { onScreen: "agreed", interpreter: null, score: null, signedWith: null },
  ]);
});

test("a therapist who came in later tells everyone that somebody withdrew, and a copy proves it", async () => {
  const { room } = await privateRoomWith(ada, "Ben");
  valueOf(await ada.client.actions.addColleague({ family, colleague: cleo.person, rooms: [room] }));
  await agreementWhere(cleo, family, (view) => newest(view).stage.kind === "in-force");
  // Nobody but her is there to say it.
  await ada.client.close();
  valueOf(await ben.client.actions.withdrawAgreement({ family }));
  const told = await agreementWhere(ana, family, ({ holds }) => holds === "suspended");
  expect(told.withdrawn).toEqual([]);
  const { bytes } = valueOf(await ana.client.actions.copyAgreement({ family, version: first }));
  expect(await verdictOf(bytes)).toMatchObject({ refused: [], stage: { kind: "suspended" } });
});
