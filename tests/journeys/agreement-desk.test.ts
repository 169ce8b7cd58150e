/** A therapist watches over a family's agreement: what is asked, who has signed, what asks for a new look, and what is handed on. The family is headless. */
import { readFile } from "node:fs/promises";
import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import type { AgreementVersionId, FamilyId, Party, PersonId, Signing } from "@sotto/domain";
import { VaultFault, verifyCopy } from "@sotto/vault/public";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agreementWhere, compose, signingBy } from "../support/agreements.ts";
import { newPerson, openBrowser, type Person } from "../support/browser.ts";
import {
  bringIn,
  anotherDevice,
  houseAt,
  inviteAndJoin,
  openPractice,
  record,
  roomWhere,
  untilSaid,
  valueOf,
  wordsOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { look } from "../support/look.ts";
import { hire } from "../support/staff.ts";
import { signInByWords } from "../support/walk.ts";
import { openWebServer, type WebServer } from "../support/web-server.ts";

const signedWith = { device: "phone", utcOffsetMinutes: -480 } as const;

let browser: Browser;
let server: WebServer;
let house: House;
let ada: Someone;
let ana: FamilyMember;
let ben: FamilyMember;
let family: FamilyId;
let version: AgreementVersionId;
let desk: Person;
let phone: Person;
/** Everybody of the second family who has a device. */
const vegas: FamilyMember[] = [];

const sign = async (who: FamilyMember) => {
  valueOf(await who.client.actions.showWay(who.way));
  return who.client.actions.signAgreement({
    family,
    version,
    signing: signingBy(who),
    score: null,
    signedWith,
  });
};

beforeAll(async () => {
  server = await openWebServer();
  house = houseAt({
    port: Number(new URL(server.origin).port),
    database: server.database,
    setupCode: server.makeSetupCode,
    close: () => Promise.resolve(),
  });
  ada = await openPractice(house, { name: "Dr. Ada Lee" });
  family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  ana = await inviteAndJoin(house, ada, family, { name: "Ana" });
  ben = await inviteAndJoin(house, ada, family, { name: "Ben" });
  for (const who of [ana, ben]) await roomWhere(who.client, ({ kind }) => kind === "private");
  const work = await compose(ada, family, { shape: "couple" });
  version = valueOf(await ada.client.actions.offerAgreement({ family, work }));
  for (const who of [ana, ben])
    await agreementWhere(who, family, ({ me, versions }) => me !== null && versions.length === 1);
  const asked = {
    family,
    version,
    part: "policy",
    text: "What if I tell you of a debt?",
    mayShare: true,
  } as const;
  valueOf(await ana.client.actions.askAboutAgreement(asked));
  const answers = [{ question: "danger", answer: "kept-whatever" }] as const;
  valueOf(
    await ana.client.actions.saveAgreementProgress({ family, version, read: ["client", "policy"], answers }),
  );
  const reason = "I want to talk first.";
  valueOf(await ben.client.actions.answerAgreement({ family, version, answer: "not-yet", reason }));
  browser = await openBrowser();
  desk = await newPerson(browser, { viewport: "desktop" });
  phone = await newPerson(browser, { viewport: "phone", colorScheme: "dark" });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  for (const who of [ada, ana, ben, ...vegas]) await who?.client.close();
  await server?.close();
});

async function comeIn({ page }: Person): Promise<void> {
  await page.goto(server.origin);
  await signInByWords(page, wordsOf(ada));
  await page
    .getByRole("link", { name: /Rivera 1 question waits for you/ })
    .first()
    .waitFor();
}

/** Presses a button that saves a file, and reads it. */
async function saved(page: Page, name: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name }).first().click(),
  ]);
  return readFile(await download.path());
}

test("on the first screen stands what waits; the question is answered, for everyone, without a name", async () => {
  const { page } = desk;
  await comeIn(desk);
  await look(page, "desk-first-screen");
  await page
    .getByRole("link", { name: /Rivera 1 question/ })
    .first()
    .click();
  await page.getByRole("heading", { level: 1, name: "Agreement of Rivera" }).waitFor();
  await page.getByText("Their reason, for you alone: I want to talk first.").waitFor();
  await page.getByText("Has read 2 of 13 parts").waitFor();
  await page.getByText("Talk about: What can never be kept secret").waitFor();
  await look(page, "desk-agreement", { whole: true });
  await page.getByLabel("Your answer").fill("Then we look at it together.");
  await page.getByLabel(/Show question and answer to everyone/).check();
  await page.getByRole("button", { name: "Send the answer" }).click();
  await page.getByText("You: Then we look at it together.").waitFor();
  const told = await agreementWhere(ben, family, ({ notes }) => notes.length === 1);
  expect(told.notes[0]?.answer).toBe("Then we look at it together.");
});

test("it is gone through together on one screen, which shows nothing of one person alone", async () => {
  const { page } = desk;
  await page.getByRole("button", { name: "Go through it together" }).click();
  await page.getByRole("button", { name: "Next part" }).click();
  await page.getByText("What if I tell you of a debt?").waitFor();
  expect(await page.getByText("I want to talk first.").count()).toBe(0);
  await look(page, "desk-together");
  await page.getByRole("button", { name: "Back to the desk" }).click();
});

test("when all have signed it holds; what happens in the family's life asks for a new look", async () => {
  const { page } = desk;
  valueOf(await sign(ana));
  valueOf(await sign(ben));
  await page.getByText("All have signed. It holds.").waitFor();
  await page.getByText("Record a change").click();
  await page.getByLabel("What happened").selectOption({ label: "A couple has separated" });
  await page.getByLabel("Ana", { exact: true }).check();
  await page.getByLabel("Ben", { exact: true }).check();
  await page.getByRole("button", { name: "Record it" }).click();
  await page.getByText("A couple has separated: Ana and Ben").waitFor();
  await comeInLater(phone);
  await look(phone.page, "desk-phone", { whole: true });
  expect(phone.troubles).toEqual([]);
});

async function comeInLater(who: Person): Promise<void> {
  await who.page.goto(server.origin);
  await signInByWords(who.page, wordsOf(ada));
  await who.page
    .getByRole("link", { name: /Rivera 1 thing asks for a new look/ })
    .first()
    .click();
  await who.page.getByText("See each of them alone.").waitFor();
}

test("a version is handed on as a paper, as a file that proves itself, and for other programs", async () => {
  const { page } = desk;
  const pdf = await saved(page, "Save as PDF");
  expect(await verifyCopy(Uint8Array.from(pdf))).toMatchObject({ about: version });
  for (const place of [9, pdf.length / 2, pdf.length - 2].map(Math.floor)) {
    const changed = Uint8Array.from(pdf);
    changed[place] = (changed[place] ?? 0) ^ 1;
    await expect(verifyCopy(changed)).rejects.toThrow(VaultFault);
  }
  const bundle = JSON.parse((await saved(page, "Save for other programs (FHIR)")).toString()) as {
    readonly resourceType: string;
    readonly entry: readonly { readonly resource: { readonly resourceType: string } }[];
  };
  expect(bundle.resourceType).toBe("Bundle");
  const kinds = bundle.entry.map(({ resource }) => resource.resourceType);
  expect(kinds.filter((kind) => kind === "Consent")).toHaveLength(2);
  expect(kinds).toContain("DocumentReference");
  expect(JSON.stringify(bundle)).not.toContain("talk first");
  expect((await saved(page, "Save the signed file")).length).toBeGreaterThan(10_000);
  expect([...desk.troubles, ...phone.troubles]).toEqual([]);
});

test("what was seen of a guardian, a witness, and what is worth a word stand with those who sign, and stop nothing", async () => {
  const { page } = desk;
  const tom = await record(ada, family, { name: "Tom", role: "teen" });
  const person = { person: ana.person, name: "Ana", role: "adult", inTreatment: true } as const;
  const relations = [{ kind: "guardian-of", to: tom }] as const;
  valueOf(
    await ada.client.actions.savePerson({ family, person: { ...person, relations, safeContact: null } }),
  );
  const work = await compose(ada, family, { shape: "family-with-teenager" });
  version = valueOf(await ada.client.actions.offerAgreement({ family, work }));
  const device = anotherDevice(house, ben, { store: ana.device.store });
  const there = { ...ben, device, client: await house.open(device) };
  valueOf(await there.client.actions.signIn(ben.way, { keepNothing: true }));
  await roomWhere(there.client, ({ kind }) => kind === "private");
  for (const who of [ana, there])
    await agreementWhere(who, family, ({ versions }) => versions[0]?.version.version === version);
  await page.getByText("For Tom: no proof of authority seen yet.").waitFor();
  await page.getByText("Record what you saw for Tom").click();
  await page.getByLabel("What you saw").selectOption({ label: "an order of a court" });
  await look(page, "desk-authority", { whole: true });
  await page.getByRole("button", { name: "Record it" }).first().click();
  await page.getByText("For Tom: an order of a court.").waitFor();
  valueOf(await sign(ana));
  valueOf(await sign(there));
  await page.getByText("signed on what looks like one device").waitFor();
  valueOf(await ana.client.actions.noteCopyKept({ family, version, form: "pdf" }));
  await page.getByText(/^Keeps the PDF since /).waitFor();
  await page.getByText("Record a witness").first().click();
  await page.getByLabel("Name of the witness").first().fill("Wanda <img src=x onerror=alert(1)>");
  await page.getByRole("button", { name: "Record it" }).nth(1).click();
  await page.getByText("Witness: Wanda <img src=x onerror=alert(1)>.").waitFor();
  await page.getByRole("checkbox", { name: /For our own files/ }).check();
  await page.getByText("Do not hand this one to the family.").waitFor();
  await look(page, "desk-checks", { whole: true });
  const kept = await saved(page, "Save the signed file");
  await page.getByRole("checkbox", { name: /For our own files/ }).uncheck();
  const handed = await saved(page, "Save the signed file");
  expect(kept.length).toBeGreaterThan(handed.length);
  await there.client.close();
  expect(desk.troubles).toEqual([]);
});

const DAY_MS = 86_400_000;

/** Somebody who is 18 in so many days. */
const bornBefore18 = (days: number) => {
  const at = new Date(Date.now() + days * DAY_MS);
  return { year: at.getUTCFullYear() - 18, month: at.getUTCMonth() + 1, day: at.getUTCDate() };
};

/** Cleo and Dan, guardians of Leo who is nearly grown up, have an agreement that all of them signed. */
async function openVega(): Promise<{
  readonly vega: FamilyId;
  readonly dan: PersonId;
}> {
  const { actions } = ada.client;
  const vega = valueOf(await actions.createFamily({ name: "Vega" }));
  const leo = await record(ada, vega, { name: "Leo", role: "teen" });
  const relations = [{ kind: "guardian-of", to: leo }] as const;
  const cleo = await inviteAndJoin(house, ada, vega, { name: "Cleo", relations });
  const dan = await inviteAndJoin(house, ada, vega, { name: "Dan", relations });
  const young = await bringIn(house, ada, { family: vega, person: leo, name: "Leo" });
  vegas.push(cleo, dan, young);
  for (const who of vegas) await roomWhere(who.client, ({ kind }) => kind === "private");
  const { room } = await roomWhere(dan.client, ({ kind }) => kind === "family");
  valueOf(await dan.client.actions.send({ room, text: "I was not sure that I would come." }));
  await untilSaid(ada.client, room, "I was not sure that I would come.");
  const parties = (party: Party): Party =>
    party.person === leo ? { ...party, born: bornBefore18(20) } : party;
  const work = await compose(ada, vega, { shape: "family-with-teenager", parties });
  const offered = valueOf(await actions.offerAgreement({ family: vega, work }));
  const give = (who: FamilyMember, more: Partial<Signing>) =>
    who.client.actions.signAgreement({
      family: vega,
      version: offered,
      score: null,
      signedWith,
      signing: signingBy(who, more),
    });
  for (const who of vegas)
    await agreementWhere(who, vega, ({ me, versions }) => me !== null && versions.length === 1);
  for (const who of [cleo, dan]) {
    valueOf(await give(who, {}));
    valueOf(await give(who, { as: "guardian", of: leo }));
  }
  valueOf(await give(young, { as: "assent", reader: "teen" }));
  await agreementWhere(ada, vega, ({ holds }) => holds === "in-force");
  return { vega, dan: dan.person };
}

test("who comes, who leaves and a birthday that is near stand in words on the first screen and on the desk", async () => {
  const { dan, vega } = await openVega();
  const { page } = desk;
  await page.goto(server.origin);
  await page
    .getByRole("link", { name: /Vega 1 thing asks for a new look. A birthday changes a rule./ })
    .first()
    .click();
  await page.getByText(/A birthday changes a rule: Leo, (Cleo, and Dan|Dan, and Cleo)/).waitFor();
  await page.getByText(/The birthday is on/).waitFor();
  await record(ada, vega, { name: "Gran", role: "collateral", inTreatment: false });
  await page.getByText("Somebody has joined the family: Leo, Cleo, Dan, and Gran").waitFor();
  valueOf(await ada.client.actions.recordLeft({ family: vega, person: dan }));
  await page.getByText("Somebody has left the family: Leo, Cleo, and Gran").waitFor();
  await page.getByText("Record a change").click();
  for (let count = 0; count < 3; count++) {
    await page.getByLabel("What happened").selectOption({ label: "A session took place" });
    await page.getByLabel("Cleo", { exact: true }).check();
    await page.getByRole("button", { name: "Record it" }).click();
    await page.getByText("It is recorded.").waitFor();
  }
  await page.getByText(/The first sessions are over/).waitFor();
  await look(page, "desk-due", { whole: true });
  await page.goto(server.origin);
  const line = page
    .getByRole("link", { name: /Vega 4 things ask for a new look. A birthday changes a rule. Somebody has/ })
    .first();
  await line.waitFor();
  await look(page, "desk-due-first-screen");
  await phone.page.goto(server.origin);
  await phone.page
    .getByRole("link", { name: /Vega 4 things ask for a new look/ })
    .first()
    .waitFor();
  await look(phone.page, "desk-due-first-screen-phone");
  await phone.page
    .getByRole("link", { name: /Vega 4 things ask for a new look/ })
    .first()
    .click();
  await phone.page.getByText("Somebody has left the family: Leo, Cleo, and Gran").waitFor();
  await look(phone.page, "desk-due-phone", { whole: true });
  expect([...desk.troubles, ...phone.troubles]).toEqual([]);
});

test("whoever is let in with some of the past: the screen says whose it is, and leaves the choice to a person", async () => {
  const { page } = desk;
  const [cleo] = vegas;
  if (cleo === undefined) throw new Error("she is there");
  const { room, family: vega } = await roomWhere(cleo.client, ({ kind }) => kind === "family");
  if (vega === null) throw new Error("a family's room");
  const ida = await inviteAndJoin(house, ada, vega, { name: "Ida", role: "collateral", inTreatment: false });
  vegas.push(ida);
  await roomWhere(ida.client, ({ kind }) => kind === "private");
  await page.goto(`${server.origin}/r/${room}`);
  await page
    .getByRole("button", { name: "Let Ida in" })
    .or(page.getByRole("button", { name: "Add Ida" }))
    .first()
    .click();
  await page.getByText("All that you can read").click();
  await page
    .getByText("Dan said some of this when nothing was signed that holds. It is theirs to share.")
    .waitFor();
  await page.getByText("Did you ask them, and did they say yes?").waitFor();
  await look(page, "desk-let-in", { whole: true });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("button", { name: /^People in this room/ }).click();
  await page.getByText("Did you ask them, and did they say yes?").scrollIntoViewIfNeeded();
  await look(page, "desk-let-in-phone");
  expect(desk.troubles).toEqual([]);
});

test("whoever looks after what the practice keeps reads which templates there are, and changes none", async () => {
  const [template] = AGREEMENT_TEMPLATES;
  if (template === undefined) throw new Error("what is shipped");
  const own = { part: "court", language: "en", reader: "adult", text: "We stay out of court." } as const;
  const named = { ...template, title: { en: "Our couples", es: "Nuestras parejas" }, parts: [own] };
  valueOf(await ada.client.actions.saveTemplate({ of: null, template: named }));
  const pia = await hire(house, ada, { name: "Pia", role: "privacy-officer" });
  const { close, page, troubles } = await newPerson(browser, { viewport: "phone" });
  await page.goto(server.origin);
  await signInByWords(page, wordsOf(pia));
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Practice", exact: true })
    .click();
  await page.getByRole("heading", { level: 2, name: "Templates for agreements" }).waitFor();
  await page.getByText(/^Version 1, saved by Dr\. Ada Lee on /).waitFor();
  await page.getByText("Your own words (1 text)").click();
  await page.getByText("We stay out of court.").waitFor();
  await look(page, "practice-templates-phone", { whole: true });
  expect(troubles).toEqual([]);
  await close();
  await pia.client.close();
});
