import { expect, test } from "vitest";
import {
  ANA,
  BEN,
  FAMILY,
  GRAN,
  id,
  MIA,
  party,
  promiseTo,
  soundChoices,
  soundParties,
  THERAPIST,
  TOM,
  versionId,
} from "../../testing/agreement.ts";
import type { EntryId, PersonId, ReleaseId } from "../id.ts";
import type { Choices, GuardianTopic, MinorLevel, SecretsPolicy } from "../agreement/choices.ts";
import { compileAgreement } from "../agreement/compile.ts";
import type { Party } from "../agreement/version.ts";
import type { DisclosureWish } from "./may-disclose.ts";
import { mayDisclose } from "./may-disclose.ts";
import type { OwnerRule } from "./owner-rule.ts";
import { DISCLOSURE_SENTENCES, disclosureSentence } from "./reason.ts";
import { isSameRecipient } from "./recipient.ts";
import type { Recipient } from "./recipient.ts";
import type { Release, ReleaseSignature } from "./release.ts";

const TOLD = 1_000;
const NOW = 2_000;
const SIGNED = { person: BEN, version: versionId(1), at: 10 };
const ENTRY = id<EntryId>(500);

const to = (person: PersonId, hasLeft = false): Recipient => ({ kind: "person", person, hasLeft });
const school: Recipient = { kind: "outsider", name: "The school" };

const ruleOf = (
  owner: PersonId,
  choices: Partial<Choices>,
  parties: readonly Party[] = soundParties,
): OwnerRule => ({
  owner,
  under: {
    version: versionId(1),
    signedAt: 10,
    facts: compileAgreement({ parties, choices: { ...soundChoices, ...choices } }),
  },
});

/** What Ben told the therapist alone, to be told to Ana, with whatever else is wanted. */
const wishOf = (
  choices: Partial<Choices>,
  more: Partial<Omit<DisclosureWish, "entry">> & { readonly entry?: Partial<DisclosureWish["entry"]> } = {},
): DisclosureWish => {
  const entry = {
    entry: ENTRY,
    owners: [BEN],
    told: { at: TOLD, writtenAt: TOLD },
    contact: "message" as const,
    label: null,
    topic: null,
    asked: null,
    ...more.entry,
  };
  return {
    from: { kind: "private", audience: [BEN, THERAPIST] },
    to: [to(ANA)],
    agreement: entry.owners.map((owner) => ruleOf(owner, choices)),
    releases: [],
    purpose: "family-work",
    ground: null,
    at: NOW,
    ...more,
    entry,
  };
};

const signature = (person: PersonId, more: Partial<ReleaseSignature> = {}): ReleaseSignature => ({
  person,
  as: "self",
  of: person,
  at: 1_500,
  expiresAt: 9_000,
  revokedAt: null,
  ...more,
});

const release = (more: Partial<Release> = {}): Release => ({
  release: id<ReleaseId>(800),
  family: FAMILY,
  content: { kind: "entries", entries: [ENTRY] },
  labels: ["ordinary"],
  recipient: to(ANA),
  purpose: "family-work",
  signatures: [signature(BEN)],
  ...more,
});

const said = (wish: DisclosureWish) => {
  const { answers, kind } = mayDisclose(wish);
  return { kind, why: answers.flatMap(({ reasons }) => reasons.map(disclosureSentence)) };
};

const asked = { at: TOLD, sessions: 3 };

test.each<readonly [SecretsPolicy, "allow" | "ask" | "refuse", string]>([
  [{ kind: "no-secrets" }, "allow", "policy"],
  [{ kind: "limited", categories: ["money"] }, "refuse", "speaker-tells"],
  [{ kind: "discretion", tellsSpeakerFirst: true }, "ask", "therapist-judges"],
  [{ kind: "full" }, "refuse", "speaker-only.full"],
  [{ kind: "no-individual-contact", isScreenedFirst: true }, "refuse", "speaker-only.no-individual-contact"],
])("under %j what Ben told alone is, for Ana: %s (%s)", (policy, kind, why) => {
  expect(said(wishOf({ policy }, { entry: { asked } }))).toEqual({ kind, why: [why] });
});

test("no secrets: nothing is told before whoever told it was asked to, and had their time", () => {
  const policy = { kind: "no-secrets" } as const;
  const telling = { graceUnit: "days", graceCount: 3, ifNotTold: "end" } as const;
  const day = 86_400_000;
  expect(said(wishOf({ policy }))).toEqual({ kind: "refuse", why: ["speaker-time"] });
  expect(said(wishOf({ policy }, { entry: { asked: { at: TOLD, sessions: 2 } } })).kind).toBe("refuse");
  const at = (days: number) => ({ at: TOLD + days * day, entry: { asked: { at: TOLD, sessions: 0 } } });
  expect(said(wishOf({ policy, telling }, at(2.99))).kind).toBe("refuse");
  expect(said(wishOf({ policy, telling }, at(3))).kind).toBe("allow");
});

test("a reason names the clause, whose signature it was, and when", () => {
  const { answers } = mayDisclose(wishOf({ policy: { kind: "no-secrets" } }, { entry: { asked } }));
  expect(answers).toEqual([
    {
      to: to(ANA),
      kind: "allow",
      reasons: [{ kind: "policy", clause: "policy.no-secrets", signed: SIGNED }],
    },
  ]);
});

const open = { policy: { kind: "no-secrets" } } as const;

test("under no agreement it is confidential to the speaker, and no release opens it (R-140)", () => {
  const wish = wishOf(open, { agreement: [], releases: [release()], entry: { asked } });
  expect(said(wish)).toEqual({ kind: "refuse", why: ["no-agreement"] });
  expect(said({ ...wish, agreement: [{ owner: BEN, under: null }] }).kind).toBe("refuse");
});

test("whoever was there, or told it themselves, learns nothing new; a note in the team's room is not its owner's to read", () => {
  expect(said(wishOf({}, { to: [to(BEN), { kind: "professional", person: THERAPIST }] }))).toEqual({
    kind: "allow",
    why: ["was-told", "was-told"],
  });
  const team = { kind: "team", audience: [THERAPIST] } as const;
  expect(said(wishOf({}, { from: team, to: [to(BEN)] })).kind).toBe("refuse");
});

test("what several heard falls under no policy for what is told alone", () => {
  const family = { kind: "family", audience: [BEN, TOM, THERAPIST] } as const;
  expect(said(wishOf(open, { from: family, entry: { contact: null, asked } }))).toEqual({
    kind: "refuse",
    why: ["told-to-those-there"],
  });
});

test("safety is shown to no other participant, by no policy and no release (R-06); a limit is a person's decision", () => {
  const entry = { label: "safety", asked } as const;
  const labelled = release({ labels: ["ordinary", "safety"] });
  expect(said(wishOf(open, { entry, releases: [labelled] }))).toEqual({
    kind: "refuse",
    why: ["outside.safety"],
  });
  const ground = { kind: "limit", limit: "danger-to-others" } as const;
  expect(said(wishOf(open, { entry, ground }))).toEqual({ kind: "ask", why: ["limit"] });
  expect(said(wishOf({ limits: [] }, { entry, ground }))).toEqual({ kind: "ask", why: ["limit-not-named"] });
});

test("a limit is a reason to tell the right body, and no participant who is none (section 7, R-10)", () => {
  const ground = { kind: "limit", limit: "payment" } as const;
  expect(said(wishOf({}, { ground }))).toEqual({ kind: "refuse", why: ["speaker-tells", "limit-elsewhere"] });
  expect(said(wishOf({}, { ground, to: [school] })).kind).toBe("ask");
  const entry = { label: "psychotherapy-note" } as const;
  expect(said(wishOf({}, { ground, entry, to: [school] })).kind).toBe("refuse");
});

test("a therapist's notes are shown to nobody of a family, and leave by a release of their own alone (R-80)", () => {
  const entry = { label: "psychotherapy-note" } as const;
  const signatures = [signature(ANA), signature(BEN), signature(TOM), ...guardiansOfTom()];
  const own = release({ labels: ["psychotherapy-note"], recipient: school, signatures });
  expect(said(wishOf({}, { entry, to: [to(BEN)] })).kind).toBe("refuse");
  expect(said(wishOf({}, { entry, releases: [release({ labels: ["psychotherapy-note"] })] })).kind).toBe(
    "refuse",
  );
  expect(said(wishOf({}, { entry, to: [school], releases: [own] })).kind).toBe("allow");
  const mixed = { ...own, labels: ["psychotherapy-note", "ordinary"] } as const;
  expect(said(wishOf({}, { entry, to: [school], releases: [mixed] })).kind).toBe("refuse");
});

test("a record of substance use is opened by a release that names it, and by its owner's own signature (R-110)", () => {
  const entry = { label: "substance-record" } as const;
  expect(said(wishOf(open, { entry, releases: [release()] })).why).toEqual(["outside.substance-record"]);
  expect(said(wishOf(open, { entry, releases: [release({ labels: ["substance-record"] })] })).kind).toBe(
    "allow",
  );
});

const guardiansOfTom = () => [ANA, BEN].map((person) => signature(person, { as: "guardian", of: TOM }));

test.each<readonly [MinorLevel, GuardianTopic, "allow" | "ask" | "refuse"]>([
  ["private", "attendance", "allow"],
  ["private", "serious-risk", "ask"],
  ["private", "how-it-goes", "refuse"],
  ["private", "content", "refuse"],
  ["partial", "attendance", "allow"],
  ["partial", "how-it-goes", "allow"],
  ["partial", "topics", "allow"],
  ["partial", "content", "refuse"],
  ["open", "topics", "allow"],
  ["open", "content", "allow"],
])("of a minor on the level %s guardians may be told %s: %s", (level, topic, kind) => {
  const told = ["attendance", "serious-risk", "how-it-goes", "topics", "content"] as const;
  const wish = wishOf({ minors: [promiseTo(TOM, { level, told })] }, { entry: { owners: [TOM], topic } });
  expect(said(wish).kind).toBe(kind);
  // Whoever is no guardian of theirs hears nothing by it.
  expect(said({ ...wish, to: [to(GRAN)] }).kind).toBe("refuse");
  // Nor does anybody by what the list leaves out.
  const silent = { ...wish, agreement: [ruleOf(TOM, { minors: [promiseTo(TOM, { level, told: [] })] })] };
  expect(said(silent).kind).toBe("refuse");
});

test("guardians are told nothing from the day on which a minor is of age, and sign nothing for them (R-61)", () => {
  const of18 = Date.parse("2033-06-15T00:00:00Z");
  const entry = { owners: [TOM], topic: "attendance" } as const;
  expect(said(wishOf({}, { entry, at: of18 - 1 })).kind).toBe("allow");
  expect(said(wishOf({}, { entry, at: of18 }))).toEqual({ kind: "refuse", why: ["of-age"] });
  const lasting = { expiresAt: of18 + 9 };
  const others = [ANA, BEN].map((person) => signature(person, lasting));
  const forTom = guardiansOfTom().map((one) => ({ ...one, ...lasting }));
  const outsiders = { ...soundChoices.outsiders, teensSign: false };
  const wish = (signatures: readonly ReleaseSignature[], at: number) =>
    said(wishOf({ outsiders }, { at, to: [school], releases: [release({ recipient: school, signatures })] }))
      .kind;
  expect(wish([...others, ...forTom], of18 - 1)).toBe("allow");
  expect(wish([...others, ...forTom], of18)).toBe("refuse");
  expect(wish([...others, signature(TOM, lasting)], of18)).toBe("allow");
});

test("within the family the owner's own permission is enough, and nobody else's is (R-03)", () => {
  const limited = {};
  expect(said(wishOf(limited, { releases: [release()] }))).toEqual({ kind: "allow", why: ["released"] });
  expect(said(wishOf(limited, { releases: [release({ signatures: [signature(ANA)] })] })).kind).toBe(
    "refuse",
  );
  // Both guardians together do not sign away what a minor said alone.
  const ofTom = release({ signatures: guardiansOfTom() });
  expect(said(wishOf(limited, { releases: [ofTom], entry: { owners: [TOM] } })).kind).toBe("refuse");
  // Nor does a guardian who takes no part, to themselves, where each releases their own.
  const outside = {
    client: { kind: "parallel" },
    outsiders: { ...soundChoices.outsiders, release: "each-for-own", teensSign: false },
  } as const;
  const toMia = release({ recipient: to(MIA), signatures: guardiansOfTom() });
  expect(said(wishOf(outside, { releases: [toMia], to: [to(MIA)], entry: { owners: [TOM] } })).kind).toBe(
    "refuse",
  );
  const byTom = release({ signatures: [signature(TOM, { as: "assent" })] });
  expect(said(wishOf(limited, { releases: [byTom], entry: { owners: [TOM] } })).kind).toBe("allow");
});

test("nothing leaves the family until everyone has signed who has to (R-02, R-82)", () => {
  const all = [signature(ANA), signature(BEN), signature(TOM), ...guardiansOfTom()];
  const leaving = (signatures: readonly ReleaseSignature[], more: Partial<DisclosureWish> = {}) =>
    mayDisclose({
      ...wishOf({}, { to: [school], releases: [release({ recipient: school, signatures })] }),
      ...more,
    });
  expect(leaving(all).kind).toBe("allow");
  for (const one of all) {
    const others = all.filter((other) => other !== one);
    const { answers, kind } = leaving(others);
    expect(kind).toBe("refuse");
    const missing = [{ person: one.person, as: one.as, of: one.of }];
    expect(answers[0]?.reasons).toContainEqual({
      kind: "release-lacks",
      release: id(800),
      why: "unsigned",
      missing,
    });
    // One that takes it back, or whose own has run out, stops it for all.
    expect(leaving([...others, { ...one, revokedAt: 1_600 }]).kind).toBe("refuse");
    expect(leaving([...others, { ...one, expiresAt: NOW }]).kind).toBe("refuse");
    expect(leaving([...others, { ...one, at: NOW + 1 }]).kind).toBe("refuse");
  }
  expect(leaving(all, { purpose: "court" }).kind).toBe("refuse");
  expect(leaving(all, { to: [{ kind: "outsider", name: "Another school" }] }).kind).toBe("refuse");
});

test("where each releases their own, one signature opens what is theirs alone, and never what is joint", () => {
  const choices = {
    client: { kind: "parallel" },
    outsiders: { ...soundChoices.outsiders, release: "each-for-own" },
  } as const;
  const own = { to: [school], releases: [release({ recipient: school })] };
  expect(said(wishOf(choices, own)).kind).toBe("allow");
  expect(said(wishOf(choices, { ...own, entry: { contact: null } })).kind).toBe("refuse");
});

test("a release is about the entries that it names, or about what somebody told in its time", () => {
  const about = (content: Release["content"]) => said(wishOf({}, { releases: [release({ content })] })).kind;
  expect(about({ kind: "entries", entries: [id(501)] })).toBe("refuse");
  expect(about({ kind: "told", by: [BEN], from: TOLD, until: TOLD + 1 })).toBe("allow");
  expect(about({ kind: "told", by: [BEN], from: TOLD + 1, until: NOW })).toBe("refuse");
  expect(about({ kind: "told", by: [BEN], from: 0, until: TOLD })).toBe("refuse");
  expect(about({ kind: "told", by: [ANA], from: 0, until: NOW })).toBe("refuse");
});

test("a collateral, a supporter, and somebody who has left are told nothing by what others signed", () => {
  const parties = [party(ANA, "adult"), party(BEN, "adult"), party(GRAN, "collateral")];
  const agreement = [ruleOf(BEN, { ...open, minors: [] }, parties)];
  const wish = wishOf(open, { agreement, entry: { asked } });
  expect(said(wish).kind).toBe("allow");
  expect(said({ ...wish, to: [to(GRAN)] })).toEqual({ kind: "refuse", why: ["not-among"] });
  expect(said({ ...wish, to: [to(ANA, true)] })).toEqual({ kind: "refuse", why: ["left"] });
  expect(said({ ...wish, to: [to(MIA)] })).toEqual({ kind: "refuse", why: ["not-among"] });
  const ruth: Recipient = { kind: "outsider", name: "Ruth" };
  expect(said({ ...wish, to: [ruth] })).toEqual({ kind: "refuse", why: ["supporter"] });
  expect(said({ ...wish, to: [school] })).toEqual({ kind: "refuse", why: ["outsider"] });
});

test("what is whose it is not known to nobody can permit, and of several owners each has to", () => {
  expect(said(wishOf(open, { entry: { owners: [] } })).why).toEqual(["nobody-owns"]);
  const ground = { kind: "limit", limit: "danger-to-self" } as const;
  expect(said(wishOf(open, { ground, entry: { owners: [] } }))).toEqual({
    kind: "ask",
    why: ["limit-not-named"],
  });
  const both = wishOf(open, { entry: { owners: [BEN, TOM], asked }, to: [to(ANA)] });
  expect(said(both)).toEqual({ kind: "refuse", why: ["guardian-not-told"] });
});

test("a recipient is the same one whether or not they have left, and every reason has its sentence", () => {
  expect(isSameRecipient(to(ANA), to(ANA, true))).toBe(true);
  expect(isSameRecipient(to(ANA), { kind: "professional", person: ANA })).toBe(false);
  expect(isSameRecipient(school, to(ANA))).toBe(false);
  expect(new Set(DISCLOSURE_SENTENCES).size).toBe(DISCLOSURE_SENTENCES.length);
});
