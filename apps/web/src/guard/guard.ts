/**
 * The guard of the page: the service worker. It gives the page the files of the build that this browser met first, or of one that came after it in
 * order, and no other; docs/decisions/0040. It also shows a reminder when it is woken. It never touches what the client says to the server: /v1.
 */
import { toHex } from "@sotto/vault/public";
import type { GuardView, ToGuard } from "../platform/guard-messages.ts";
import { reminderSentence } from "../words/outside.ts";
import { notThere } from "./answers.ts";
import { hold, isHeld, letGo } from "./hold.ts";
import { changeNotes, readFile, readNotes, readOffer, readPin, takeOffer } from "./kept.ts";
import { fetchFile, GUARD, look, meet } from "./look.ts";
import { refuseNewcomer } from "./refuse.ts";
import { scope } from "./scope.ts";

const PAGE = "/index.html";
const REFUSED = "/refused.html";
/** What has a page of its own. */
const PAGES = ["/clock.html"];
/** The page is wanted first. */
const LOOK_AFTER_MS = 1_000;

scope.addEventListener("install", (event) => {
  event.waitUntil(meet().then(() => scope.skipWaiting()));
});

scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

// Nobody changes this script under its address: a newer guard has another one, and the page that brings it is a build that was taken in order. So
// whatever the browser finds changed here was put there by the server.
scope.registration.addEventListener("updatefound", () => void judgeNewcomer());

async function judgeNewcomer(): Promise<void> {
  const { active, installing, waiting } = scope.registration;
  const newcomer = installing ?? waiting;
  if (newcomer === null || active?.scriptURL !== location.href) return;
  const { pathname } = new URL(newcomer.scriptURL);
  if (newcomer.scriptURL !== location.href && (await isSentFor(pathname))) letGo();
  else await refuseNewcomer(pathname);
}

/** Whether the pinned build has a guard at this path. */
async function isSentFor(path: string): Promise<boolean> {
  const pin = await readPin();
  return GUARD.test(path) && pin !== null && pin.manifest.files.some((file) => file.path === path);
}

scope.addEventListener("fetch", (event) => {
  const { destination, method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (origin !== location.origin) return;
  if (mode === "navigate") {
    hold(event);
    event.respondWith(givePage(event.request, pathname));
    event.waitUntil(new Promise((resolve) => setTimeout(resolve, LOOK_AFTER_MS)).then(look));
    return;
  }
  if (!isHeld()) hold(event);
  // What the client says to the server: by fetch, which has no destination. Nothing that would run as a part of the page comes this way.
  if (pathname.startsWith("/v1/") && destination === "") return;
  event.respondWith(method === "GET" ? giveFile(event.request, pathname) : Promise.resolve(notThere()));
});

/** Whatever address is opened, a page of the pinned build answers. */
async function givePage(request: Request, pathname: string): Promise<Response> {
  const { refused } = await readNotes();
  const page = PAGES.includes(pathname) ? pathname : PAGE;
  const isToBeSaid = refused !== null && (refused.why === "replaced" || !refused.isSeen);
  return giveFile(request, isToBeSaid && page === PAGE ? REFUSED : page);
}

async function giveFile(request: Request, path: string): Promise<Response> {
  const pin = await readPin();
  // This browser has forgotten what it knew: it comes for the first time.
  if (pin === null) return fetch(request);
  const file = pin.manifest.files.find((each) => each.path === path);
  const kept = file === undefined ? await readOlder(path) : await readFile(pin.code, path);
  if (kept !== null) return kept;
  return (file === undefined ? null : await fetchFile(pin, file)) ?? notThere();
}

/** A page that was opened before an update goes on asking for its own files. */
async function readOlder(path: string): Promise<Response | null> {
  const { before } = await readNotes();
  return before === null ? null : readFile(before, path);
}

scope.addEventListener("message", (event) => {
  hold(event);
  // Only pages of the pinned build speak with it.
  event.waitUntil(answer(event.data as ToGuard).then((said) => event.ports[0]?.postMessage(said)));
});

async function answer(said: ToGuard): Promise<GuardView | boolean | null> {
  switch (said.kind) {
    case "state":
      return viewNow();
    case "is-sent-for":
      return isSentFor(said.path);
    case "take":
      return takeOffer(said.manifest);
    case "go-on":
      await changeNotes((notes) =>
        notes.refused === null ? notes : { ...notes, refused: { ...notes.refused, isSeen: true } },
      );
      return true;
  }
}

async function viewNow(): Promise<GuardView | null> {
  const [pin, offer, { refused }] = [await readPin(), await readOffer(), await readNotes()];
  if (pin === null) return null;
  const { number, release } = pin.manifest;
  return {
    code: pin.code,
    release,
    number,
    builder: toHex(pin.builder),
    offer: offer === null ? null : { builder: toHex(offer.builder), manifest: toHex(offer.manifest.hash) },
    refused: refused === null ? null : { why: refused.why, at: refused.at, isOver: refused.isOver },
  };
}

// A push carries nothing, and whatever one carried would not be shown. A reminder takes the place of the one before.
scope.addEventListener("push", (event) => {
  hold(event);
  event.waitUntil(
    scope.registration.showNotification(reminderSentence, { tag: "reminder", icon: "/icon-192.png" }),
  );
});

// A tap brings the page, and nothing else: no room, no message.
scope.addEventListener("notificationclick", (event) => {
  hold(event);
  event.notification.close();
  event.waitUntil(
    scope.clients
      .matchAll({ type: "window" })
      .then(([open]) => (open === undefined ? scope.clients.openWindow("/") : open.focus())),
  );
});
