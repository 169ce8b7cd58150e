/** The tools of the journeys themselves: each guard must be seen to refuse. */
import { createServer, type Server } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAuthenticator, checkAccessible, newPerson, openBrowser } from "../support/browser.ts";

let browser: Browser;
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    // As strict as the real one, so that the tools are known to work under it.
    response.setHeader(
      "content-security-policy",
      "default-src 'none'; style-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    response.end(request.url === "/bad" ? badPage : goodPage);
  });
  await new Promise<void>((listening) => {
    server.listen(0, "127.0.0.1", listening);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  origin = `http://localhost:${address.port}`;
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

const goodPage = `<!doctype html><html lang="en"><head><title>Hello</title><meta name="viewport" content="width=device-width"></head>
  <body><main><h1>Hello</h1><label>Name <input></label></main></body></html>`;
const badPage = `<!doctype html><html lang="en"><head><title>Hello</title><meta name="viewport" content="width=device-width"></head>
  <body><main><h1>Hello</h1><input><p style="color:#ccc;background:#fff">faint</p></main></body></html>`;

test("a screen that everybody can use is accepted, and one that not everybody can use is refused by rule and place", async () => {
  const person = await newPerson(browser, { viewport: "phone" });
  await person.page.goto(`${origin}/good`);
  await checkAccessible(person.page);
  await person.page.goto(`${origin}/bad`);
  const refused = await checkAccessible(person.page).catch((error: unknown) => String(error));
  expect(refused).toContain("label");
  expect(refused).toContain("color-contrast");
  expect(refused).toContain("input");
  await person.close();
});

test("two people share nothing, and hold what they were given", async () => {
  const mara = await newPerson(browser, { viewport: "phone" });
  const tom = await newPerson(browser, { viewport: "desktop", colorScheme: "dark" });
  await mara.page.goto(`${origin}/good`);
  await tom.page.goto(`${origin}/good`);
  await mara.page.evaluate(() => {
    localStorage.setItem("mine", "yes");
  });
  expect(await tom.page.evaluate(() => localStorage.getItem("mine"))).toBe(null);
  expect(await mara.page.evaluate(() => [innerWidth, matchMedia("(pointer: coarse)").matches])).toEqual([
    360,
    true,
  ]);
  expect(
    await tom.page.evaluate(() => [innerWidth, matchMedia("(prefers-color-scheme: dark)").matches]),
  ).toEqual([1280, true]);
  await mara.close();
  await tom.close();
});

test("an error on a page, in its console, and a request to a stranger are troubles", async () => {
  const { page, troubles, close } = await newPerson(browser, { viewport: "desktop" });
  await page.goto(`${origin}/good`);
  expect(troubles).toEqual([]);
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error("broken");
    }, 0);
  });
  await expect.poll(() => troubles).toContain("uncaught: broken");
  await page.evaluate(() => fetch("http://stranger.invalid/").catch(() => undefined));
  await expect.poll(() => troubles.some((trouble) => trouble.startsWith("console: "))).toBe(true);
  await page.goto("http://stranger.invalid/").catch(() => undefined);
  expect(troubles).toContain("request to stranger.invalid");
  await close();
});

test("a passkey gives the same 32 secret bytes when it is made and when it is used, after a reload too", async () => {
  const { page, close } = await newPerson(browser, { viewport: "phone" });
  await page.goto(`${origin}/good`);
  const authenticator = await addAuthenticator(page);
  const made = await makePasskey(page);
  expect(made.secret).toHaveLength(32);
  await page.reload();
  expect(await usePasskey(page, made.id)).toEqual(made.secret);
  expect(await authenticator.credentials()).toBe(1);
  await authenticator.setVerified(false);
  await expect(usePasskey(page, made.id)).rejects.toThrow("NotAllowedError");
  await close();
});

test("an authenticator without PRF makes a passkey and gives no secret", async () => {
  const { page, close } = await newPerson(browser, { viewport: "desktop" });
  await page.goto(`${origin}/good`);
  await addAuthenticator(page, { prf: false, transport: "usb" });
  expect((await makePasskey(page)).secret).toEqual([]);
  await close();
});

type Made = Readonly<{ id: readonly number[]; secret: readonly number[] }>;

function makePasskey(page: Page): Promise<Made> {
  return page.evaluate(async () => {
    const credential = await navigator.credentials.create({
      publicKey: {
        rp: { name: "-", id: "localhost" },
        user: { id: new Uint8Array([1]), name: "-", displayName: "-" },
        challenge: new Uint8Array(32),
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        extensions: { prf: { eval: { first: new Uint8Array(32).fill(7) } } },
      },
    });
    if (!(credential instanceof PublicKeyCredential)) throw new Error("no passkey");
    const first = credential.getClientExtensionResults().prf?.results?.first;
    return {
      id: [...new Uint8Array(credential.rawId)],
      secret: first instanceof ArrayBuffer ? [...new Uint8Array(first)] : [],
    };
  });
}

function usePasskey(page: Page, id: readonly number[]): Promise<readonly number[]> {
  return page.evaluate(
    async (rawId) => {
      const credential = await navigator.credentials.get({
        publicKey: {
          challenge: new Uint8Array(32),
          allowCredentials: [{ type: "public-key", id: new Uint8Array(rawId) }],
          userVerification: "required",
          extensions: { prf: { eval: { first: new Uint8Array(32).fill(7) } } },
        },
      });
      if (!(credential instanceof PublicKeyCredential)) throw new Error("no passkey");
      const first = credential.getClientExtensionResults().prf?.results?.first;
      return first instanceof ArrayBuffer ? [...new Uint8Array(first)] : [];
    },
    [...id],
  );
}
