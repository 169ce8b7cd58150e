/** Chromium for the journeys: one browser, one context a person, passkeys without a key in hand, and a check that a screen can be used by everybody. */
import { existsSync } from "node:fs";
import { access } from "node:fs/promises";
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from "playwright-core";

const shellPath = "/usr/bin/chromium-headless-shell";
/** Where Chromium is, as people have it. */
export const executablePath = process.env["SOTTO_CHROMIUM"] ?? "/usr/bin/chromium";
/**
 * The same engine without the windows of a browser around its pages, which take a third of the processor time; where there is none, the whole. It shows no
 * notifications.
 */
const enginePath =
  process.env["SOTTO_CHROMIUM"] === undefined && existsSync(shellPath) ? shellPath : executablePath;

/** How it is started wherever we start it. */
export const launchArgs: readonly string[] = [
  // Chromium's own sandbox does not start under root, as tests run in containers.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  // A microphone that beeps, and a person who says yes to it.
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  // A test talks to our server and to nobody else.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long anything is waited for: a limit for a busy machine, nothing that is measured. */
const WAIT_MS_MAX = 60_000;

const viewports = {
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1, isMobile: false, hasTouch: false },
} as const;

export type Viewport = keyof typeof viewports;

export type PersonOptions = Readonly<{
  viewport: Viewport;
  colorScheme?: "light" | "dark";
  /** What the browser is set to; English unless it is said. */
  locale?: string;
}>;

/** A person at a browser of their own: nothing is shared with another person's, neither storage nor sign-in. */
export type Person = Readonly<{
  context: BrowserContext;
  page: Page;
  /** What went wrong so far: errors on the page, in its console, and requests to anybody but this machine. A journey expects none. */
  troubles: readonly string[];
  close: () => Promise<void>;
}>;

/** Starts Chromium, headless: the whole of it, or its engine alone. Throws, saying how to install it, when it is not there. */
export async function openBrowser(form: "whole" | "engine" = "engine"): Promise<Browser> {
  const path = form === "whole" ? executablePath : enginePath;
  await access(path).catch((cause: unknown) => {
    throw new Error(`no Chromium at ${path}: apt-get install chromium, or set SOTTO_CHROMIUM`, {
      cause,
    });
  });
  return await chromium.launch({ executablePath: path, headless: true, args: [...launchArgs] });
}

/** A new person with an empty browser of their own and one page. */
export async function newPerson(browser: Browser, options: PersonOptions): Promise<Person> {
  const { colorScheme = "light", locale = "en-GB" } = options;
  const context = await browser.newContext({ ...viewports[options.viewport], colorScheme, locale });
  context.setDefaultTimeout(WAIT_MS_MAX);
  const troubles: string[] = [];
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isOurs = hostname === "localhost" || hostname === "127.0.0.1";
    if (/^(http|ws)s?:$/.test(protocol) && !isOurs) troubles.push(`request to ${hostname}`);
  });
  context.on("weberror", (error) => troubles.push(`uncaught: ${error.error().message}`));
  context.on("console", (message) => {
    if (message.type() === "error") troubles.push(`console: ${message.text()}`);
  });
  const page = await context.newPage();
  return { context, page, troubles, close: () => context.close() };
}

export type AuthenticatorOptions = Readonly<{
  /** Whether it can give the secret that opens a vault (WebAuthn PRF). Many real ones cannot. */
  prf?: boolean;
  /** Part of the device (a fingerprint, a face), or a key that is plugged in. */
  transport?: "internal" | "usb";
}>;

/** A passkey holder that agrees to everything at once, until told otherwise. It belongs to the page and outlives reloads. */
export type Authenticator = Readonly<{
  /** How many passkeys it holds. */
  credentials: () => Promise<number>;
  /** Whether the person is recognised from now on; if not, every ceremony fails. */
  setVerified: (isVerified: boolean) => Promise<void>;
  remove: () => Promise<void>;
}>;

/** Gives a page a virtual authenticator. Passkeys need a secure context: an address on `localhost`, not on 127.0.0.1. */
export async function addAuthenticator(
  page: Page,
  options: AuthenticatorOptions = {},
): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: options.transport ?? "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf: options.prf ?? true,
    },
  });
  return {
    credentials: async () =>
      (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
    setVerified: async (isUserVerified) => {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
    remove: async () => {
      await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
    },
  };
}

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * Throws unless the screen meets WCAG 2.2 A and AA as far as a machine can tell; the message names each rule and the places that break it. Asked of axe on the
 * page itself, and in each of its frames as if it were a page: what `@axe-core/playwright` hands over of all that it looked at takes ten times as long as the looking.
 */
export async function checkAccessible(page: Page): Promise<void> {
  const violations = (await Promise.all(page.frames().map(violationsIn))).flat();
  if (violations.length === 0) return;
  const lines = violations.map(({ help, id, places }) => `${id} (${help}): ${places.join(", ")}`);
  throw new Error(`not accessible at ${new URL(page.url()).pathname}:\n${lines.join("\n")}`);
}

async function violationsIn(frame: Frame) {
  if (!(await frame.evaluate(() => "axe" in globalThis))) await frame.evaluate(axe.source);
  return frame.evaluate(async (tags) => {
    // What the source of axe has put there.
    const { axe: onPage } = globalThis as unknown as { readonly axe: typeof axe };
    const found = await onPage.run({ runOnly: tags, resultTypes: ["violations"], iframes: false });
    return found.violations.map(({ help, id, nodes }) => ({
      help,
      id,
      places: nodes.map(({ target }) => target.flat().join(" ")),
    }));
  }, wcag);
}
