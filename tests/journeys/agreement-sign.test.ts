/** A family reads, asks about, understands and signs its agreement; one withdraws; the next version shows what has changed. The therapist is a headless client. */
import { readFile } from "node:fs/promises";
import { QUESTION_WORDS, questionText } from "@sotto/content/question-words";
import { questionKey, questionsFor } from "@sotto/domain";
import type { AgreementVersionId, FamilyId, PersonId, Question } from "@sotto/domain";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agreementWhere, compose } from "../support/agreements.ts";
import { addAuthenticator, newPerson, openBrowser, type Person } from "../support/browser.ts";
import { houseAt, invite, openPractice, record, valueOf, type Someone } from "../support/clients.ts";
import { look } from "../support/look.ts";
import { runSotto } from "../support/operator.ts";
import { toRooms } from "../support/walk.ts";
import { openWebServer, type WebServer } from "../support/web-server.ts";

const DAY_MS = 86_400_000;

let browser: Browser;
let server: WebServer;
let ada: Someone;
let family: FamilyId;
let first: AgreementVersionId;
let people: Readonly<Record<"ana" | "ben" | "tom", PersonId>>;
let ana: Person;
let ben: Person;
let tom: Person;

const offerFor = async (choices: Parameters<typeof compose>[2]["choices"] = {}) => {
  const work = await compose(ada, family, { shape: "family-with-teenager", choices });
  return valueOf(await ada.client.actions.offerAgreement({ family, work }));
};

async function comeIn({ page }: Person, fragment: string): Promise<void> {
  await addAuthenticator(page);
  await page.goto(`${server.origin}/${fragment}`);
  await page.getByRole("heading", { name: /^Hello/ }).waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Not now" }).click();
  await page
    .getByRole("link", { name: /Private/ })
    .first()
    .waitFor();
}

beforeAll(async () => {
  server = await openWebServer();
  const { port } = new URL(server.origin);
  const house = houseAt({
    port: Number(port),
    database: server.database,
    setupCode: server.makeSetupCode,
    close: () => Promise.resolve(),
  });
  ada = await openPractice(house, { name: "Dr. Ada Lee" });
  family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  const benIs = await record(ada, family, { name: "Ben" });
  const tomIs = await record(ada, family, { name: "Tom", role: "teen" });
  const relations = [
    { kind: "guardian-of", to: tomIs },
    { kind: "partner-of", to: benIs },
  ] as const;
  people = { ben: benIs, tom: tomIs, ana: await record(ada, family, { name: "Ana", relations }) };
  browser = await openBrowser();
  ana = await newPerson(browser, { viewport: "phone" });
  tom = await newPerson(browser, { viewport: "phone", colorScheme: "dark" });
  ben = await newPerson(browser, { viewport: "desktop" });
  await comeIn(ana, await invite(ada, family, people.ana));
  await comeIn(tom, await invite(ada, family, people.tom));
  await comeIn(ben, await invite(ada, family, people.ben));
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await ada?.client.close();
  await server?.close();
});

const toAgreement = async ({ page }: Person): Promise<void> => {
  await page.goto(`${server.origin}/a/${family}`);
  await page.getByRole("heading", { level: 1, name: "Our agreement" }).waitFor();
};

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();

const toStart = (page: Page) => press(page, "To the start of the agreement");

/** The heading of a part has come up, and has the focus. */
async function atPart(page: Page, name: string): Promise<void> {
  await page.getByRole("heading", { level: 2, name }).waitFor();
  await page.waitForFunction((text) => document.activeElement?.textContent === text, name);
}

async function readOn(page: Page, parts: number): Promise<void> {
  for (let count = 0; count < parts; count++) await press(page, "Next part");
}

const textOf = (question: Question, text: string): string =>
  text
    .replaceAll("{minor}", "Tom")
    .replaceAll(
      "{category}",
      question.category === null ? "" : QUESTION_WORDS.en.categories[question.category],
    );

async function answerWith(page: Page, question: Question, isRight: boolean): Promise<void> {
  const { answers, questions } = QUESTION_WORDS.en;
  await page.getByRole("heading", { name: textOf(question, questions[question.code]) }).waitFor();
  const answer = isRight ? question.right : question.answers.find((one) => one !== question.right);
  if (answer === undefined) throw new Error("three answers");
  await press(page, answers[answer]);
}

/** The clock of the page's client goes on, as if so many days had passed. */
async function passDays(page: Page, days: number): Promise<void> {
  for (const worker of page.workers()) {
    await worker.evaluate((ms) => {
      const before = Date.now;
      Date.now = () => before() + ms;
    }, days * DAY_MS);
  }
}

/** Signs what stands there, showing the passkey where it is asked for. */
async function sign(page: Page, name: string, wish: { readonly asksForWay: boolean }): Promise<void> {
  await press(page, name);
  if (!wish.asksForWay) return;
  const dialog = page.getByRole("dialog", { name: "First show that it is you" });
  await dialog.getByRole("button", { name: "Go on" }).click();
  await dialog.waitFor({ state: "detached" });
}

test("before there is one, a member is told so; then it waits for them", async () => {
  await ana.page.goto(`${server.origin}/a/${family}`);
  await ana.page.getByText("There is nothing here for you yet.").waitFor();
  first = await offerFor();
  await ana.page.getByRole("heading", { name: "It waits for you" }).waitFor();
  await ana.page.getByRole("heading", { level: 3, name: "Who signs" }).waitFor();
  expect(await ana.page.locator(".signers li").allTextContents()).toEqual([
    "Ana (you)Not signed",
    "BenNot signed",
    "TomNot signed",
  ]);
  await look(ana.page, "sign-start", { whole: true });
});

test("a mother reads one part at a time, with examples, and comes back to where she was", async () => {
  const { page } = ana;
  await press(page, "Read it");
  await page.getByText("Part 1 of 14").first().waitFor();
  await press(page, "Next part");
  await atPart(page, "What is said alone");
  await page.getByText("If you tell me alone about a debt").waitFor();
  await look(page, "sign-read-part", { whole: true });
  await page.getByLabel("Language").selectOption({ label: "Español" });
  await page.getByText("Si me dices a solas que tienes una deuda").waitFor();
  expect(await page.locator("[lang=es]").count()).toBeGreaterThan(2);
  await page.getByRole("heading", { level: 2, name: "Lo que se dice a solas" }).waitFor();
  await page.getByText("Por ejemplo").first().waitFor();
  await look(page, "sign-read-spanish", { whole: true });
  await press(page, "Al inicio del acuerdo");
  await page.getByRole("heading", { level: 1, name: "Nuestro acuerdo" }).waitFor();
  await page.getByRole("heading", { name: "Te espera a ti" }).waitFor();
  await look(page, "sign-start-spanish", { whole: true });
  await press(page, "Ver si está claro");
  await page.getByRole("heading", { level: 1, name: "Mira si está claro" }).waitFor();
  await look(page, "sign-question-spanish", { whole: true });
  await press(page, "Al inicio del acuerdo");
  await press(page, "Firmar");
  await page.getByText("Vale como tu nombre en papel.").waitFor();
  await look(page, "sign-self-spanish", { whole: true });
  await press(page, "Al inicio del acuerdo");
  await page.getByLabel("Idioma").selectOption({ label: "English" });
  await press(page, "Go on reading");
  await page.getByRole("heading", { level: 2, name: "What is said alone" }).waitFor();
  await press(page, "Next part");
  await atPart(page, "What counts as alone");
  await agreementWhere(
    ada,
    family,
    ({ versions }) =>
      versions[0]?.signers.some(({ name, own }) => name === "Ana" && own?.read.length === 2) === true,
  );
  await page.reload();
  await page.getByText("You have read 2 of 14 parts.").waitFor();
  await press(page, "Go on reading");
  await page.getByRole("heading", { level: 2, name: "What counts as alone" }).waitFor();
});

test("she asks about a part, and the answer stands there for her, and without her name for all", async () => {
  const { page } = ana;
  await press(page, "Part before");
  await atPart(page, "What is said alone");
  await press(page, "Ask about this");
  await page.getByLabel("Your question").fill("And if I tell you of a job?");
  await look(page, "sign-ask", { whole: true });
  // What is typed is there again after a look at another part.
  await press(page, "Part before");
  await press(page, "Next part");
  expect(await page.getByLabel("Your question").inputValue()).toBe("And if I tell you of a job?");
  await page.getByRole("checkbox", { name: /without my name/ }).check();
  await press(page, "Send the question");
  await page.getByText("Your question is with your therapist.").waitFor();
  const { questions } = await agreementWhere(ada, family, (view) => view.questions.length === 1);
  const [asked] = questions;
  if (asked === undefined) throw new Error("a question that was just seen");
  expect(asked).toMatchObject({ part: "policy", mayShare: true, name: "Ana" });
  const text = "That stays with me.";
  valueOf(
    await ada.client.actions.answerAboutAgreement({ family, question: asked.entry, text, share: true }),
  );
  await page.getByText(text).waitFor();
  expect(await page.getByText("And if I tell you of a job?").count()).toBe(1);
  await look(page, "sign-answered", { whole: true });
  await readOn(page, 12);
  await press(page, "I have read it");
  await page.getByText("You have read 14 of 14 parts.").waitFor();
});

test("what she answers wrong is explained, comes again, and is clear in the end", async () => {
  const { page } = ana;
  const { versions } = await agreementWhere(ada, family, () => true);
  const version = versions[0]?.version;
  const party = version?.parties.find(({ person }) => person === people.ana);
  if (version === undefined || party === undefined) throw new Error("she is in it");
  const questions = questionsFor(version, party);
  const [wrong, ...others] = questions;
  if (wrong === undefined) throw new Error("there are questions");
  await press(page, "See if it is clear");
  await look(page, "sign-question", { whole: true });
  await answerWith(page, wrong, false);
  await page.getByText("Not quite").waitFor();
  await look(page, "sign-question-wrong", { whole: true });
  await press(page, "Next question");
  for (const question of others) {
    await answerWith(page, question, true);
    await page.getByText("Yes, that is right").waitFor();
    if (question === others[0]) await look(page, "sign-question-right", { whole: true });
    await press(page, "Next question");
  }
  await page.getByText("This one once more").waitFor();
  await answerWith(page, wrong, true);
  await press(page, "Next question");
  await page.getByRole("heading", { level: 1, name: "All of it is clear" }).waitFor();
  await press(page, "Go on");
  await page.getByText(`${questions.length} of ${questions.length} are clear.`).waitFor();
  const kept = await agreementWhere(
    ada,
    family,
    (view) =>
      view.versions[0]?.signers.some(({ own }) => own?.answers.length === questions.length + 1) === true,
  );
  const own = kept.versions[0]?.signers.find(({ name }) => name === "Ana")?.own;
  expect(own?.answers[0]?.question).toBe(questionKey(wrong));
});

test("she signs for herself and for her son, two decisions, after showing that it is her", async () => {
  const { page } = ana;
  await press(page, "Sign");
  await page.getByText("Signature 1 of 2").waitFor();
  await look(page, "sign-self", { whole: true });
  await press(page, "Sign for myself");
  await page.getByText("Please say first that you agree to sign on a screen.").waitFor();
  expect(await page.getByText(/take back your yes at any time/).count()).toBe(1);
  await page.getByRole("checkbox", { name: "I agree to sign on this screen" }).check();
  await press(page, "Sign for myself");
  await page.getByText("Please say first how you went through it.").waitFor();
  await page.getByRole("checkbox", { name: "Someone helped me with the language" }).check();
  await page.getByLabel("Which language did they speak with you?").fill("<img src=x onerror=alert(1)>");
  await page
    .getByLabel("How did you go through it?")
    .selectOption({ label: "All together, with the therapist" });
  await page.getByRole("checkbox", { name: "What is said alone" }).check();
  await press(page, "Sign for myself");
  await look(page, "sign-way");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await sign(page, "Sign for myself", { asksForWay: true });
  await page.getByText("Signature 2 of 2").waitFor();
  await atPart(page, "As guardian of Tom");
  await look(page, "sign-guardian", { whole: true });
  expect(await page.getByRole("checkbox", { name: "I agree to sign on this screen" }).isChecked()).toBe(
    false,
  );
  await page.getByRole("checkbox", { name: "I agree to sign on this screen" }).check();
  await sign(page, "Sign for Tom", { asksForWay: false });
  await page.getByRole("heading", { level: 1, name: "Thank you. You have signed." }).waitFor();
  await page.getByText(/as soon as Ben and Tom signed too|as soon as Tom and Ben signed too/).waitFor();
  await look(page, "sign-thanks");
  await press(page, "To the agreement");
  await page.getByRole("heading", { name: "You have signed" }).waitFor();
  await look(page, "sign-signed", { whole: true });
  const told = await agreementWhere(
    ada,
    family,
    ({ versions }) => versions[0]?.signers.some(({ signatures }) => signatures.length === 2) === true,
  );
  const hers = told.versions[0]?.signers.find(({ name }) => name === "Ana")?.signatures;
  expect(hers?.map(({ as, of }) => [as, of])).toEqual([
    ["self", people.ana],
    ["guardian", people.tom],
  ]);
});

test("a teenager reads their own words, and says yes for themselves", async () => {
  const { page } = tom;
  await toAgreement(tom);
  await press(page, "Read it");
  await press(page, "Next part");
  await page.getByText("If you tell me alone that you like someone, that stays here.").waitFor();
  await page.getByText("Somebody asked").waitFor();
  expect(await page.getByText("And if I tell you of a job?").count()).toBe(1);
  expect(await page.getByText(/Ana/).count()).toBe(0);
  await look(page, "sign-teen-dark", { whole: true });
  await press(page, "All on one page");
  expect(await page.getByRole("heading", { level: 2 }).count()).toBe(14);
  await look(page, "sign-teen-all-dark", { whole: true });
  await press(page, "I have read all of it");
  await page.getByText("You have read 14 of 14 parts.").waitFor();
  await press(page, "Sign");
  await page.getByRole("heading", { name: "Your own yes" }).waitFor();
  await page.getByRole("checkbox", { name: "I agree to sign on this screen" }).check();
  await page.getByLabel("How did you go through it?").selectOption({ label: "I read it on my own" });
  await look(page, "sign-assent-dark", { whole: true });
  // Without a connection nobody signs, and nothing of it is lost.
  await tom.context.setOffline(true);
  await press(page, "I agree: sign");
  const dialog = page.getByRole("dialog", { name: "First show that it is you" });
  await dialog.getByRole("button", { name: "Go on" }).click();
  await dialog.getByText("There is no connection right now.").waitFor();
  await look(page, "sign-offline-dark");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("No connection.").waitFor();
  await tom.context.setOffline(false);
  await page.getByText("No connection.").waitFor({ state: "hidden" });
  await sign(page, "I agree: sign", { asksForWay: true });
  await page.getByRole("heading", { level: 1, name: "Thank you. You have signed." }).waitFor();
});

test("it is gone through together in large type, without anything of one person alone", async () => {
  const { page } = ben;
  await toAgreement(ben);
  await look(page, "sign-start-desk", { whole: true });
  await press(page, "Go through it together");
  await press(page, "Next part");
  await atPart(page, "What is said alone");
  await page.getByText("If you tell me alone about a debt").waitFor();
  await look(page, "sign-together-desk", { whole: true });
  await page.getByLabel("Words").selectOption({ label: "For teenagers" });
  await page.getByText("If you tell me alone that you like someone").waitFor();
  expect(await page.getByRole("button", { name: "Ask about this" }).count()).toBe(0);
  await toStart(page);
});

test("the partner says not yet, with a reason for the therapist alone; then he signs, and it is in force", async () => {
  const { page } = ben;
  await press(page, "Not yet");
  await page.getByLabel("What do you need first?").fill("I want to talk of the debt.");
  await look(page, "sign-not-yet-desk");
  await press(page, "Send this answer");
  await page.getByRole("heading", { name: "You said: not yet." }).waitFor();
  const told = await agreementWhere(
    ada,
    family,
    ({ versions }) =>
      versions[0]?.signers.some(({ own }) => own?.reason === "I want to talk of the debt.") === true,
  );
  expect(told.versions[0]?.signers.find(({ name }) => name === "Ben")?.answer).toBe("not-yet");
  expect(await ana.page.getByText("debt").count()).toBe(0);
  await press(page, "Sign");
  await page.getByText("You have not read all of it yet.").waitFor();
  await page.getByRole("checkbox", { name: "I agree to sign on this screen" }).check();
  await page
    .getByLabel("How did you go through it?")
    .selectOption({ label: "With the therapist, on a call" });
  await look(page, "sign-self-desk", { whole: true });
  await sign(page, "Sign for myself", { asksForWay: true });
  await page.getByText("All of you have signed. It is in force now.").waitFor();
  for (const { page: theirs } of [ana, tom]) {
    if (theirs === tom.page) await press(theirs, "To the agreement");
    await theirs.getByRole("heading", { name: "It counts for all of you" }).waitFor();
  }
  const signed = await agreementWhere(ada, family, ({ versions }) => versions[0]?.stage.kind === "in-force");
  const scores = signed.versions[0]?.signers.map(({ name, signatures }) => [name, signatures.length]);
  expect(Object.fromEntries(scores ?? [])).toEqual({ Ana: 2, Ben: 1, Tom: 1 });
});

test("she keeps a copy, and the copy proves itself to anybody", async () => {
  const { page } = ana;
  await look(page, "sign-in-force", { whole: true });
  const download = page.waitForEvent("download");
  await press(page, "Save the signed file");
  const file = await download;
  expect(file.suggestedFilename()).toBe("agreement.sotto");
  await page.getByText("The file is saved on this device.").waitFor();
  const path = await file.path();
  expect((await readFile(path)).length).toBeGreaterThan(1_000);
  const checked = await runSotto(["verify-agreement", path]);
  expect(checked.status).toBe(0);
  expect(checked.said).toContain("stage in-force");
  expect(checked.said).toContain("signed Ana as guardian of Tom");
  expect(checked.said).toContain("signed Tom as assent");
  expect(checked.said).toContain("interpreter for Ana for themselves language <img src=x onerror=alert(1)>");
  // With what they signed is for their therapist alone, and that she keeps it too.
  expect(checked.said).not.toContain("signed-with");
  const told = await agreementWhere(
    ada,
    family,
    ({ versions }) =>
      versions[0]?.signers.some(({ record: beside }) => beside?.delivered.length === 1) === true,
  );
  const kept = told.versions[0]?.signers.flatMap(({ name, record: beside }) =>
    (beside?.delivered ?? []).map(({ form }) => [name, form]),
  );
  expect(kept).toEqual([["Ana", "file"]]);
});

test("a quarter of a year later she is asked if it is still clear, in other questions", async () => {
  const { page } = ana;
  await page.getByRole("button", { name: "Lock now" }).click();
  await page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await passDays(page, 100);
  await press(page, "Sign in");
  await page.getByText("It is some time since you signed. Is it still clear?").waitFor();
  await look(page, "sign-round-start", { whole: true });
  await toRooms(page);
  await page
    .getByRole("link", { name: /Is it still clear\? Some short questions wait for you\./ })
    .first()
    .waitFor();
  await look(page, "sign-round-first-screen");
  await page
    .getByRole("link", { name: /Our agreement/ })
    .first()
    .click();
  await press(page, "See if it is clear");
  const { versions } = await agreementWhere(ada, family, () => true);
  const version = versions[0]?.version;
  const party = version?.parties.find(({ person }) => person === people.ana);
  if (version === undefined || party === undefined) throw new Error("she is in it");
  const questions = questionsFor(version, party, 1);
  const before = questionsFor(version, party).map(questionKey);
  expect(questions.map(questionKey).filter((key) => before.includes(key))).toEqual([]);
  await look(page, "sign-round-question", { whole: true });
  for (const question of questions) {
    await page.getByRole("heading", { name: textOf(question, questionText("en", question)) }).waitFor();
    await press(page, QUESTION_WORDS.en.answers[question.right]);
    await press(page, "Next question");
  }
  await page.getByRole("heading", { level: 1, name: "All of it is clear" }).waitFor();
  await look(page, "sign-round-clear", { whole: true });
  await press(page, "Go on");
  await page.getByText(`${String(questions.length)} of ${String(questions.length)} are clear.`).waitFor();
  await passDays(page, -100);
});

test("while the rooms are closed it says how a yes is taken back, and what holds until then", async () => {
  const { page } = ana;
  valueOf(await ada.client.actions.closeFamily({ family }));
  await page.getByText("These rooms are closed. Nobody signs here now.").waitFor();
  await page.getByText("Tell your therapist that you want to.").waitFor();
  expect(await page.getByRole("button", { name: "Take back my yes" }).count()).toBe(0);
  await look(page, "sign-closed", { whole: true });
  valueOf(await ada.client.actions.reopenFamily({ family }));
  await page.getByRole("button", { name: "Take back my yes" }).waitFor();
});

test("one takes back his yes; the others see that it is on hold, and not by whom", async () => {
  const { page } = ben;
  await press(page, "To the agreement");
  await press(page, "Take back my yes");
  await page.getByText("Your therapist learns that it was you. Nobody else does.").waitFor();
  await look(page, "sign-withdraw-desk");
  await page.getByRole("dialog").getByRole("button", { name: "Take back my yes" }).click();
  const told = await agreementWhere(ada, family, ({ holds }) => holds === "suspended");
  expect(told.withdrawn.map(({ name }) => name)).toEqual(["Ben"]);
  await ana.page.getByRole("heading", { name: "It is on hold" }).waitFor();
  await ana.page.getByText("Somebody took back their yes").waitFor();
  expect(await ana.page.getByText("Ben").count()).toBe(0);
  await look(ana.page, "sign-suspended", { whole: true });
  await page.getByRole("heading", { name: "It is on hold" }).waitFor();
});

test("a new version says what has changed, and one that comes while somebody reads is offered calmly", async () => {
  const { page } = ana;
  const second = await offerFor({
    policy: { kind: "limited", categories: ["money"] },
    telling: { graceUnit: "days", graceCount: 10, ifNotTold: "pause" },
  });
  await page.getByRole("heading", { name: "What has changed" }).waitFor();
  await page.getByText("How many days you have to tell it: 10.").waitFor();
  await look(page, "sign-changes", { whole: true });
  await press(page, "Open version 1");
  await page.getByRole("heading", { level: 1, name: "Version 1" }).waitFor();
  await page.getByRole("heading", { name: "It is on hold" }).waitFor();
  await page.getByRole("button", { name: "Save the signed file" }).waitFor();
  await look(page, "sign-earlier", { whole: true });
  await toStart(page);
  await press(page, "Read it");
  await press(page, "Next part");
  await page.getByText("This part has changed").waitFor();
  const third = await offerFor();
  expect(third).not.toBe(second);
  await page.getByText("A newer version came while you were here.").waitFor();
  await look(page, "sign-stale", { whole: true });
  await press(page, "Open the new one");
  await page.getByText("A newer version came while you were here.").waitFor({ state: "detached" });
  await press(page, "Next part");
  valueOf(await ada.client.actions.recallAgreement({ family, version: third }));
  await page.getByText("Your therapist took this version back. You can still read it.").waitFor();
  await toStart(page);
  await page.getByRole("heading", { name: "Your therapist took this back" }).waitFor();
  await look(page, "sign-recalled", { whole: true });
  expect(await page.getByRole("button", { name: "Sign", exact: true }).count()).toBe(0);
  expect(first).not.toBe(third);
});

test("whoever signed before and is not asked any more is told so, and takes it back from there", async () => {
  const { page } = tom;
  const work = await compose(ada, family, {
    shape: "family-with-teenager",
    parties: (party) => (party.name === "Tom" ? { ...party, signs: false } : party),
  });
  valueOf(await ada.client.actions.offerAgreement({ family, work }));
  await page.getByText("Your therapist has made a new one, and it does not ask you to sign.").waitFor();
  await look(page, "sign-outside-dark", { whole: true });
  await toRooms(page);
  await page
    .getByRole("link", { name: /You signed one before\. You can still take back your yes\./ })
    .first()
    .waitFor();
  await look(page, "sign-outside-first-screen-dark");
  await page
    .getByRole("link", { name: /Our agreement/ })
    .first()
    .click();
  await press(page, "Take back my yes");
  await page.getByText("Your therapist learns that it was you. Nobody else does.").waitFor();
  await look(page, "sign-outside-withdraw-dark");
  await page.getByRole("dialog").getByRole("button", { name: "Take back my yes" }).click();
  await page.getByText(/You took back your yes on .*\. Your therapist knows\./).waitFor();
  await look(page, "sign-outside-back-dark", { whole: true });
  const told = await agreementWhere(ada, family, ({ withdrawn }) => withdrawn.length === 2);
  expect(told.withdrawn.map(({ name }) => name)).toEqual(["Ben", "Tom"]);
});

test("nobody's page had an error or asked anybody but the server", () => {
  for (const person of [ana, ben, tom]) {
    // The teenager was without a connection for a moment.
    const known = /401|ERR_INTERNET_DISCONNECTED/;
    expect(person.troubles.filter((trouble) => !known.test(trouble))).toEqual([]);
  }
});
