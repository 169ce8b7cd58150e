/** What people do in the browser, in the words of a story. Each function ends where the next may begin. */
import type { Locator, Page } from "playwright-core";

export interface Passphrase {
  readonly name: string;
  readonly words: string;
}

/** Told each screen on the way, to look at it. */
type Pause = (screen: string) => Promise<void>;
const goOn: Pause = () => Promise.resolve();

/** Chooses six words as the way in, copies them, and gives two of them back. */
export async function takeSixWords(page: Page, pause = goOn): Promise<Passphrase> {
  await page.getByRole("radio", { name: /^Six words/ }).check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  return copySixWords(page, pause);
}

/** Copies the six words on the screen, and gives two of them back. */
export async function copySixWords(page: Page, pause = goOn): Promise<Passphrase> {
  const name = await textOf(page, ".paper .code");
  const words = await page.locator(".word-grid li").allTextContents();
  await pause("words-shown");
  await page.getByRole("button", { name: "I wrote them down" }).click();
  await page.getByLabel("Word number 2").fill(words[1] ?? "");
  await page.getByLabel("Word number 5").fill(words[4] ?? "");
  await pause("words-asked");
  await page.getByRole("button", { name: "Continue" }).click();
  return { name, words: words.join(" ") };
}

/** Makes a recovery sheet and proves it. Answers its code. */
export async function keepSheet(page: Page, pause = goOn): Promise<string> {
  await page.getByRole("button", { name: "Show my sheet" }).click();
  const code = await textOf(page, ".paper .code");
  await page.getByRole("button", { name: "I have it on paper" }).click();
  await page.getByLabel("Code", { exact: true }).fill(code.toLowerCase());
  await pause("sheet-asked");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Lock now" }).waitFor();
  return code;
}

/** Opens the set-up link and names the practice and its first therapist. Stops at the choice of a way in. */
export async function namePractice(
  page: Page,
  wish: { readonly origin: string; readonly code: string; readonly practice: string; readonly me: string },
): Promise<void> {
  await page.goto(`${wish.origin}/#setup=${wish.code}`);
  await page.getByLabel("Name of your practice").fill(wish.practice);
  await page.getByLabel("Your name").fill(wish.me);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("radiogroup").waitFor();
}

/** Adds a family and stays on its screen. */
export async function addFamily(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name: "Families" }).click();
  await page.getByLabel("Name of the family").fill(name);
  await page.getByRole("button", { name: "Add a family" }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

export interface PersonWish {
  readonly name: string;
  readonly role?: string;
  /** Label of the relation by the name of the other person, as the form shows it: `Ana: "Partner of Ana"`. */
  readonly relations?: Readonly<Record<string, string>>;
  readonly email?: string;
}

/** Adds a person on the family's screen; what the form then says, when it says no. */
export async function addPerson(page: Page, wish: PersonWish): Promise<void> {
  await page.getByRole("button", { name: "Add a person" }).click();
  await page.getByLabel("Name", { exact: true }).fill(wish.name);
  if (wish.role !== undefined) await page.getByLabel("Role").selectOption({ label: wish.role });
  for (const [name, label] of Object.entries(wish.relations ?? {})) {
    await page.getByLabel(`How they relate to ${name}`).selectOption({ label });
  }
  if (wish.email !== undefined) {
    await page.getByLabel("A safe way to reach them").selectOption({ label: "Email" });
    await page.getByLabel("Address or number").fill(wish.email);
  }
  await page.getByRole("button", { name: "Save" }).click();
}

/** Invites a person from the family's screen and copies the link. */
export async function invite(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: `Invite ${name}` }).click();
  await page.getByRole("img", { name: `Invitation for ${name}` }).waitFor();
  await page.bringToFront();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Opens a room from the list of rooms. */
export async function openRoom(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("link", { name }).first().click();
  await page.getByRole("log").waitFor();
}

/** Writes in the open room, and does not leave it time to be undone. Does not wait until it has arrived. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".message[data-mine]").filter({ hasText: text }).last().waitFor();
  const now = page.getByRole("button", { name: "Send now" });
  // The time to undo may end at this moment; then it has gone out by itself.
  if ((await now.count()) > 0)
    await now
      .last()
      .click({ timeout: 2_000 })
      .catch(() => null);
}

/** Waits until the open room shows a text. Somebody may have answered it, and shown it once more by that. */
export async function hear(page: Page, text: string): Promise<void> {
  await page.getByRole("log").getByText(text, { exact: true }).first().waitFor();
}

/** Goes back to the list of rooms. */
export async function toRooms(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Lock now" }).waitFor();
  const back = page.getByRole("link", { name: "All rooms" });
  const there = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Rooms" });
  // The screen itself may come a moment later; at a desk there are both.
  await back.or(there).first().waitFor();
  if (await back.isVisible()) await back.click();
  else await there.click();
}

async function textOf(page: Page, selector: string): Promise<string> {
  return ((await page.locator(selector).first().textContent()) ?? "").trim();
}

/** Tries to sign in by sign-in name and six words. */
export async function signInByWords(page: Page, { name, words }: Passphrase): Promise<void> {
  await page.getByRole("radio", { name: /^Six words/ }).check({ force: true });
  await page.getByLabel("Sign-in name").fill(name);
  await page.getByLabel("Your six words").fill(words);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** The dialog that asks for a way in before it goes on. */
export const wayAgainOn = (page: Page): Locator =>
  page.getByRole("dialog", { name: "First show that it is you" });

/** Whenever this page asks for a way in before it goes on, these words are shown: a slow machine comes there later than five minutes after signing in. */
export async function showWordsWhenAsked(page: Page, way: () => Passphrase): Promise<void> {
  await page.addLocatorHandler(wayAgainOn(page), () => showWords(page, way()));
}

/** Shows the six words in the dialog that asks for a way in. */
export async function showWords(page: Page, { name, words }: Passphrase): Promise<void> {
  const asking = wayAgainOn(page);
  await asking.waitFor();
  const sixWords = asking.getByRole("radio", { name: /^Six words/ });
  if ((await sixWords.count()) > 0) await sixWords.check({ force: true });
  await asking.getByLabel("Sign-in name").fill(name);
  await asking.getByLabel("Your six words").fill(words);
  await asking.getByRole("button", { name: "Go on" }).click();
}

/** Tries to sign in by the code of a recovery sheet. */
export async function signInBySheet(page: Page, code: string): Promise<void> {
  await page.getByRole("radio", { name: /^Recovery sheet/ }).check({ force: true });
  await page.getByLabel("Code on the sheet").fill(code);
  await page.getByRole("button", { name: "Sign in" }).click();
}
