/** The templates of a practice, shared in its room: every therapist finds them on every device, and none that was saved is lost. */
import type { SharedTemplateView } from "@sotto/client";
import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import { CLAUSE_WORDS } from "@sotto/content/agreement-words";
import { beginDraft, ownWordsFrom, withWords } from "@sotto/domain";
import type { AgreementTemplate, FamilyId, TemplateId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  now,
  openHouse,
  openPractice,
  refusalOf,
  seen,
  signInElsewhere,
  valueOf,
  type House,
  type Someone,
} from "../support/clients.ts";
import { lookInto } from "../support/database.ts";
import { hire, practiceNow, untilRooms, type Professional } from "../support/staff.ts";

let house: House;
let ada: Someone;
let cal: Professional;
let id: TemplateId;

const templateCalled = (title: string, more: Partial<AgreementTemplate> = {}): AgreementTemplate => {
  const shipped = AGREEMENT_TEMPLATES.find(({ shape }) => shape === "couple");
  if (shipped === undefined) throw new Error("what is shipped");
  return {
    ...shipped,
    id: "ours",
    title: { en: title, es: title },
    parts: [{ part: "court", language: "en", reader: "adult", text: "We stay out of court." }],
    ...more,
  };
};
const save = (who: Someone, of: TemplateId | null, template: AgreementTemplate) =>
  who.client.actions.saveTemplate({ of, template });

const linesOf = (templates: readonly SharedTemplateView[]): readonly string[] =>
  templates.flatMap(({ isRetired, versions }) =>
    versions.map(
      ({ savedBy, template }) =>
        `${template.title.en} ${String(template.version)} by ${savedBy}${isRetired ? ", retired" : ""}`,
    ),
  );
const shows = (who: Someone, lines: readonly string[]) =>
  seen(who.client, "practice", (view) => linesOf(view?.templates ?? []).join() === lines.join());

beforeAll(async () => {
  house = await openHouse();
  ada = await openPractice(house);
}, 120_000);

afterAll(() => house.close());

test("alone in a practice, a therapist's first template makes the practice's room, and is there on their other devices", async () => {
  await untilRooms(ada, []);
  id = valueOf(await save(ada, null, templateCalled("Ours")));
  await untilRooms(ada, ["practice: Ada"]);
  await shows(ada, ["Ours 1 by Ada"]);
  const elsewhere = await signInElsewhere(house, ada);
  await shows(elsewhere, ["Ours 1 by Ada"]);
  expect(practiceNow(elsewhere).templates[0]?.versions[0]).toMatchObject({ isMine: true });
  await elsewhere.client.close();
});

test("whoever comes into the practice later is told of it, and begins an agreement from it", async () => {
  valueOf(await save(ada, id, templateCalled("Ours, anew")));
  cal = await hire(house, ada, { name: "Cal" });
  await shows(cal, ["Ours, anew 2 by Ada", "Ours 1 by Ada"]);
  const [shared] = practiceNow(cal).templates;
  const template = shared?.versions[0].template;
  if (template === undefined) throw new Error("what was just seen");
  const draft = beginDraft({
    template,
    family: { family: crypto.randomUUID() as string as FamilyId, name: "Lake", people: [] },
    therapists: [],
    places: [],
    retention: null,
    on: { year: 2026, month: 11, day: 26 },
  });
  const begun = withWords(draft, CLAUSE_WORDS, template.wordings, ownWordsFrom(template, draft));
  const court = begun.words.find(
    ({ language, part, reader }) => part === "court" && language === "en" && reader === "adult",
  );
  expect(court?.text).toBe("We stay out of court.");
});

test("two therapists who save at the same time both have theirs kept, and all see the same one as the newest", async () => {
  const both = await Promise.all([
    save(ada, id, templateCalled("By Ada")),
    save(cal, id, templateCalled("By Cal")),
  ]);
  expect(both.map((answer) => answer.kind)).toEqual(["done", "done"]);
  const isThere = (view: ReturnType<typeof practiceNow> | null) => view?.templates[0]?.versions.length === 4;
  const views = await Promise.all([ada, cal].map(({ client }) => seen(client, "practice", isThere)));
  const [one, other] = views.map((view) => linesOf(view?.templates ?? []));
  expect(one).toEqual(other);
  expect(one?.slice(0, 2).toSorted()).toEqual(
    [...(one ?? [])].slice(0, 2).some((line) => line.startsWith("By Ada 4"))
      ? ["By Ada 4 by Ada", "By Cal 3 by Cal"]
      : ["By Ada 3 by Ada", "By Cal 4 by Cal"],
  );
});

test("a retired template is still there for everybody, and comes back", async () => {
  const isRetired = (wanted: boolean) => (view: ReturnType<typeof practiceNow> | null) =>
    view?.templates[0]?.isRetired === wanted && view.templates[0].versions.length === 4;
  valueOf(await cal.client.actions.retireTemplate({ template: id, retired: true }));
  await seen(ada.client, "practice", isRetired(true));
  valueOf(await ada.client.actions.retireTemplate({ template: id, retired: false }));
  const back = await seen(cal.client, "practice", isRetired(false));
  expect(back?.templates).toHaveLength(1);
});

test("only therapists save and retire; what is no template is refused, and so is a version of one that there is not", async () => {
  for (const role of ["staff", "privacy-officer"] as const) {
    const who = await hire(house, ada, { name: role, role });
    await seen(who.client, "practice", (view) => view?.templates[0]?.versions.length === 4);
    expect(refusalOf(await save(who, id, templateCalled("Not theirs")))).toBe("not-allowed");
    expect(refusalOf(await who.client.actions.retireTemplate({ template: id, retired: true }))).toBe(
      "not-allowed",
    );
    await who.client.close();
  }
  const markup = [{ part: "court", language: "en", reader: "adult", text: "<img src=x>" }] as const;
  expect(refusalOf(await save(cal, null, templateCalled("Markup", { parts: markup })))).toBe("malformed");
  const nowhere = crypto.randomUUID() as string as TemplateId;
  expect(refusalOf(await save(cal, nowhere, templateCalled("Of nothing")))).toBe("not-here");
  expect(practiceNow(ada).templates).toHaveLength(1);
});

test("a template with a piece that somebody has changed is shown as nothing, and the others as they are", async () => {
  const before = linesOf(now(cal.client, "practice")?.templates ?? []);
  const room = now(cal.client, "rooms").find(({ kind }) => kind === "practice")?.room;
  valueOf(await save(cal, null, templateCalled("A spoiled one", { source: "x".repeat(1_000) })));
  await shows(ada, ["A spoiled one 1 by Cal", ...before]);
  // Whoever has the server's database changes the last large frame of the practice's room, which is the piece.
  const changed = await lookInto<{ seq: string }>(
    house.database,
    `update room_item set bytes = set_byte(bytes, length(bytes) / 2, get_byte(bytes, length(bytes) / 2) # 1)
     where room_id = $1 and seq = (
       select max(seq) from room_item where room_id = $1 and kind = 'frame' and length(bytes) > 16000
     ) returning seq`,
    [room],
  );
  expect(changed).toHaveLength(1);
  const fresh = await signInElsewhere(house, cal);
  await seen(fresh.client, "session", ({ inStep }) => inStep);
  await shows(fresh, before);
  expect(linesOf(practiceNow(fresh).templates)).toEqual(before);
  await fresh.client.close();
});
