/** A family's agreement: offered, asked about, signed by each, in force, withdrawn from, changed; and a copy that proves itself. */
import type { AgreementView, RoomView } from "@sotto/client";
import { judgeEvidence } from "@sotto/domain";
import type { AgreementVersionId, Evidence, FamilyId, Signing } from "@sotto/domain";
import { VaultFault, verifyEvidence } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agreementWhere, compose, newest, signingBy } from "../support/agreements.ts";
import { reconnect } from "../support/meddling.ts";
import {
  bringIn,
  inviteAndJoin,
  isAllSent,
  now,
  openHouse,
  openPractice,
  record,
  refusalOf,
  roomNow,
  roomWhere,
  seen,
  until,
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
let tom: FamilyMember;
let ruth: FamilyMember;
let first: AgreementVersionId;

const signing = (who: FamilyMember, more: Partial<Signing> = {}): Signing =>
  signingBy(who, { ticked: ["limits"], ...more });
const sign = (who: FamilyMember, version: AgreementVersionId, more: Partial<Signing> = {}) =>
  who.client.actions.signAgreement({
    family,
    version,
    signing: signing(who, more),
    score: null,
    signedWith: null,
  });
const privateRoom = (who: Someone) => roomWhere(who.client, ({ kind }) => kind === "private");
const sentenceOf = async (who: Someone) => {
  const { room } = await privateRoom(who);
  return roomNow(who.client, room)?.sentence;
};
/** Ana says something to her therapist alone. */
const sayAlone = async (text: string): Promise<void> => {
  const { room } = await privateRoom(ana);
  valueOf(await ana.client.actions.send({ room, text }));
  await until(ana.client, room, isAllSent);
};
/** Everyone who is asked signs a version. */
const allSign = async (version: AgreementVersionId): Promise<void> => {
  for (const who of [ana, ben, tom]) {
    await agreementWhere(who, family, ({ versions }) => versions[0]?.version.version === version);
  }
  valueOf(await sign(ana, version));
  valueOf(await sign(ana, version, { as: "guardian", of: tom.person }));
  valueOf(await sign(ben, version));
  valueOf(await sign(tom, version, { as: "assent", reader: "teen" }));
  for (const who of [ada, ana, ben, tom]) {
    await agreementWhere(who, family, ({ versions }) => versions[0]?.stage.kind === "in-force");
  }
};

beforeAll(async () => {
  house = await openHouse();
  ada = await openPractice(house);
  family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  ben = await inviteAndJoin(house, ada, family, { name: "Ben" });
  const person = await record(ada, family, { name: "Tom", role: "teen" });
  ana = await inviteAndJoin(house, ada, family, {
    name: "Ana",
    relations: [{ kind: "guardian-of", to: person }],
  });
  tom = await bringIn(house, ada, { family, person, name: "Tom" });
  await privateRoom(ana);
}, 180_000);

afterAll(() => house.close());

test("before anything is signed, every room says that it stays with whoever says it", async () => {
  expect(await sentenceOf(ana)).toBe("private.no-agreement");
  const { room } = await roomWhere(ana.client, ({ kind }) => kind === "family");
  expect(roomNow(ana.client, room)?.sentence).toBe("shared.no-agreement");
  await sayAlone("before anything");
});

test("what is composed stays on the device, and what has gaps is not offered", async () => {
  const work = await compose(ada, family, { shape: "family-with-teenager" });
  valueOf(await ada.client.actions.saveAgreementDraft({ family, work }));
  const kept = await agreementWhere(ada, family, (view) => view.work !== null);
  expect(kept.work).toEqual(work);
  const open = { ...work, choices: { ...work.choices, policy: null } };
  expect(refusalOf(await ada.client.actions.offerAgreement({ family, work: open }))).toBe("agreement-gaps");
  expect(refusalOf(await ana.client.actions.offerAgreement({ family, work }))).toBe("not-here");
});

test("everyone who is asked gets the same words, and it is in force exactly when all have signed", async () => {
  const work = await compose(ada, family, { shape: "family-with-teenager" });
  first = valueOf(await ada.client.actions.offerAgreement({ family, work }));
  const seenBy = await Promise.all(
    [ada, ana, ben, tom].map((who) => agreementWhere(who, family, ({ versions }) => versions.length === 1)),
  );
  const [ours, ...theirs] = seenBy.map((view) => newest(view));
  for (const view of theirs) {
    expect(view.version).toEqual(ours?.version);
    expect(view.hash).toBe(ours?.hash);
  }
  expect(ours?.version.words.length).toBeGreaterThan(40);
  expect(now(ana.client, "agreements")).toMatchObject([{ phase: "offered", asksMe: 2 }]);
  expect(now(ana.client, "rooms").map(({ kind }) => kind)).not.toContain("agreement");
  valueOf(await sign(ana, first));
  expect(refusalOf(await sign(ana, first))).toBe("agreement-signed-already");
  expect(refusalOf(await sign(ben, first, { as: "guardian", of: tom.person }))).toBe(
    "agreement-not-guardian",
  );
  expect(refusalOf(await sign(tom, first))).toBe("agreement-not-asked");
  valueOf(await sign(tom, first, { as: "assent", reader: "teen" }));
  valueOf(await sign(ben, first));
  const waiting = await agreementWhere(ada, family, (view) =>
    newest(view).signers.every(({ missing, isMe }) => isMe || missing.length <= 1),
  );
  expect(newest(waiting).stage.kind).toBe("open");
  valueOf(await sign(ana, first, { as: "guardian", of: tom.person }));
  for (const who of [ada, ana, ben, tom]) {
    await agreementWhere(who, family, (view) => newest(view).stage.kind === "in-force");
  }
  const { room } = await privateRoom(ana);
  await until(ana.client, room, ({ sentence }) => sentence === "private.limited");
  await sayAlone("under the first");
  // Tom was promised that what he says stays, all but safety.
  await until(tom.client, (await privateRoom(tom)).room, ({ sentence }) => sentence === "private.limited");
});

test("a copy of it is checked without a server, and a stranger's eye finds everything in it", async () => {
  const { bytes } = valueOf(await ben.client.actions.copyAgreement({ family, version: first }));
  const evidence = await verifyEvidence(bytes);
  expect(evidence.log).not.toBeNull();
  // The two say the same but for brands, which ids that were read from bytes have in the compiler alone.
  const verdict = judgeEvidence(evidence as unknown as Evidence);
  expect(verdict).toMatchObject({ isSigned: true, missing: [], refused: [], leavesOut: [] });
  expect(verdict?.signatures).toHaveLength(4);
  const damaged = bytes.slice();
  damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 1;
  await expect(verifyEvidence(damaged)).rejects.toThrow(VaultFault);
});

test("a question goes to the therapist alone, its answer to whoever asked, and to everyone only where they agreed", async () => {
  const asked = { family, version: first, part: "policy", text: "And if I tell you of a debt?" } as const;
  valueOf(await ben.client.actions.askAboutAgreement({ ...asked, mayShare: false }));
  // One after the other: they stand in the order in which they come in.
  await agreementWhere(ada, family, ({ questions }) => questions.length === 1);
  valueOf(await tom.client.actions.askAboutAgreement({ ...asked, text: "Who sees this?", mayShare: true }));
  const view = await agreementWhere(ada, family, ({ questions }) => questions.length === 2);
  expect(view.questions.map(({ name, text }) => [name, text])).toEqual([
    ["Ben", "And if I tell you of a debt?"],
    ["Tom", "Who sees this?"],
  ]);
  expect(now(ada.client, "agreements")).toMatchObject([{ openQuestions: 2 }]);
  const [bens, toms] = view.questions;
  if (bens === undefined || toms === undefined) throw new Error("two questions");
  const share = true;
  valueOf(
    await ada.client.actions.answerAboutAgreement({
      family,
      question: bens.entry,
      text: "Then we talk.",
      share: false,
    }),
  );
  valueOf(
    await ada.client.actions.answerAboutAgreement({
      family,
      question: toms.entry,
      text: "You and I.",
      share,
    }),
  );
  const bensView = await agreementWhere(
    ben,
    family,
    ({ notes, questions }) => notes.length === 1 && questions[0]?.answer?.text === "Then we talk.",
  );
  expect(bensView.questions).toHaveLength(1);
  expect(bensView.notes).toMatchObject([{ question: "Who sees this?", answer: "You and I." }]);
  expect((await agreementWhere(ana, family, ({ notes }) => notes.length === 1)).questions).toEqual([]);
});

test("whoever withdraws ends it at once; the others learn that it is suspended, and not by whom", async () => {
  valueOf(await ben.client.actions.withdrawAgreement({ family }));
  const told = await agreementWhere(ada, family, ({ holds }) => holds === "suspended");
  expect(told.withdrawn.map(({ name }) => name)).toEqual(["Ben"]);
  const others = await agreementWhere(ana, family, ({ holds }) => holds === "suspended");
  expect(others.withdrawn).toEqual([]);
  expect(JSON.stringify(others.versions[0]?.signers.find(({ name }) => name === "Ben"))).toContain(
    '"as":"self"',
  );
  await until(ana.client, (await privateRoom(ana)).room, ({ sentence }) => sentence === "private.suspended");
  await sayAlone("while it does not hold");
  expect(refusalOf(await sign(ben, first))).toBe("agreement-withdrawn");
});

test("a new version shows who answered how, the reason to the therapist alone, and holds when all have signed anew", async () => {
  const policy = { kind: "full" } as const;
  const work = await compose(ada, family, { shape: "family-with-teenager", choices: { policy } });
  const second = valueOf(await ada.client.actions.offerAgreement({ family, work }));
  await agreementWhere(ben, family, ({ versions }) => versions[0]?.version.version === second);
  const reason = "I want to talk about the debt first.";
  const answered = { family, version: second, answer: "not-yet", reason } as const;
  valueOf(await ben.client.actions.answerAgreement(answered));
  const told = await agreementWhere(ada, family, (view) =>
    newest(view).signers.some(({ own }) => own?.reason === reason),
  );
  expect(newest(told).signers.find(({ name }) => name === "Ben")?.answer).toBe("not-yet");
  // Nobody else in the family sees that he is not ready, nor does a copy say so.
  const anas = await agreementWhere(ana, family, ({ versions }) => versions[0]?.version.version === second);
  expect(newest(anas).signers.find(({ name }) => name === "Ben")?.answer).toBeNull();
  expect(JSON.stringify(anas)).not.toContain("debt first");
  const copy = valueOf(await ana.client.actions.copyAgreement({ family, version: second }));
  expect(copy.evidence.lines.map(({ said }) => said.kind)).not.toContain("answered");
  // Who takes back what they have signed says so where all had seen it.
  valueOf(await sign(ana, second));
  valueOf(await ana.client.actions.answerAgreement({ ...answered, answer: "change-asked", reason: "" }));
  for (const who of [ana, ben]) {
    await agreementWhere(who, family, (view) =>
      newest(view).signers.some(({ answer, name }) => name === "Ana" && answer === "change-asked"),
    );
  }
  await allSign(second);
  await until(ana.client, (await privateRoom(ana)).room, ({ sentence }) => sentence === "private.full");
});

test("what was told before stays under the rule of its time, and the room shows where another begins", async () => {
  await sayAlone("under the second");
  const { room } = await privateRoom(ana);
  const rules = [
    "before anything",
    "private.limited",
    "under the first",
    "private.no-agreement",
    "while it does not hold",
    "private.full",
    "under the second",
  ];
  const shown = (view: RoomView) =>
    view.entries.flatMap((line) =>
      line.kind === "message" ? [line.text] : line.kind === "rule" ? [line.sentence as string] : [],
    );
  expect(shown(await until(ana.client, room, (view) => shown(view).length === rules.length))).toEqual(rules);
  expect(shown(await until(ada.client, room, (view) => shown(view).length === rules.length))).toEqual(rules);
});

test("to sign, one shows a way in anew; and what somebody has read and answered, their therapist sees", async () => {
  const work = await compose(ada, family, { shape: "family-with-teenager" });
  const third = valueOf(await ada.client.actions.offerAgreement({ family, work }));
  await agreementWhere(tom, family, ({ versions }) => versions[0]?.version.version === third);
  const answers = [{ question: "danger", answer: "kept-whatever" }] as const;
  valueOf(
    await tom.client.actions.saveAgreementProgress({
      family,
      version: third,
      read: ["policy", "client"],
      answers,
    }),
  );
  const told = await agreementWhere(ada, family, (view) =>
    newest(view).signers.some(({ own }) => own !== null && own.read.length === 2),
  );
  expect(newest(told).signers.find(({ name }) => name === "Tom")?.own?.answers).toEqual(answers);
  tom.device.shiftClock(6 * 60_000);
  expect(refusalOf(await sign(tom, third, { as: "assent", reader: "teen" }))).toBe("way-needed");
  valueOf(await tom.client.actions.showWay(tom.way));
  valueOf(await sign(tom, third, { as: "assent", reader: "teen" }));
  valueOf(await ada.client.actions.recallAgreement({ family, version: third }));
  await agreementWhere(tom, family, (view) => newest(view).stage.kind === "void");
  expect(refusalOf(await sign(ana, third))).toBe("agreement-recalled");
});

test("somebody who joins later reads what they are asked to sign, and nothing that was offered before", async () => {
  const person = await record(ada, family, { name: "Ruth", role: "guardian", inTreatment: false });
  const work = await compose(ada, family, { shape: "family-with-teenager" });
  const choices = {
    ...work.choices,
    minors: work.choices.minors?.map((one) => ({ ...one, guardians: [...one.guardians, person] })) ?? null,
  };
  const fourth = valueOf(await ada.client.actions.offerAgreement({ family, work: { ...work, choices } }));
  ruth = await bringIn(house, ada, { family, person, name: "Ruth" });
  const view = await agreementWhere(ruth, family, ({ me, versions }) => versions.length > 0 && me !== null);
  expect(view.versions.map(({ version }) => version.version)).toEqual([fourth]);
  valueOf(await sign(ruth, fourth, { as: "guardian", of: tom.person }));
  valueOf(await sign(ana, fourth, { as: "guardian", of: tom.person }));
  await allSignOwn(fourth);
  await agreementWhere(ruth, family, (now_) => newest(now_).stage.kind === "in-force");
  const { bytes } = valueOf(await ruth.client.actions.copyAgreement({ family, version: fourth }));
  const verdict = judgeEvidence((await verifyEvidence(bytes)) as unknown as Evidence);
  expect(verdict).toMatchObject({ isSigned: true, missing: [], leavesOut: [] });
  // Another browser of hers finds the same.
  await seen(ruth.client, "session", ({ inStep }) => inStep);
});

test("what was said alone stays hidden with the room that it stands in, until a way in is shown", async () => {
  const shown = await agreementWhere(ben, family, ({ questions }) => questions.length === 1);
  expect(shown.versions[0]?.signers.find(({ isMe }) => isMe)?.own).not.toBeNull();
  const { room } = await privateRoom(ben);
  valueOf(await ben.client.actions.markSecondLook({ room, isOn: true }));
  await ben.client.actions.hideLooks();
  const hidden = await agreementWhere(ben, family, ({ questions }) => questions.length === 0);
  expect(hidden.versions[0]?.signers.find(({ isMe }) => isMe)?.own).toBeNull();
  expect(JSON.stringify(hidden)).not.toContain("tell you of a debt");
});

test("an offer that is cut off keeps nobody out of what holds", async () => {
  const work = await compose(ada, family, {
    shape: "family-with-teenager",
    parties: (party) => (party.name === "Ruth" ? { ...party, signs: false } : party),
  });
  const isThere = ({ outside, versions }: AgreementView) => outside === null && versions.length > 0;
  /** The first change takes Ruth out; the one after it fails, and so does all that follows where the network is gone. */
  const failAfterFirst = (fail: () => void): void => {
    let count = 0;
    ada.device.meddle(/\/events$/, (ask, _url, { method }) => {
      if (method !== "POST" || ++count !== 2) return ask();
      fail();
      return Promise.reject(new TypeError("the network is cut"));
    });
  };
  const offerAgain = () => ada.client.actions.offerAgreement({ family, work });
  // Where the offer is seen to fail, she is let in again at once.
  failAfterFirst(() => undefined);
  expect(refusalOf(await offerAgain())).toBe("offline");
  await agreementWhere(ruth, family, isThere);
  // Where the page is cut off as well, she stays out for as long as the offer may be on its way.
  failAfterFirst(() => ada.device.cut());
  expect(refusalOf(await offerAgain())).toBe("offline");
  await agreementWhere(ruth, family, ({ outside }) => outside !== null);
  await seen(ada.client, "session", ({ online }) => !online);
  ada.device.meddle(/\/events$/, null);
  ada.device.mend();
  await seen(ada.client, "session", ({ inStep, online }) => online && inStep);
  await sayAlone("while she is out");
  expect(await agreementWhere(ruth, family, () => true)).toMatchObject({ versions: [] });
  ada.device.shiftClock(11 * 60_000);
  await reconnect(ada);
  await agreementWhere(ruth, family, isThere);
  ada.device.shiftClock(-11 * 60_000);
});

test("whoever is not asked by the next version reads nothing of it", async () => {
  const work = await compose(ada, family, {
    shape: "family-with-teenager",
    parties: (party) => (party.name === "Ruth" ? { ...party, signs: false } : party),
  });
  const fifth = valueOf(await ada.client.actions.offerAgreement({ family, work }));
  await agreementWhere(ana, family, ({ versions }) => versions[0]?.version.version === fifth);
  const out = await agreementWhere(ruth, family, ({ outside }) => outside !== null);
  expect(out).toMatchObject({ versions: [], notes: [], therapists: [], outside: { withdrawnAt: null } });
  expect(now(ruth.client, "agreements")).toMatchObject([{ isOutside: true, asksMe: 0, signed: null }]);
  // Nobody tells her that nothing holds.
  const { room: hers } = await privateRoom(ruth);
  await until(ruth.client, hers, ({ sentence }) => sentence === "private.may-hold");
  expect(refusalOf(await sign(ruth, fifth, { as: "guardian", of: tom.person }))).toBe("not-here");
});

test("an answer hides with the room that it stands in, and is there again when that is opened", async () => {
  const { room } = await roomWhere(ben.client, ({ secondLook }) => secondLook === "hidden");
  const version = newest(await agreementWhere(ben, family, () => true)).version.version;
  valueOf(await ben.client.actions.answerAgreement({ family, version, answer: "not-yet", reason: "" }));
  const isBens = ({ name }: { readonly name: string }) => name === "Ben";
  await agreementWhere(ada, family, (view) => newest(view).signers.find(isBens)?.answer === "not-yet");
  expect(newest(await agreementWhere(ben, family, () => true)).signers.find(isBens)?.answer).toBeNull();
  expect(now(ben.client, "agreements")).toMatchObject([{ asksMe: 1 }]);
  valueOf(await ben.client.actions.lookInto({ room, choice: ben.way }));
  await agreementWhere(ben, family, (view) => newest(view).signers.find(isBens)?.answer === "not-yet");
  expect(now(ben.client, "agreements")).toMatchObject([{ asksMe: 0 }]);
});

test("whoever signed what holds, and is not asked any more, takes it back from their own room", async () => {
  expect((await agreementWhere(ana, family, () => true)).holds).toBe("in-force");
  // Nobody let her in again for what holds while the next one was on its way.
  expect(await agreementWhere(ruth, family, () => true)).toMatchObject({ versions: [] });
  valueOf(await ruth.client.actions.withdrawAgreement({ family }));
  const told = await agreementWhere(ada, family, ({ holds }) => holds === "suspended");
  expect(told.withdrawn.map(({ name }) => name)).toContain("Ruth");
  const others = await agreementWhere(ana, family, ({ holds }) => holds === "suspended");
  expect(others.withdrawn).toEqual([]);
  const out = await agreementWhere(
    ruth,
    family,
    ({ outside }) => outside !== null && outside.withdrawnAt !== null,
  );
  expect(out.outside?.withdrawnAt).toBeGreaterThan(0);
  expect(now(ruth.client, "agreements")).toEqual([]);
  expect(refusalOf(await ruth.client.actions.withdrawAgreement({ family }))).toBe("agreement-nothing-signed");
});

test("whoever lost every way in, and is not asked any more, takes back with their new account what they signed with the old one", async () => {
  const offerWithout = async (names: readonly string[]): Promise<AgreementVersionId> => {
    const work = await compose(ada, family, {
      shape: "family-with-teenager",
      parties: (party) => (names.includes(party.name) ? { ...party, signs: false } : party),
    });
    return valueOf(await ada.client.actions.offerAgreement({ family, work }));
  };
  await allSign(await offerWithout(["Ruth"]));
  const next = await offerWithout(["Ruth", "Ben"]);
  await agreementWhere(ben, family, ({ outside }) => outside !== null);
  await ben.client.close();
  valueOf(await ada.client.actions.readmit({ family, person: ben.person }));
  ben = await bringIn(house, ada, { family, person: ben.person, name: "Ben" });
  // What is offered to others is not shown to him because he came back.
  const out = await agreementWhere(ben, family, ({ outside }) => outside !== null);
  expect(out).toMatchObject({ versions: [], outside: { withdrawnAt: null } });
  expect(now(ben.client, "agreements")).toMatchObject([{ isOutside: true, asksMe: 0 }]);
  expect((await agreementWhere(ana, family, () => true)).holds).toBe("in-force");
  valueOf(await ben.client.actions.withdrawAgreement({ family }));
  const told = await agreementWhere(ada, family, ({ holds }) => holds === "suspended");
  expect(told.withdrawn.at(-1)?.name).toBe("Ben");
  const others = await agreementWhere(ana, family, ({ holds }) => holds === "suspended");
  expect([others.withdrawn, newest(others).version.version]).toEqual([[], next]);
  await agreementWhere(ben, family, ({ outside }) => (outside?.withdrawnAt ?? 0) > 0);
  expect(refusalOf(await ben.client.actions.withdrawAgreement({ family }))).toBe("agreement-nothing-signed");
});

const allSignOwn = async (version: AgreementVersionId): Promise<void> => {
  for (const who of [ana, ben, tom]) {
    await agreementWhere(who, family, ({ versions }) => versions[0]?.version.version === version);
  }
  valueOf(await sign(ana, version));
  valueOf(await sign(ben, version));
  valueOf(await tom.client.actions.showWay(tom.way));
  valueOf(await sign(tom, version, { as: "assent", reader: "teen" }));
};
