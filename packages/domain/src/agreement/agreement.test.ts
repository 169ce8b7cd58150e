import { expect, test } from "vitest";
import {
  ANA,
  BEN,
  GRAN,
  id,
  party,
  promiseTo,
  soundChoices,
  soundParties,
  THERAPIST,
  TOM,
  versionId,
  versionOf,
} from "../../testing/agreement.ts";
import type { AgreementId, PersonId } from "../id.ts";
import { agreementOf, applyToAgreement } from "./apply.ts";
import type { AgreementEvent, EventMoment } from "./event.ts";
import { agreementHolds, phaseOf, ruleAt } from "./rule-at.ts";
import { AGREEMENT_PARTS } from "./part.ts";
import { questionKey, questionsFor } from "./question.ts";
import { signerStep } from "./signer-step.ts";
import { requiredSignatures } from "./signer.ts";
import type { AgreementState } from "./state.ts";
import { EMPTY_AGREEMENT, versionInForce, missingSignatures, openOffer, versionIn } from "./state.ts";
import { understandingOf } from "./understanding.ts";
import type { AgreementVersion } from "./version.ts";

const moment = (at: number, writtenAt = at): EventMoment => ({ at, writtenAt });
const say = (state: AgreementState, at: number, ...events: readonly AgreementEvent[]): AgreementState =>
  agreementOf(
    state,
    events.map((event) => ({ event, moment: moment(at) })),
  );
const told = (owner: PersonId, at: number, writtenAt = at) => ({ owner, at, writtenAt });
const refusalOf = (state: AgreementState, event: AgreementEvent) => {
  const result = applyToAgreement(state, event, moment(500));
  return result.kind === "refused" ? result.why : null;
};
const offer = (version: AgreementVersion): AgreementEvent => ({ kind: "offered", by: THERAPIST, version });
const signatures = (version: AgreementVersion): readonly AgreementEvent[] =>
  requiredSignatures(version).map(({ as, of, person }) => ({
    kind: "signed",
    by: person,
    version: version.version,
    as,
    of,
  }));
const signed = (number: number, by = ANA): AgreementEvent => ({
  kind: "signed",
  by,
  version: versionId(number),
  as: "self",
  of: by,
});

const one = versionOf(1);
const two = versionOf(2);
const offered = say(EMPTY_AGREEMENT, 100, offer(one));
const holding = say(offered, 200, ...signatures(one));

test("adults sign for themselves, a teenager assents, and both guardians consent for them", () => {
  expect(requiredSignatures(one)).toEqual([
    { person: ANA, as: "self", of: ANA },
    { person: BEN, as: "self", of: BEN },
    { person: TOM, as: "assent", of: TOM },
    { person: ANA, as: "guardian", of: TOM },
    { person: BEN, as: "guardian", of: TOM },
  ]);
});

test("a minor who consents alone needs nobody, and a guardian who takes no part signs as a guardian alone", () => {
  const minors = [promiseTo(TOM, { route: "minor" })];
  expect(requiredSignatures(versionOf(1, { choices: { ...soundChoices, minors } }))).toEqual([
    { person: ANA, as: "self", of: ANA },
    { person: BEN, as: "self", of: BEN },
    { person: TOM, as: "self", of: TOM },
  ]);
  const parties = [...soundParties, party(GRAN, "guardian")];
  const withGran = { ...soundChoices, minors: [promiseTo(TOM, { guardians: [GRAN] })] };
  const required = requiredSignatures(versionOf(1, { parties, choices: withGran }));
  expect(required.filter(({ person }) => person === GRAN)).toEqual([
    { person: GRAN, as: "guardian", of: TOM },
  ]);
});

test("a collateral signs for themselves, and whoever is too young or will not sign is not asked", () => {
  const parties = [
    party(ANA, "adult"),
    party(GRAN, "collateral"),
    party(BEN, "adult", { signs: false }),
    party(TOM, "child", { signs: false }),
  ];
  const choices = { ...soundChoices, minors: [promiseTo(TOM, { guardians: [ANA, ANA] })] };
  expect(requiredSignatures({ choices, parties })).toEqual([
    { person: ANA, as: "self", of: ANA },
    { person: GRAN, as: "self", of: GRAN },
    { person: ANA, as: "guardian", of: TOM },
  ]);
});

test("it waits for the last signature, and holds from then on", () => {
  const most = say(offered, 150, ...signatures(one).slice(0, 4));
  const waiting = openOffer(most);
  expect(waiting === null ? null : missingSignatures(waiting)).toEqual([
    { person: BEN, as: "guardian", of: TOM },
  ]);
  expect(agreementHolds(most)).toBe("none");
  expect(ruleAt(holding, told(ANA, 200))).toEqual({ kind: "none" });
  expect(ruleAt(holding, told(ANA, 201))).toMatchObject({ kind: "version", version: one });
});

test("it begins by the later word of its signatures, and ends by the earlier word of a withdrawal", () => {
  const all = signatures(one);
  const ahead = agreementOf(
    offered,
    all.map((event, index) => ({ event, moment: index === 0 ? moment(200, 300) : moment(210, 190) })),
  );
  expect(versionInForce(ahead)?.stage).toEqual({ kind: "in-force", since: 300 });
  const gone = applyToAgreement(ahead, { kind: "withdrawn", by: TOM }, moment(450, 400));
  expect(gone).toMatchObject({ kind: "applied" });
  const stage = gone.kind === "applied" ? versionIn(gone.state, versionId(1))?.stage : null;
  expect(stage).toEqual({ kind: "suspended", since: 300, until: 400 });
});

test("a new version holds for what is told from then on, and leaves what was told before as it was", () => {
  const changing = say(holding, 300, offer(two));
  expect(phaseOf(changing, 300)).toBe("changing");
  expect(ruleAt(changing, told(TOM, 350))).toMatchObject({ version: one });
  const changed = say(changing, 400, ...signatures(two));
  expect(ruleAt(changed, told(TOM, 350))).toMatchObject({ version: one });
  expect(ruleAt(changed, told(TOM, 401))).toMatchObject({ version: two });
});

test("whoever says that something was told at another time opens nothing by it", () => {
  const changed = say(say(holding, 300, offer(two)), 400, ...signatures(two));
  expect(ruleAt(changed, told(ANA, 350, 450))).toEqual({ kind: "none" });
  expect(ruleAt(changed, told(ANA, 450, 350))).toEqual({ kind: "none" });
  expect(ruleAt(changed, told(ANA, 150, 450))).toEqual({ kind: "none" });
  expect(ruleAt(changed, told(ANA, 450, 460))).toMatchObject({ version: two });
});

test("whoever signs for a minor alone has told nothing under it themselves", () => {
  const parties = [...soundParties, party(GRAN, "guardian")];
  const choices = { ...soundChoices, minors: [promiseTo(TOM, { guardians: [GRAN] })] };
  const version = versionOf(1, { parties, choices });
  const state = say(EMPTY_AGREEMENT, 100, offer(version), ...signatures(version));
  expect(versionInForce(state)).not.toBeNull();
  expect(ruleAt(state, told(GRAN, 150))).toEqual({ kind: "none" });
});

test("a signature is refused: of a removed person, over an older version, twice, of a guardian who is not one, after a withdrawal", () => {
  expect(refusalOf(say(offered, 150, { kind: "person-left", person: GRAN }), signed(1, GRAN))).toEqual({
    kind: "removed",
    person: GRAN,
  });
  const replaced = say(offered, 150, offer(two));
  expect(refusalOf(replaced, signed(1))).toEqual({ kind: "older-version", newest: versionId(2) });
  const superseded = say(holding, 300, offer(two), ...signatures(two));
  expect(refusalOf(superseded, signed(1))).toEqual({ kind: "older-version", newest: versionId(2) });
  expect(refusalOf(say(offered, 150, signed(1)), signed(1))).toEqual({ kind: "signed-already" });
  expect(refusalOf(holding, signed(1))).toEqual({ kind: "signed-already" });
  const asGuardian: AgreementEvent = {
    kind: "signed",
    by: GRAN,
    version: versionId(1),
    as: "guardian",
    of: TOM,
  };
  expect(refusalOf(offered, asGuardian)).toEqual({ kind: "not-guardian", of: TOM });
  expect(refusalOf(offered, signed(1, GRAN))).toEqual({ kind: "not-asked" });
  expect(refusalOf(offered, signed(7))).toEqual({ kind: "unknown-version" });
  const withdrawn = say(holding, 300, { kind: "withdrawn", by: BEN });
  expect(refusalOf(withdrawn, signed(1, BEN))).toEqual({ kind: "after-withdrawal" });
  const early = say(offered, 150, signed(1), { kind: "withdrawn", by: ANA });
  expect(refusalOf(early, signed(1, BEN))).toEqual({ kind: "after-withdrawal" });
  expect(refusalOf(say(offered, 150, { kind: "closed", closed: true }), signed(1))).toEqual({
    kind: "closed",
  });
  const back = say(offered, 150, { kind: "recalled", by: THERAPIST, version: versionId(1) });
  expect(refusalOf(back, signed(1))).toEqual({ kind: "recalled" });
});

test("an offer is refused: by nobody's therapist, with a gap, naming somebody who left, of another agreement, an older one", () => {
  expect(refusalOf(EMPTY_AGREEMENT, { kind: "offered", by: ANA, version: one })).toEqual({
    kind: "not-therapist",
  });
  const secret = { ...soundChoices, court: { ...soundChoices.court, secrecy: "promised" } as const };
  expect(refusalOf(EMPTY_AGREEMENT, offer(versionOf(1, { choices: secret })))).toEqual({ kind: "has-gaps" });
  const left = say(EMPTY_AGREEMENT, 1, { kind: "person-left", person: TOM });
  expect(refusalOf(left, offer(one))).toEqual({ kind: "removed", person: TOM });
  expect(refusalOf(offered, offer(one))).toEqual({ kind: "known-already" });
  const other = versionOf(3, { agreement: id<AgreementId>(1) });
  expect(refusalOf(offered, offer(other))).toEqual({ kind: "another-agreement" });
  const late = say(EMPTY_AGREEMENT, 1, offer(two));
  expect(refusalOf(late, offer(one))).toEqual({ kind: "older-version", newest: versionId(2) });
});

test("whoever declines is asked no less, and signs when they have talked about it", () => {
  const no = say(offered, 150, { kind: "answered", by: BEN, version: versionId(1), answer: "change-asked" });
  expect(openOffer(no)?.answers.get(BEN)).toBe("change-asked");
  const after = say(no, 200, ...signatures(one));
  expect(agreementHolds(after)).toBe("in-force");
  expect(versionInForce(after)?.answers.size).toBe(0);
});

test("with each signer comes next what they have not come to yet, and no step bars the signature", () => {
  const questions = questionsFor(one, party(ANA, "adult"));
  const right = questions.map((question) => ({ question: questionKey(question), answer: question.right }));
  const [none, all] = [understandingOf(questions, []), understandingOf(questions, right)];
  const openOne = openOffer(offered);
  if (openOne === null) throw new Error("nothing is offered");
  const wish = {
    offer: openOne,
    person: ANA,
    explained: AGREEMENT_PARTS,
    openQuestions: 0,
    understanding: all,
  };
  expect(signerStep({ ...wish, explained: ["client"] })).toBe("explain");
  expect(signerStep({ ...wish, openQuestions: 1 })).toBe("answer");
  expect(signerStep({ ...wish, understanding: none })).toBe("check");
  expect(signerStep(wish)).toBe("sign");
  expect(signerStep({ ...wish, person: GRAN })).toBe("not-asked");
  const no = say(offered, 150, { kind: "answered", by: ANA, version: versionId(1), answer: "not-yet" });
  expect(signerStep({ ...wish, offer: openOffer(no) ?? openOne })).toBe("wait");
  const half = say(offered, 150, signed(1));
  expect(signerStep({ ...wish, offer: openOffer(half) ?? openOne })).toBe("sign");
  expect(signerStep({ ...wish, offer: versionInForce(holding) ?? openOne })).toBe("signed");
});

test("what is said to everyone of a withdrawal names nobody, and comes to the same", () => {
  const own = say(holding, 300, { kind: "withdrawn", by: TOM });
  const told = say(holding, 300, { kind: "suspended", by: THERAPIST, versions: [versionId(1)] });
  expect(told).toEqual(own);
  expect(agreementHolds(told)).toBe("suspended");
  expect(refusalOf(holding, { kind: "suspended", by: ANA, versions: [versionId(1)] })).toEqual({
    kind: "not-therapist",
  });
  expect(refusalOf(holding, { kind: "withdrawn", by: GRAN })).toEqual({ kind: "nothing-signed" });
});

test("after a withdrawal a new version can be offered, and holds when everyone has signed it", () => {
  const withdrawn = say(holding, 300, { kind: "withdrawn", by: BEN });
  const again = say(withdrawn, 400, offer(two));
  expect(phaseOf(again, 400)).toBe("offered");
  expect(phaseOf(say(again, 500, ...signatures(two)), 500)).toBe("in-force");
});

test("whoever leaves keeps the rule of what they told before, and no offer that names them can be signed", () => {
  const left = say(holding, 300, { kind: "person-left", person: TOM });
  expect(ruleAt(left, told(TOM, 250))).toMatchObject({ version: one });
  expect(ruleAt(left, told(TOM, 300))).toEqual({ kind: "none" });
  expect(ruleAt(left, told(ANA, 350))).toMatchObject({ version: one });
  const waiting = say(holding, 250, offer(two), { kind: "person-left", person: TOM });
  expect(openOffer(waiting)).toBeNull();
  expect(refusalOf(left, { kind: "withdrawn", by: TOM })).toEqual({ kind: "removed", person: TOM });
  const back = say(left, 400, { kind: "person-back", person: TOM });
  expect(ruleAt(back, told(TOM, 450))).toEqual({ kind: "none" });
});

test("a year after it came into force it is to be looked at again", () => {
  const since = Date.parse("2030-03-10T00:00:00Z");
  const state = say(say(EMPTY_AGREEMENT, since - 1, offer(one)), since, ...signatures(one));
  expect(phaseOf(state, Date.parse("2031-03-09T00:00:00Z"))).toBe("in-force");
  expect(phaseOf(state, Date.parse("2031-03-10T00:00:00Z"))).toBe("review-due");
  expect(phaseOf(say(state, since + 1, { kind: "closed", closed: true }), since + 2)).toBe("closed");
});
