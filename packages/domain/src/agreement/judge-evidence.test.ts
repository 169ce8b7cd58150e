import { expect, test } from "vitest";
import {
  ANA,
  BEN,
  evidenceAccountOf as accountOf,
  evidenceLine as line,
  evidenceSigning as sign,
  frozen,
  GRAN,
  id,
  MIA,
  party,
  soundParties,
  THERAPIST,
  TOM,
  versionId,
  versionOf,
} from "../../testing/agreement.ts";
import type { AccountId, PersonId } from "../id.ts";
import { isForEveryone } from "./evidence.ts";
import type { AuthorityProof, CopyForm, Evidence, EvidenceLine, EvidenceSaid } from "./evidence.ts";
import { judgeEvidence } from "./judge-evidence.ts";

const named = line(THERAPIST, {
  kind: "named",
  people: [ANA, BEN, TOM, MIA, GRAN].map((person) => ({
    person,
    account: accountOf(person),
    known: "invitation" as const,
  })),
});
const offered = line(THERAPIST, { kind: "offered" });
const second = { version: versionId(2) };
const all = [
  sign(ANA),
  sign(BEN),
  sign(TOM, "assent"),
  sign(ANA, "guardian", TOM),
  sign(BEN, "guardian", TOM),
] as const;

const judge = (lines: readonly EvidenceLine[], more: Partial<Evidence> = {}) => {
  const verdict = judgeEvidence(
    frozen({ about: versionId(1), versions: [versionOf(1), versionOf(2)], lines, ...more }),
  );
  if (verdict === null) throw new Error("a version that is there");
  return verdict;
};
const whyIn = (lines: readonly EvidenceLine[]) => judge(lines).refused.map(({ why }) => why);

test("it is signed when everyone required has signed, and only then", () => {
  const whole = judge([named, offered, ...all]);
  expect(whole).toMatchObject({
    isSigned: true,
    missing: [],
    refused: [],
    leavesOut: [],
    offeredBy: THERAPIST,
  });
  expect(whole.stage).toEqual({ kind: "in-force", since: 10 });
  expect(whole.signatures.map(({ as, of, person }) => [person, as, of])).toEqual(
    all.map(({ by, said }) => (said.kind === "signed" ? [by, said.as, said.of] : [])),
  );
  for (const left of all.keys()) {
    const less = judge([named, offered, ...all.filter((_one, place) => place !== left)]);
    expect(less.isSigned).toBe(false);
    expect(less.missing).toHaveLength(1);
  }
});

test("nothing counts before it was offered, or offered by somebody who is no therapist", () => {
  expect(judge([named, ...all])).toMatchObject({ isSigned: false, stage: null, signatures: [] });
  expect(whyIn([named, line(ANA, { kind: "offered" })])).toEqual([{ kind: "not-therapist" }]);
});

test("a signature over an older version counts for nothing", () => {
  const next = line(THERAPIST, { kind: "offered" }, second);
  const verdict = judge([named, offered, sign(ANA), next, sign(BEN)]);
  expect(verdict.refused).toEqual([{ line: 4, why: { kind: "older-version", newest: versionId(2) } }]);
  expect(verdict).toMatchObject({ isSigned: false, stage: { kind: "void", why: "replaced" } });
});

test("by a guardian who is not one, by somebody who is not asked, or twice, it counts for nothing", () => {
  expect(whyIn([named, offered, sign(GRAN, "guardian", TOM)])).toEqual([{ kind: "not-guardian", of: TOM }]);
  expect(whyIn([named, offered, sign(ANA, "guardian", MIA)])).toEqual([{ kind: "not-guardian", of: MIA }]);
  expect(whyIn([named, offered, sign(MIA, "assent")])).toEqual([{ kind: "not-asked" }]);
  expect(whyIn([named, offered, sign(ANA), sign(ANA)])).toEqual([{ kind: "signed-already" }]);
  expect(whyIn([named, offered, ...all, sign(ANA)])).toEqual([{ kind: "signed-already" }]);
});

test("by somebody who has left, it counts for nothing", () => {
  const left = line(THERAPIST, { kind: "left", person: BEN });
  expect(whyIn([named, offered, sign(ANA), left, sign(BEN)])).toEqual([{ kind: "removed", person: BEN }]);
  const back = line(THERAPIST, { kind: "back", person: BEN });
  expect(whyIn([named, offered, left, back, sign(BEN)])).toEqual([{ kind: "recalled" }]);
  expect(whyIn([named, offered, line(ANA, { kind: "left", person: BEN })])).toEqual([
    { kind: "not-therapist" },
  ]);
});

test("after a withdrawal, said by whoever withdrew or without a name, it counts for nothing", () => {
  const withdrawn = line(ANA, { kind: "withdrawn" });
  const suspended = line(THERAPIST, { kind: "suspended", also: [] });
  for (const end of [withdrawn, suspended]) {
    expect(whyIn([named, offered, sign(ANA), end, sign(BEN)])).toEqual([{ kind: "after-withdrawal" }]);
    const ended = judge([named, offered, ...all, end]);
    expect(ended).toMatchObject({ isSigned: false, stage: { kind: "suspended" }, missing: [] });
  }
});

test("after a no of their own, a signature is taken back, and can be given again", () => {
  const declined = line(ANA, { kind: "answered", answer: "declined" });
  expect(
    judge([named, offered, ...all.slice(0, 4), declined]).signatures.map(({ person }) => person),
  ).toEqual([BEN, TOM]);
  const again = judge([named, offered, sign(ANA), declined, ...all]);
  expect(again.isSigned).toBe(true);
  expect(again.signatures.find(({ as, person }) => person === ANA && as === "self")?.line).toBe(4);
});

test("nobody is heard whose account no therapist has named, or from another account", () => {
  expect(whyIn([offered, sign(ANA)])).toEqual([{ kind: "not-named", person: ANA }]);
  expect(whyIn([sign(ANA), named, offered])).toEqual([{ kind: "not-named", person: ANA }]);
  const stranger = { account: id<AccountId>(0x999) };
  expect(whyIn([named, offered, sign(ANA, "self", ANA, stranger)])).toEqual([
    { kind: "another-account", person: ANA },
  ]);
  expect(whyIn([named, offered, line(THERAPIST, { kind: "recalled" }, stranger)])).toEqual([
    { kind: "another-account", person: THERAPIST },
  ]);
  const people = [{ person: GRAN, account: accountOf(GRAN), known: "in-person" } as const];
  expect(whyIn([named, line(ANA, { kind: "named", people })])).toEqual([{ kind: "not-therapist" }]);
});

test("who comes to look after the family later says what a therapist says, once they were named by who did before", () => {
  const later = id<PersonId>(0x888);
  const account = id<AccountId>(0x888);
  const theirs = { account };
  const people = [{ person: later, account, known: "in-person" } as const];
  const suspended = line(later, { kind: "suspended", also: [] }, theirs);
  const left = line(later, { kind: "left", person: BEN }, theirs);
  const naming = line(THERAPIST, { kind: "named", people });
  expect(judge([named, offered, ...all, naming, suspended])).toMatchObject({
    refused: [],
    stage: { kind: "suspended" },
  });
  expect(whyIn([named, offered, naming, left])).toEqual([]);
  // And names the next one.
  const next = { person: id<PersonId>(0x889), account: id<AccountId>(0x889), known: "in-person" } as const;
  const chain = line(later, { kind: "named", people: [next] }, theirs);
  const byNext = line(next.person, { kind: "suspended", also: [] }, { account: next.account });
  expect(judge([named, offered, ...all, naming, chain, byNext]).stage?.kind).toBe("suspended");
  // Not before, not by a word of the family, and nobody else's account.
  expect(whyIn([named, offered, ...all, suspended])).toEqual([{ kind: "not-named", person: later }]);
  expect(whyIn([named, offered, ...all, line(ANA, { kind: "named", people }), suspended])).toEqual([
    { kind: "not-therapist" },
    { kind: "not-named", person: later },
  ]);
  const another = line(later, { kind: "suspended", also: [] }, { account: id<AccountId>(0x999) });
  expect(whyIn([named, offered, ...all, naming, another])).toEqual([
    { kind: "another-account", person: later },
  ]);
  // Whose account is another id than theirs is somebody of the family, and no therapist for having been named.
  expect(whyIn([named, offered, ...all, line(ANA, { kind: "suspended", also: [] })])).toEqual([
    { kind: "not-therapist" },
  ]);
  // Offering is a therapist's of that version.
  expect(whyIn([named, naming, line(later, { kind: "offered" }, theirs)])).toEqual([
    { kind: "not-therapist" },
  ]);
});

test("who lost an account signs with the one that a therapist names next", () => {
  const account = id<AccountId>(0x777);
  const again = line(THERAPIST, { kind: "named", people: [{ person: ANA, account, known: "in-person" }] });
  expect(whyIn([named, offered, again, sign(ANA)])).toEqual([{ kind: "another-account", person: ANA }]);
  expect(whyIn([named, offered, again, sign(ANA, "self", ANA, { account })])).toEqual([]);
});

test("words that the version does not have were shown to nobody", () => {
  const { said } = sign(ANA);
  const spanish = { ...said, language: "es" } as EvidenceSaid;
  expect(whyIn([named, offered, line(ANA, spanish)])).toEqual([{ kind: "not-shown" }]);
});

test("a score stands beside its signature, and nobody tells another's", () => {
  const score = { asked: 4, answered: 4, firstPercent: 75, percent: 100 };
  const told = (by: PersonId, about: number) => line(by, { kind: "understanding", line: about, ...score });
  const [first] = judge([named, offered, sign(ANA), told(ANA, 2)]).signatures;
  expect(first?.score).toEqual(score);
  expect(judge([named, offered, sign(ANA)]).signatures[0]?.score).toBeNull();
  expect(whyIn([named, offered, sign(ANA), told(BEN, 2)])).toEqual([{ kind: "not-theirs" }]);
  expect(whyIn([named, offered, sign(ANA), line(ANA, { kind: "reason", line: 2, text: "" })])).toEqual([
    { kind: "not-theirs" },
  ]);
});

test("with what somebody signed stands beside their signature, by their own word, and in no copy of the family's", () => {
  const signedWith = { device: "phone", utcOffsetMinutes: -480 } as const;
  const told = (by: PersonId, about: number) =>
    line(by, { kind: "signed-with", line: about, mark: null, ...signedWith });
  const [first] = judge([named, offered, sign(ANA), told(ANA, 2)]).signatures;
  expect(first?.signedWith).toEqual(signedWith);
  expect(judge([named, offered, sign(ANA)]).signatures[0]?.signedWith).toBeNull();
  expect(whyIn([named, offered, sign(ANA), told(BEN, 2)])).toEqual([{ kind: "not-theirs" }]);
  expect(isForEveryone(told(ANA, 2).said)).toBe(false);
});

test("a therapist records which proof of authority they saw, the last word counts, and the family is not told", () => {
  const proof = (by: PersonId, guardian: PersonId, what: AuthorityProof) =>
    line(by, { kind: "authority", guardian, minor: TOM, proof: what });
  const { refused, signatures } = judge([
    named,
    offered,
    proof(THERAPIST, ANA, "told-only"),
    ...all,
    proof(THERAPIST, ANA, "court-order"),
  ]);
  expect(refused).toEqual([]);
  expect(signatures.map(({ as, authority, person }) => [person, as, authority])).toEqual([
    [ANA, "self", null],
    [BEN, "self", null],
    [TOM, "assent", null],
    [ANA, "guardian", "court-order"],
    [BEN, "guardian", null],
  ]);
  expect(whyIn([named, offered, proof(ANA, ANA, "court-order")])).toEqual([{ kind: "not-therapist" }]);
  expect(whyIn([named, offered, proof(THERAPIST, GRAN, "court-order")])).toEqual([
    { kind: "not-guardian", of: TOM },
  ]);
  expect(isForEveryone(proof(THERAPIST, ANA, "court-order").said)).toBe(false);
});

test("a witness stands beside the signature for everyone, by a therapist's word", () => {
  const witnessed = (by: PersonId, about: number) =>
    line(by, { kind: "witnessed", line: about, name: "Wanda" });
  expect(judge([named, offered, sign(ANA), witnessed(THERAPIST, 2)]).signatures[0]?.witness).toBe("Wanda");
  expect(whyIn([named, offered, sign(ANA), witnessed(BEN, 2)])).toEqual([{ kind: "not-therapist" }]);
  expect(whyIn([named, offered, sign(ANA), witnessed(THERAPIST, 1)])).toEqual([{ kind: "not-theirs" }]);
  // Nobody has seen what is signed later, or what was refused.
  expect(whyIn([named, offered, witnessed(THERAPIST, 3), sign(ANA)])).toEqual([{ kind: "not-theirs" }]);
  const twice = [named, offered, sign(ANA), sign(ANA), witnessed(THERAPIST, 3)];
  expect(whyIn(twice).at(-1)).toEqual({ kind: "not-theirs" });
  // And such a word is no first word, by which an account would be a therapist's.
  const early = { ...witnessed(THERAPIST, 3), account: accountOf(BEN) };
  expect(whyIn([early, named, offered, sign(ANA)])).toEqual([{ kind: "not-theirs" }]);
  expect(isForEveryone(witnessed(THERAPIST, 2).said)).toBe(true);
});

test("a copy is told once for each form, by whoever is asked, to the therapists alone", () => {
  const kept = (by: PersonId, form: CopyForm) => line(by, { kind: "delivered", form });
  const lines = [named, offered, sign(ANA), kept(ANA, "pdf"), kept(ANA, "file"), kept(ANA, "pdf")];
  expect(whyIn([...lines, kept(MIA, "pdf")])).toEqual([{ kind: "told-already" }, { kind: "not-asked" }]);
  expect(judge(lines).signatures[0]?.delivered).toEqual([
    { form: "pdf", at: 10 },
    { form: "file", at: 10 },
  ]);
  expect(isForEveryone(kept(ANA, "pdf").said)).toBe(false);
});

test("what somebody had seen stands before it, and what is left out is seen", () => {
  expect(whyIn([named, offered, sign(ANA, "self", ANA, { after: 3 }), sign(BEN)])).toEqual([
    { kind: "out-of-order" },
  ]);
  expect(judge([named, offered, sign(ANA, "self", ANA, { after: 1 })]).leavesOut).toEqual([]);
  expect(judge([named, offered, sign(ANA, "self", ANA, { after: "missing" })]).leavesOut).toEqual([2]);
});

test("a copy that leaves something out, or puts a yes behind the no that took it back, proves nothing", () => {
  const missing = judge([named, offered, ...all.slice(1), sign(ANA, "self", ANA, { after: "missing" })]);
  expect(missing).toMatchObject({ isSigned: false, missing: [], refused: [] });
  const no = line(ANA, { kind: "answered", answer: "declined" }, { after: 3 });
  const turned = judge([named, offered, no, ...all]);
  expect(turned.refused).toEqual([{ line: 2, why: { kind: "out-of-order" } }]);
  expect(turned.isSigned).toBe(false);
});

test("a version with a contradiction that blocks was never offered", () => {
  const gap = versionOf(1, { parties: [...soundParties, party(ANA, "adult")] });
  const verdict = judge([named, offered, ...all], { versions: [gap] });
  expect(verdict).toMatchObject({ isSigned: false, stage: null });
  expect(verdict.refused[0]?.why).toEqual({ kind: "has-gaps" });
});

test("nothing is said of a version that is not there", () => {
  expect(judgeEvidence({ about: versionId(9), versions: [versionOf(1)], lines: [] })).toBeNull();
});
