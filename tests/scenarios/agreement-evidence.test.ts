/** What stands on record beside a signature, who is told of it, and who says to everyone that somebody withdrew. */
import type { AgreementView, SignerView } from "@sotto/client";
import { judgeEvidence } from "@sotto/domain";
import type { AgreementVersionId, Evidence, FamilyId, Signing } from "@sotto/domain";
import { verifyEvidence } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agreementWhere, compose, newest, signingBy } from "../support/agreements.ts";
import {
  anotherDevice,
  bringIn,
  inviteAndJoin,
  makeGate,
  now,
  openHouse,
  openPractice,
  record,
  refusalOf,
  roomWhere,
  seen,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { untilAsked } from "../support/meddling.ts";
import { familyWhere, hire, privateRoomWith, type Professional } from "../support/staff.ts";

let house: House;
let ada: Someone;
let cleo: Professional;
let dora: Professional;
let family: FamilyId;
let ana: FamilyMember;
let ben: FamilyMember;
let tom: FamilyMember;
let first: AgreementVersionId;

const signing = (who: FamilyMember, more: Partial<Signing> = {}): Signing =>
  signingBy(who, { ticked: ["limits"], ...more });
const sign = (who: FamilyMember, version: AgreementVersionId, more: Partial<Signing> = {}) =>
  who.client.actions.signAgreement({
    family,
    version,
    signing: signing(who, more),
    score: { asked: 4, answered: 4, firstPercent: 75, percent: 100 },
    signedWith: { device: "phone", utcOffsetMinutes: -480 },
  });
const signerIn = (view: AgreementView, name: string): SignerView => {
  const found = newest(view).signers.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} is not asked`);
  return found;
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
  dora = await hire(house, ada, { name: "Dora" });
  family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  const teen = await record(ada, family, { name: "Tom", role: "teen" });
  const relations = [{ kind: "guardian-of", to: teen }] as const;
  ana = await inviteAndJoin(house, ada, family, { name: "Ana", relations });
  const safeContact = { channel: "email", address: "ben@example.org", note: "" } as const;
  const known = { name: "Ben", role: "adult", inTreatment: true, relations: [], safeContact } as const;
  ben = await inviteAndJoin(house, ada, family, known);
  tom = await bringIn(house, ada, { family, person: teen, name: "Tom" });
  const changed = { ...known, person: ben.person, safeContact: { ...safeContact, address: "b@example.org" } };
  valueOf(await ada.client.actions.savePerson({ family, person: changed }));
  for (const who of [ana, ben, tom]) await roomWhere(who.client, ({ kind }) => kind === "private");
  const work = await compose(ada, family, { shape: "family-with-teenager" });
  first = valueOf(await ada.client.actions.offerAgreement({ family, work }));
  for (const who of [ana, ben, tom])
    await agreementWhere(who, family, ({ me, versions }) => me !== null && versions.length === 1);
}, 180_000);

afterAll(() => house.close());

test("a page that closes while a signature waits for the server loses nothing of what stands beside it", async () => {
  // The network goes just as the signature is sent: nobody knows yet that it is gone.
  const asked = makeGate();
  ana.device.meddle(/\/frames$/, () => {
    ana.device.cut();
    asked.open();
    return Promise.reject(new TypeError("the network is cut"));
  });
  const signed = sign(ana, first, { interpreter: " Farsi " });
  await asked.opened;
  await ana.client.close();
  expect(refusalOf(await signed)).toBe("locked");
  const before = await agreementWhere(ada, family, () => true);
  expect(signerIn(before, "Ana").signatures).toEqual([]);
  ana.device.meddle(/\/frames$/, null);
  ana.device.mend();
  const sentBefore = ana.device.asked.length;
  ana = { ...ana, client: await house.open(ana.device) };
  valueOf(await ana.client.actions.signIn(ana.way));
  await agreementWhere(ada, family, (view) => signerIn(view, "Ana").record?.signedWith.length === 1);
  // Their own copy of it, the score, and with what it was signed.
  const { room } = await roomWhere(ana.client, ({ kind }) => kind === "private");
  const sent = () =>
    ana.device.asked.slice(sentBefore).filter((one) => one === `POST /v1/rooms/${room}/frames`);
  await untilAsked(ana.device, () => sent().length === 3);
  expect(refusalOf(await sign(ana, first))).toBe("agreement-signed-already");
  const own = { family, version: first, forPractice: true } as const;
  const { signatures } = await verdictOf(valueOf(await ada.client.actions.copyAgreement(own)).bytes);
  expect(signatures).toMatchObject([
    { person: ana.person, score: { firstPercent: 75, percent: 100 }, signedWith: { device: "phone" } },
  ]);
});

test("a signature says to all how it was given; with what, to the therapists alone", async () => {
  valueOf(await sign(ana, first, { as: "guardian", of: tom.person }));
  // Ben comes in on the browser that Ana uses, which is to keep nothing of him.
  const device = anotherDevice(house, ben, { store: ana.device.store });
  const there = { ...ben, device, client: await house.open(device) };
  valueOf(await there.client.actions.signIn(ben.way, { keepNothing: true }));
  await roomWhere(there.client, ({ kind }) => kind === "private");
  await agreementWhere(there, family, ({ me, versions }) => me !== null && versions.length === 1);
  valueOf(await sign(there, first));
  valueOf(await sign(tom, first, { as: "assent", reader: "teen" }));
  await agreementWhere(ben, family, (view) => newest(view).stage.kind === "in-force");
  const { bytes } = valueOf(await ben.client.actions.copyAgreement({ family, version: first }));
  const verdict = await verdictOf(bytes);
  expect(verdict).toMatchObject({ isSigned: true, refused: [], leavesOut: [] });
  const given = verdict.signatures.map(({ score, signedWith, signing: one }) => [
    one.interpreter,
    one.onScreen,
    score,
    signedWith,
  ]);
  expect(given).toEqual([
    ["Farsi", "agreed", null, null],
    [null, "agreed", null, null],
    [null, "agreed", null, null],
    [null, "agreed", null, null],
  ]);
});

test("what a therapist records of a guardian's authority the therapists see, and a witness everyone", async () => {
  const { guardian, minor } = { guardian: ana.person, minor: tom.person };
  const recorded = { family, version: first, guardian, minor } as const;
  const before = await agreementWhere(ada, family, () => true);
  expect(signerIn(before, "Ana").record?.authority).toEqual([]);
  valueOf(await ada.client.actions.recordAuthority({ ...recorded, proof: "told-only" }));
  valueOf(await ada.client.actions.recordAuthority({ ...recorded, proof: "adoption-papers" }));
  const signature = { person: ana.person, as: "guardian", of: tom.person } as const;
  const witness = { family, version: first, signature, name: " Wanda Reyes " } as const;
  valueOf(await ada.client.actions.recordWitness(witness));
  const told = await agreementWhere(
    ada,
    family,
    (view) => signerIn(view, "Ana").record?.authority[0]?.proof === "adoption-papers",
  );
  expect(signerIn(told, "Ana").record?.authority).toEqual([{ minor, proof: "adoption-papers" }]);
  const theirs = await agreementWhere(ben, family, (view) =>
    signerIn(view, "Ana").signatures.some((one) => one.witness === "Wanda Reyes"),
  );
  expect(theirs.versions.flatMap(({ signers }) => signers.map((one) => one.record))).toEqual([
    null,
    null,
    null,
  ]);
  expect(JSON.stringify(theirs)).not.toContain("adoption");
  // Nobody of the family records anything, and nobody records it of somebody who is not asked.
  expect(refusalOf(await ana.client.actions.recordAuthority({ ...recorded, proof: "court-order" }))).toBe(
    "not-here",
  );
  expect(refusalOf(await ana.client.actions.recordWitness(witness))).toBe("not-here");
  expect(
    refusalOf(
      await ada.client.actions.recordAuthority({ ...recorded, guardian: ben.person, proof: "court-order" }),
    ),
  ).toBe("agreement-not-guardian");
  expect(refusalOf(await ada.client.actions.recordWitness({ ...witness, name: "  " }))).toBe("empty");
  expect(
    refusalOf(
      await ada.client.actions.recordWitness({ ...witness, signature: { ...signature, person: ben.person } }),
    ),
  ).toBe("not-here");
});

test("that somebody keeps a copy is told to the therapists alone, once for each form", async () => {
  for (const form of ["pdf", "pdf", "file"] as const)
    valueOf(await ben.client.actions.noteCopyKept({ family, version: first, form }));
  const told = await agreementWhere(
    ada,
    family,
    (view) => signerIn(view, "Ben").record?.delivered.length === 2,
  );
  expect(signerIn(told, "Ben").record?.delivered.map(({ form }) => form)).toEqual(["pdf", "file"]);
  expect(refusalOf(await ada.client.actions.noteCopyKept({ family, version: first, form: "pdf" }))).toBe(
    "not-here",
  );
  const others = await agreementWhere(ana, family, () => true);
  expect(signerIn(others, "Ben").record).toBeNull();
});

test("two adults on one browser, and a contact that was changed just before, are worth a word to the therapist alone", async () => {
  const told = await agreementWhere(ada, family, (view) => newest(view).checks.length === 2);
  expect(newest(told).checks).toEqual([
    { kind: "same-device", people: [ana.person, ben.person].toSorted() },
    { kind: "contact-changed", person: ben.person },
  ]);
  for (const who of [ana, ben, tom])
    expect(newest(await agreementWhere(who, family, () => true)).checks).toEqual([]);
  // What the browser drew goes to nobody, and what it made of it is another one for each version.
  expect(signerIn(told, "Tom").record?.signedWith).toEqual([{ device: "phone", utcOffsetMinutes: -480 }]);
});

test("a copy of the family's says nothing of it; the practice's own does, and never why somebody did not sign", async () => {
  const { bytes } = valueOf(await ada.client.actions.copyAgreement({ family, version: first }));
  const { bytes: bens } = valueOf(await ben.client.actions.copyAgreement({ family, version: first }));
  for (const one of [bytes, bens]) {
    const { signatures } = await verdictOf(one);
    expect(signatures.map((given) => given.authority ?? given.signedWith ?? given.score)).toEqual(
      signatures.map(() => null),
    );
    expect(signatures.flatMap(({ delivered }) => delivered)).toEqual([]);
    expect(signatures.map((given) => given.witness)).toContain("Wanda Reyes");
  }
  const own = { family, version: first, forPractice: true } as const;
  expect(refusalOf(await ben.client.actions.copyAgreement(own))).toBe("not-allowed");
  const verdict = await verdictOf(valueOf(await ada.client.actions.copyAgreement(own)).bytes);
  expect(verdict).toMatchObject({ isSigned: true, refused: [], leavesOut: [] });
  const hers = verdict.signatures.find(({ as, person }) => as === "guardian" && person === ana.person);
  expect(hers).toMatchObject({
    authority: "adoption-papers",
    signedWith: { device: "phone" },
    witness: "Wanda Reyes",
  });
  expect(verdict.signatures.find(({ person }) => person === ben.person)?.delivered).toHaveLength(2);
});

test("a colleague who comes in later is told what was recorded, in the words of whoever recorded it", async () => {
  const { room } = await privateRoomWith(ada, "Ben");
  valueOf(await ada.client.actions.addColleague({ family, colleague: cleo.person, rooms: [room] }));
  const view = await agreementWhere(
    cleo,
    family,
    (seenNow) => seenNow.versions.length > 0 && signerIn(seenNow, "Ana").record?.authority.length === 1,
  );
  expect(signerIn(view, "Ana").record?.authority).toEqual([{ minor: tom.person, proof: "adoption-papers" }]);
});

test("a therapist who came in later tells everyone that somebody withdrew, and a copy proves it", async () => {
  await agreementWhere(cleo, family, (view) => newest(view).stage.kind === "in-force");
  // Nobody but her is there to say it.
  await ada.client.close();
  valueOf(await ben.client.actions.withdrawAgreement({ family }));
  const told = await agreementWhere(ana, family, ({ holds }) => holds === "suspended");
  expect(told.withdrawn).toEqual([]);
  const { bytes } = valueOf(await ana.client.actions.copyAgreement({ family, version: first }));
  expect(await verdictOf(bytes)).toMatchObject({ refused: [], stage: { kind: "suspended" } });
});

test("who is given a family while it is closed offers what holds, in the app and in a copy", async () => {
  valueOf(await cleo.client.actions.closeFamily({ family }));
  // Nobody takes anything back there, and the screen is told why.
  expect(await agreementWhere(ana, family, ({ phase }) => phase === "closed")).toMatchObject({
    outside: null,
  });
  expect(refusalOf(await ana.client.actions.withdrawAgreement({ family }))).toBe("room-closed");
  expect(now(ana.client, "agreements")).toMatchObject([{ phase: "closed", asksMe: 0 }]);
  valueOf(await cleo.client.actions.handOver({ family, successor: dora.person }));
  await familyWhere(dora, family, ({ closed }) => closed);
  await seen(cleo.client, "rooms", (rooms) => rooms.every(({ kind }) => kind === "practice"));
  await cleo.client.close();
  valueOf(await dora.client.actions.reopenFamily({ family }));
  await agreementWhere(ana, family, ({ phase }) => phase === "suspended");
  const work = await compose(dora, family, { shape: "family-with-teenager" });
  const second = valueOf(await dora.client.actions.offerAgreement({ family, work }));
  for (const who of [ana, ben, tom])
    await agreementWhere(who, family, ({ versions }) => versions[0]?.version.version === second);
  valueOf(await sign(ana, second));
  valueOf(await sign(ana, second, { as: "guardian", of: tom.person }));
  valueOf(await sign(ben, second));
  valueOf(await sign(tom, second, { as: "assent", reader: "teen" }));
  await agreementWhere(ana, family, (view) => newest(view).stage.kind === "in-force");
  const { bytes } = valueOf(await ana.client.actions.copyAgreement({ family, version: second }));
  const { offeredBy, ...verdict } = await verdictOf(bytes);
  expect(verdict).toMatchObject({ isSigned: true, refused: [], leavesOut: [] });
  expect(verdict.version.therapists).toContain(offeredBy);
});
