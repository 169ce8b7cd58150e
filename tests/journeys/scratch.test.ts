/* eslint-disable */
import { test } from "vitest";
import { newPerson, openBrowser, checkAccessible, addAuthenticator } from "../support/browser.ts";
import { openWebServer } from "../support/web-server.ts";
import * as w from "../support/walk.ts";
import type { Page } from "playwright-core";

test("walk", async () => {
  const server = await openWebServer();
  const browser = await openBrowser();
  const ada = await newPerson(browser, { viewport: "desktop" });
  const ben = await newPerson(browser, { viewport: "phone" });
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  let n = 0;
  const shot = async (page: Page, name: string) => {
    await page.waitForTimeout(400);
    await page.screenshot({ path: `/tmp/shots/${String(n++).padStart(2, "0")}-${name}.png` });
    await checkAccessible(page).catch((e) => console.log(name, String(e)));
  };
  try {
    await w.namePractice(ada.page, {
      origin: server.origin,
      code: await server.makeSetupCode(),
      practice: "Elm Street Practice",
      me: "Dr. Ada Lee",
    });
    await shot(ada.page, "factor");
    await w.takeSixWords(ada.page);
    await ada.page.getByRole("button", { name: "Show my sheet" }).waitFor();
    await shot(ada.page, "sheetwhy");
    await w.keepSheet(ada.page);
    await shot(ada.page, "rooms");
    await w.addFamily(ada.page, "Rivera");
    await ada.page.getByRole("button", { name: "Add a person" }).click();
    await shot(ada.page, "person");
    await ada.page.getByRole("button", { name: "Cancel" }).click();
    await w.addPerson(ada.page, { name: "Ana" });
    await w.addPerson(ada.page, { name: "Ben", relations: { Ana: "Partner of Ana" } });
    await w.addPerson(ada.page, { name: "Tom", role: "Teenager" });
    const link = await w.invite(ada.page, "Ben");
    await shot(ada.page, "family");
    await addAuthenticator(ben.page);
    await ben.page.goto(link);
    await ben.page.getByRole("radiogroup").waitFor();
    await shot(ben.page, "join");
    await ben.page.getByRole("button", { name: "Continue" }).click();
    await ben.page.getByRole("button", { name: "Show my sheet" }).click();
    await shot(ben.page, "ben-sheet");
    await ben.page.getByRole("button", { name: "I have it on paper" }).click();
    await shot(ben.page, "ben-prove");
    await ben.page.getByRole("button", { name: "Back" }).click();
    await ben.page.getByRole("button", { name: "I have it on paper" }).click();
    await ben.page.reload();
    await shot(ben.page, "ben-rel");
    await ben.page.getByRole("button", { name: "Not now" }).click();
    await shot(ben.page, "ben-rooms");
    await w.openRoom(ben.page, /Whole family/);
    await w.say(ben.page, "Hello, this is Ben. I could not say it in the session.");
    await w.say(ben.page, "Can we talk about the summer?");
    await shot(ben.page, "ben-room");
    await w.toRooms(ada.page);
    await shot(ada.page, "ada-rooms");
    await w.openRoom(ada.page, /Whole family/);
    await w.say(
      ada.page,
      "Thank you, Ben. Yes, let us start with that next week. Please write down what you would wish for, and what worries you about it.",
    );
    await w.hear(
      ben.page,
      "Thank you, Ben. Yes, let us start with that next week. Please write down what you would wish for, and what worries you about it.",
    );
    await shot(ben.page, "ben-room2");
    await ben.page.getByRole("button", { name: /People in this room/ }).click();
    await shot(ben.page, "ben-people");
    await shot(ada.page, "ada-room");
    await ada.page.getByRole("button", { name: "Remove Ben" }).click();
    await shot(ada.page, "ada-remove");
    await ada.page.keyboard.press("Escape");
    await ada.page.getByRole("link", { name: "Account" }).click();
    await shot(ada.page, "ada-account");
    await ada.page.keyboard.press("Escape");
    await shot(ada.page, "ada-locked");
  } finally {
    await shot(ada.page, "zz-ada");
    await shot(ben.page, "zz-ben");
    console.log(ada.troubles, ben.troubles);
    await browser.close();
    await server.close();
  }
}, 60_000);
