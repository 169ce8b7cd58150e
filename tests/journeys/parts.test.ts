/** The page of all parts of the design system, as `npm run dev` serves it. */
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createServer, type ViteDevServer } from "vite";
import { newPerson, openBrowser } from "../support/browser.ts";
import { look } from "../support/look.ts";

/** The packages that are not modules as browsers know them, or are of too many files. */
const PREPARED = [
  "lucide-react",
  "qr",
  "react",
  "react/jsx-dev-runtime",
  "react/jsx-runtime",
  "react-aria-components",
  "react-dom",
  "react-dom/client",
];

let browser: Browser;
let vite: ViteDevServer;

beforeAll(async () => {
  const configFile = fileURLToPath(new URL("../../apps/web/vite.config.ts", import.meta.url));
  vite = await createServer({
    configFile,
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1" },
    // All that has to be prepared is named: what Vite finds out later makes it load the page anew in the middle of the story.
    optimizeDeps: { include: PREPARED, noDiscovery: true },
  });
  await vite.listen();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await vite?.close();
});

test("every part can be used by everybody, in light and dark, on a phone and at a desk", async () => {
  const address = new URL("/ui", vite.resolvedUrls?.local[0]).href;
  for (const viewport of ["phone", "desktop"] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, close, troubles } = await newPerson(browser, { viewport, colorScheme });
      await page.goto(address);
      await page.getByRole("heading", { name: "All parts" }).waitFor();
      await look(page, `parts-${viewport}-${colorScheme}`, { whole: true });
      await page.getByRole("button", { name: "Ask" }).click();
      await page.getByRole("dialog").waitFor();
      await look(page, `parts-ask-${viewport}-${colorScheme}`);
      await page.keyboard.press("Escape");
      expect(await page.getByRole("dialog").count()).toBe(0);
      expect(troubles).toEqual([]);
      await close();
    }
  }
});
