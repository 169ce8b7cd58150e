/** Somebody whose browser is in Spanish joins, writes, is told no, and changes the language and back. The therapist is a headless client. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAuthenticator, newPerson, openBrowser, type Person } from "../support/browser.ts";
import { houseAt, invite, openPractice, record, valueOf, type Someone } from "../support/clients.ts";
import { look } from "../support/look.ts";
import { openWebServer, type WebServer } from "../support/web-server.ts";

let browser: Browser;
let server: WebServer;
let ada: Someone;
let ana: Person;
let link: string;

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
  const family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  link = `${server.origin}/${await invite(ada, family, await record(ada, family, { name: "Ana" }))}`;
  browser = await openBrowser();
  ana = await newPerson(browser, { viewport: "phone", locale: "es-MX" });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await ada?.client.close();
  await server?.close();
});

const press = async (name: string | RegExp) =>
  await ana.page.getByRole("button", { name, exact: true }).click();

const spoken = () => ana.page.locator("html").getAttribute("lang");

test("the browser's language is the first, and the link that somebody came by outlives a change of it", async () => {
  const { page } = ana;
  await page.goto(`${server.origin}/#setup=none`);
  await page.getByRole("heading", { name: "Prepara tu consulta" }).waitFor();
  await page.getByLabel("Nombre de tu consulta").fill("Olmo");
  await press("English");
  await page.getByRole("heading", { name: "Set up your practice" }).waitFor();
  expect(await page.getByLabel("Name of your practice").inputValue()).toBe("Olmo");
  await press("Español");
  await look(page, "language-set-up");
  await page.goto(link);
  await page.getByRole("heading", { name: "Hola, Ana" }).waitFor();
  expect(await spoken()).toBe("es");
  await look(page, "language-join", { whole: true });
  await press("English");
  await page.getByRole("heading", { name: "Hello Ana" }).waitFor();
  expect(await spoken()).toBe("en");
  await look(page, "language-join-english", { whole: true });
  await press("Español");
});

test("she joins, sees her rooms and writes, all in Spanish", async () => {
  const { page } = ana;
  await addAuthenticator(page);
  await press("Seguir");
  await page.getByRole("heading", { name: "Tu hoja de reserva" }).waitFor();
  await look(page, "language-sheet");
  await press("Ahora no");
  const room = page.getByRole("link", { name: /Privada/ }).first();
  await room.waitFor();
  await look(page, "language-rooms");
  await room.click();
  await page.getByRole("region", { name: "Esto solo lo van a leer:" }).waitFor();
  await page.getByText("Aún no hay nada firmado").waitFor();
  await page.getByRole("textbox", { name: "Mensaje" }).fill("Hola, doctora.");
  await press("Enviar");
  await page.getByRole("log").getByText("Hola, doctora.").waitFor();
  await page.getByText("Hoy", { exact: true }).waitFor();
  await look(page, "language-room");
  expect(await spoken()).toBe("es");
});

test("in the account she chooses English; what she had begun to write is still there, and nobody was signed out", async () => {
  const { page } = ana;
  await page.getByRole("textbox", { name: "Mensaje" }).fill("Una cosa más");
  await page.getByRole("link", { name: "Todas las salas" }).click();
  await page.getByRole("link", { name: /^Dentro con tu cuenta/ }).click();
  await page.getByRole("radio", { name: /^Notas/ }).check({ force: true });
  expect(await page.title()).toBe("Notas");
  expect(await page.locator("link[rel=manifest]").getAttribute("href")).toBe("/looks/notes/es.webmanifest");
  await look(page, "language-devices", { whole: true });
  await page.getByRole("link", { name: "Cuenta", exact: true }).click();
  await page.getByRole("heading", { name: "Idioma" }).waitFor();
  await look(page, "language-account", { whole: true });
  await press("English");
  await page.getByRole("heading", { name: "Your account" }).waitFor();
  await look(page, "language-account-english", { whole: true });
  await page.reload();
  await page.getByRole("heading", { name: "Your account" }).waitFor();
  expect(await page.title()).toBe("Notes");
  await page.getByRole("link", { name: "Rooms" }).click();
  await page
    .getByRole("link", { name: /Private/ })
    .first()
    .click();
  await page.getByText("Nothing is signed yet").waitFor();
  expect(await page.getByRole("textbox", { name: "Message" }).inputValue()).toBe("Una cosa más");
});

test("whoever is told no at the door reads it in the language that they choose there", async () => {
  const { page } = ana;
  await page.getByRole("button", { name: "Lock now" }).click();
  await page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await press("Español");
  await page.getByRole("heading", { name: "Qué bueno verte" }).waitFor();
  await page.getByRole("radio", { name: /^Seis palabras/ }).check({ force: true });
  await page.getByLabel("Nombre para entrar").fill("luz-mar-12");
  await page.getByLabel("Tus seis palabras").fill("uno dos tres cuatro cinco seis");
  await press("Entrar");
  await page.getByText("No es la forma de entrar a esta cuenta.").waitFor();
  await look(page, "language-refused");
  await press("English");
  await page.getByText("This is not the way in to this account.").waitFor();
  expect(await page.getByLabel("Sign-in name").inputValue()).toBe("luz-mar-12");
  await look(page, "language-refused-english");
  await press("Español");
  await press(/^Salir/);
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(await page.title()).toBe("Reloj");
  await look(page, "language-clock");
});

test("her page had no error, and asked nobody but the server", () => {
  const isTheNo = (trouble: string) => trouble.includes("status of 401") || trouble.includes("status of 403");
  expect(ana.troubles.filter((trouble) => !isTheNo(trouble))).toEqual([]);
});
