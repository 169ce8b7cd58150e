import type { AgreementVersionView, FamilyView, SharedTemplateView } from "@sotto/client";
import { AGREEMENT_PLACES, placeOf } from "@sotto/content/agreement-places";
import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import { CLAUSE_WORDS } from "@sotto/content/agreement-words";
import { decidedChoices, gapsIn, isSamePlace, parseTemplate, templateFile, withWords } from "@sotto/domain";
import type {
  AgreementTemplate,
  AgreementVersion,
  FamilyRole,
  PartWords,
  Person,
  PersonId,
  TemplateId,
  TemplateShape,
} from "@sotto/domain";
import { expect, test } from "vitest";
import { onlyHere, sharedOf } from "./shared-template.ts";
import { namedIn, nameFrom, templateFrom } from "./template-from.ts";
import type { Ground } from "./work.ts";
import {
  beginFromTemplate,
  beginFromVersion,
  chosen,
  hasOwnWords,
  namesIn,
  ownFitting,
  ownLeft,
  ownWritten,
  renewed,
  usualShape,
  usualText,
  withoutParty,
  withParty,
  wordsTaken,
} from "./work.ts";

const id = (name: string): PersonId => name as string as PersonId;
const person = (name: string, role: FamilyRole, of: readonly string[] = []): Person => ({
  person: id(name),
  name,
  role,
  inTreatment: role !== "collateral",
  relations: of.map((to) => ({ kind: "guardian-of", to: id(to) })),
  safeContact: null,
});
const TOM = person("Tom", "teen");
const ANA = person("Ana", "adult", ["Tom", "Mia"]);
const BEN = person("Ben", "adult");
const MIA = person("Mia", "child");

// Of a family's view, composing reads its people and its names alone.
const familyOf = (...people: readonly Person[]): FamilyView =>
  ({
    family: "f",
    name: "Rivera",
    people: people.map((one) => ({ person: one })),
    left: ["Zoe"],
  }) as unknown as FamilyView;
const groundOf = (family: FamilyView): Ground => ({
  family,
  therapists: [id("Lee")],
  retention: null,
  on: { year: 2026, month: 11, day: 26 },
});
const shipped = (shape: TemplateShape): AgreementTemplate => {
  const found = AGREEMENT_TEMPLATES.find((template) => template.shape === shape);
  if (found === undefined) throw new Error("what is shipped");
  return found;
};
const FAMILY = familyOf(TOM, ANA, BEN);
const TEEN = shipped("family-with-teenager");
const begun = () => beginFromTemplate(TEEN, groundOf(FAMILY));

const versionFrom = (work = begun()): AgreementVersionView => {
  const choices = decidedChoices(work.choices);
  if (choices === null) throw new Error("all is chosen");
  const version = { ...work, choices, number: 1 } as unknown as AgreementVersion;
  return { version } as unknown as AgreementVersionView;
};

test("a draft from a template has everybody, with words for each reader, and keeps the template", () => {
  const work = begun();
  expect(work.parties.map(({ name }) => name)).toEqual(["Tom", "Ana", "Ben"]);
  expect(work.choices.minors).toMatchObject([{ minor: "Tom", guardians: ["Ana"] }]);
  expect(work.words.length).toBeGreaterThan(40);
  expect(work).toMatchObject({ template: { template: TEEN.id, version: 1 }, begunFrom: TEEN });
});

test("the template that suits a family follows from who is in it", () => {
  expect(usualShape(FAMILY)).toBe("family-with-teenager");
  expect(usualShape(familyOf(ANA, MIA))).toBe("family-with-young-child");
  expect(usualShape(familyOf(ANA, BEN))).toBe("couple");
  expect(usualShape(familyOf(ANA))).toBe("individual-with-collaterals");
});

test("whoever comes in is promised something when under age; whoever goes out takes all that was said of them along", () => {
  const family = familyOf(TOM, ANA, BEN, MIA);
  const with_ = withParty(begun(), MIA, family);
  expect(with_.choices.minors?.map(({ guardians, level, minor }) => [minor, level, guardians])).toEqual([
    ["Tom", "partial", ["Ana"]],
    ["Mia", "open", ["Ana"]],
  ]);
  expect(with_.parties.find(({ name }) => name === "Mia")?.signs).toBe(false);
  expect(with_.words.some(({ reader }) => reader === "child")).toBe(true);
  const outsiders = with_.choices.outsiders && {
    ...with_.choices.outsiders,
    supporters: [{ of: id("Ana"), name: "Eva", about: "own-words" as const }],
  };
  const without = withoutParty(
    chosen(with_, { outsiders, client: { kind: "individual", client: id("Ana") } }),
    id("Ana"),
  );
  expect(without.choices.client).toBeNull();
  expect(without.choices.outsiders?.supporters).toEqual([]);
  expect(without.choices.minors?.flatMap(({ guardians }) => guardians)).toEqual([]);
  expect(with_.choices.minors?.[0]?.guardians).toEqual(["Ana"]);
});

test("a kept draft has the names of the record, the rules that are known now, and its own choices", () => {
  const [place] = AGREEMENT_PLACES;
  if (place === undefined) throw new Error("places");
  const old = { ...placeOf(place), citation: "an older one" };
  const work = { ...begun(), places: [old] };
  const now = renewed(work, groundOf(familyOf({ ...TOM, name: "Thomas" }, ANA, BEN)));
  expect(now.parties.map(({ name }) => name)).toEqual(["Thomas", "Ana", "Ben"]);
  expect(now.places).toEqual([placeOf(place)]);
  expect(now.choices).toEqual(work.choices);
  expect(now.words.some(({ text }) => text.includes("Thomas"))).toBe(true);
});

test("choices that are saved as a template are read again as they are, without a name of the family", () => {
  const work = chosen(begun(), { messages: { channels: [], crisisLine: null } });
  const title = { en: "Our Teens!", es: "Jóvenes" };
  const wish = {
    title,
    shape: "family-with-teenager",
    source: "Ours",
    on: work.on,
    names: ["Tom", "Ana"],
  } as const;
  const template = templateFrom(work, wish);
  if (template === null) throw new Error("all is chosen");
  const text = templateFile(template);
  expect(parseTemplate(text)).toEqual({ kind: "template", template });
  expect(text).not.toMatch(/Tom|Ana|Ben|Rivera/);
  expect(template).toMatchObject({ id: "our-teens", version: 1, verified: false, asOf: "2026-11-26" });
  const again = beginFromTemplate(template, groundOf(FAMILY));
  expect(again.choices).toEqual(work.choices);
  const next = templateFrom(again, wish);
  expect(next?.version).toBe(2);
  expect(templateFrom({ ...work, choices: { ...work.choices, client: null } }, wish)).toBeNull();
});

const TELLING = { part: "telling", language: "en", reader: "teen" } as const;
const tellingIn = ({ words }: { readonly words: readonly PartWords[] }) =>
  words.find((one) => isSamePlace(one, TELLING))?.text;

test("own words begin with what would stand there, stand in its place, and make way for it again", () => {
  const work = begun();
  const usual = usualText(work, TELLING);
  expect(usual).toBe(tellingIn(work));
  expect(ownWritten(work, TELLING, usual).own).toEqual([]);
  const written = ownWritten(ownWritten(work, TELLING, "We talk"), TELLING, "We talk first.");
  expect(tellingIn(written)).toBe("We talk first.");
  expect(written.own).toHaveLength(1);
  expect(tellingIn(ownLeft(written, TELLING))).toBe(usual);
  expect(gapsIn(written, written.own).map(({ kind }) => kind)).not.toContain("own-words-unsure");
});

test("own words go on in the next version, and are asked about where the choice is another", () => {
  const next = beginFromVersion(
    versionFrom(ownWritten(begun(), TELLING, "We talk first.")),
    groundOf(FAMILY),
  );
  expect(tellingIn(next)).toBe("We talk first.");
  const kinds = (work: typeof next) => gapsIn(work, work.own).map(({ kind }) => kind);
  expect(kinds(next)).not.toContain("own-words-unsure");
  const { telling } = next.choices;
  const changed = chosen(next, { telling: telling && { ...telling, graceCount: 9 } });
  expect(tellingIn(changed)).toBe("We talk first.");
  expect(kinds(changed)).toContain("own-words-unsure");
  expect(kinds(ownFitting(changed, "telling"))).not.toContain("own-words-unsure");
});

test("own words go into a template unless somebody is named in them, and come out of it again", () => {
  const about = { ...TELLING, part: "minors" } as const;
  const work = ownWritten(ownWritten(begun(), TELLING, "We talk first."), about, "Tom decides.");
  const wish = {
    title: { en: "Ours", es: "Lo nuestro" },
    shape: "couple",
    source: "Ours",
    on: work.on,
  } as const;
  const template = templateFrom(work, { ...wish, names: namesIn(work, FAMILY) });
  if (template === null) throw new Error("all is chosen");
  expect(template.parts).toEqual([{ ...TELLING, text: "We talk first." }]);
  expect(templateFile(template)).not.toMatch(/Tom/);
  expect(tellingIn(beginFromTemplate(template, groundOf(FAMILY)))).toBe("We talk first.");
  const answered = { ...begun(), shared: "t" as TemplateId, askedToShare: true };
  const taken = wordsTaken(answered, template);
  expect(taken.own).toEqual([{ ...TELLING, text: "We talk first.", fits: null }]);
  expect(tellingIn(taken)).toBe("We talk first.");
  expect(taken.choices).toEqual(answered.choices);
  expect([taken.shared, taken.askedToShare]).toEqual([undefined, undefined]);
});

test("a name that was typed into a title or beside a choice is found before a template goes out", () => {
  const names = namesIn(begun(), FAMILY);
  const wish = { shape: "couple", source: "Ours", on: begun().on, names } as const;
  const named = (title: string, work = begun()) => {
    const template = templateFrom(work, { ...wish, title: { en: title, es: "Lo nuestro" } });
    return template === null ? [] : namedIn(template, names);
  };
  expect(named("Our teens")).toEqual([]);
  expect(named("The Rivera way")).toEqual(["title"]);
  // Also of somebody who has left since.
  expect(named("As with Zoe")).toEqual(["title"]);
  const { worries } = begun().choices;
  const routes = [{ route: "outside", contact: "Call Ana" }] as const;
  const about = chosen(begun(), {
    worries: worries && { ...worries, routes },
    messages: { channels: [], crisisLine: { name: "Ben", number: "1" } },
  });
  expect(named("Our teens", about)).toEqual(["messages", "worries"]);
});

test("a template that this device alone has is offered to be shared, once", () => {
  const template = { ...TEEN, id: "ours", source: "Ours" };
  const work = beginFromTemplate(template, groundOf(FAMILY));
  const shared = (one: AgreementTemplate): readonly SharedTemplateView[] => [
    {
      id: "t" as TemplateId,
      isRetired: true,
      versions: [{ template: { ...one, version: 9 }, savedBy: "Ada", isMine: false, savedAt: 1 }],
    },
  ];
  expect(onlyHere(work, [])).toEqual(template);
  expect(onlyHere(work, shared(TEEN))).toEqual(template);
  expect(onlyHere(work, shared(template))).toBeNull();
  expect(onlyHere({ ...work, askedToShare: true }, [])).toBeNull();
  expect(onlyHere(begun(), [])).toBeNull();
  expect(sharedOf({ ...work, shared: "t" as TemplateId }, shared(TEEN))?.id).toBe("t");
  expect(sharedOf(work, shared(TEEN))).toBeNull();
});

test("a title becomes a short name in small letters, whatever is in it", () => {
  expect(nameFrom("  Más de UNA familia  ")).toBe("mas-de-una-familia");
  expect(nameFrom("家族")).toBe("template");
  expect(nameFrom("a".repeat(200))).toHaveLength(60);
});

test("a version with words of a practice's own says so, and a draft that goes on from a version says the same", () => {
  expect(hasOwnWords(versionFrom())).toBe(false);
  const wordings = [
    { clause: "limits.child-abuse", language: "en", reader: "adult", text: "Help comes." },
  ] as const;
  const own = versionFrom(beginFromTemplate({ ...TEEN, wordings }, groundOf(FAMILY)));
  expect(hasOwnWords(own)).toBe(true);
  const on = beginFromVersion(own, groundOf(FAMILY));
  expect(on.choices).toEqual(own.version.choices);
  expect(on.words).toEqual(own.version.words);
  expect(on.words).not.toEqual(withWords(on, CLAUSE_WORDS).words);
});
