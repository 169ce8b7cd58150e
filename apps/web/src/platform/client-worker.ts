/** The client runs here, off the page: keys never reach the thread that renders. WebAuthn exists on the page only, so it is asked back. */
import type { Client, PasskeyAnswer, Passkeys } from "@sotto/client";
import { closedSession, glance } from "@sotto/client/glance";
import type { FamilyId, RoomId } from "@sotto/domain";
import { browserKeeper, browserStore } from "./browser-store.ts";
import { describeDevice } from "./describe-device.ts";
import { keepSame } from "./keep-same.ts";
import { FORGETS } from "./link-messages.ts";
import type { AnyView, FromWorker, ToWorker, WatchTarget } from "./link-messages.ts";

const IDLE_LOCK_AFTER_MS = 15 * 60_000;

/** The part of DedicatedWorkerGlobalScope that is used; the DOM types describe a page. */
const scope = globalThis as unknown as {
  readonly name: string;
  postMessage(message: FromWorker): void;
  addEventListener(name: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
};

const ceremonies = new Map<number, (answer: PasskeyAnswer | null) => void>();
let ceremonyCount = 0;

const askPage =
  (ceremony: "create" | "get"): Passkeys["get"] =>
  (options, salt) =>
    new Promise((resolve) => {
      const id = ceremonyCount++;
      ceremonies.set(id, resolve);
      scope.postMessage({ kind: "passkey", id, ceremony, options, salt });
    });

const networkWatchers = new Set<(isThere: boolean) => void>();

function watchNetwork(changed: (isThere: boolean) => void): () => void {
  networkWatchers.add(changed);
  return () => networkWatchers.delete(changed);
}

async function freeBytes(): Promise<number | null> {
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined || usage === undefined ? null : quota - usage;
}

/** Chromium sends the bytes of a Blob nearly ten times as fast as those of an array (measured at 156). */
const asUpload = (init: RequestInit | undefined): RequestInit | undefined =>
  ArrayBuffer.isView(init?.body) ? { ...init, body: new Blob([init.body]) } : init;

/** The client itself, with all its cryptography, is loaded behind the first screen. Given out once it knows whether anybody is in. */
async function openClient(): Promise<Client> {
  const { createClient } = await import("@sotto/client");
  const client = createClient({
    origin: location.origin,
    // Without credentials a browser does not heed `Clear-Site-Data`, by which an answer could take the guard of the page away (decision 0040).
    fetch: (url, init) => fetch(url, { ...asUpload(init), credentials: "omit" }),
    openSocket: (url) => new WebSocket(url),
    watchNetwork,
    store: browserStore,
    freeBytes,
    keeper: browserKeeper,
    passkeys: { create: askPage("create"), get: askPage("get") },
    now: () => Date.now(),
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    idleLockAfterMs: IDLE_LOCK_AFTER_MS,
    describe: describeDevice,
  });
  await new Promise<void>((resolve) => {
    client.watch("session", ({ state }) => {
      if (state !== "starting") resolve();
    });
    void client.start();
  });
  return client;
}

const letGo = scope.name === FORGETS ? browserKeeper.forget() : Promise.resolve();
const opening = letGo.then(openClient);
const glancing = letGo.then(() => glance(browserStore)).catch(() => null);

// What the browser knows of languages is read once for the page and its workers together, by whoever asks first: here, while the client is on its way,
// and not on the thread that draws dates, names and faces.
void glancing.then(() => {
  for (const kind of [Intl.Segmenter, Intl.ListFormat]) kind.supportedLocalesOf("en");
  const day = { weekday: "long", day: "numeric", month: "long" } as const;
  for (const options of [day, { timeStyle: "short" } as const]) {
    new Intl.DateTimeFormat(navigator.language, options).format(0);
  }
});

const watching = new Map<number, () => void>();

/** What changes while the client is at it goes to the page together, which draws once: each message that came alone would begin its drawing anew. */
const untold = new Map<number, AnyView>();

function tell(id: number, view: AnyView): void {
  if (untold.size === 0) setTimeout(tellNow);
  untold.set(id, view);
}

function tellNow(): void {
  if (untold.size === 0) return;
  scope.postMessage({ kind: "views", views: [...untold] });
  untold.clear();
}

/** Whoever hears how something ended has seen before what came of it. */
function answer(message: FromWorker): void {
  tellNow();
  scope.postMessage(message);
}

async function watch(id: number, target: WatchTarget): Promise<void> {
  let isWanted = true;
  let told: AnyView | undefined;
  const show = (view: AnyView): void => {
    if (!isWanted) return;
    // The page hears nothing of what says the same as before: comparing is done here, beside it.
    const next = keepSame(told, view);
    if (told !== undefined && next === told) return;
    told = next;
    tell(id, next);
  };
  watching.set(id, () => {
    isWanted = false;
  });
  if (target.kind === "view" && target.name === "session") {
    show((await glancing) ?? { ...closedSession(null), state: "starting" });
  }
  const client = await opening;
  if (isWanted) watching.set(id, watchIn(client, target, show));
}

function watchIn(client: Client, target: WatchTarget, callback: (view: AnyView) => void): () => void {
  switch (target.kind) {
    case "view":
      return client.watch(target.name, callback);
    // Ids come from the page, which had them from this client's views or from an address; an unknown one is answered with null.
    case "room":
      return client.watchRoom(target.id as RoomId, callback, target.span);
    case "family":
      return client.watchFamily(target.id as FamilyId, callback);
    case "agreement":
      return client.watchAgreement(target.id as FamilyId, callback);
  }
}

// Two tabs of one person are one to them: one lock locks both, whoever is there in one is there in the other, and what a device forgets, each forgets
// for itself, so that none writes down once more what another has removed.
const shared = { lock: "lock", leave: "lock", touch: "touch", forgetDevice: "forgetDevice" } as const;
const tabs = new BroadcastChannel("sotto-tabs");
tabs.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  const name = Object.values(shared).find((known) => known === data);
  if (name !== undefined) void opening.then(async ({ actions }) => void (await actions[name]()));
});

async function call(message: ToWorker & { readonly kind: "call" }): Promise<void> {
  try {
    // The page's link is typed by the same interface, so the arguments fit the action.
    if (message.action in shared) tabs.postMessage(shared[message.action as keyof typeof shared]);
    const { actions } = await opening;
    const action = actions[message.action] as (...args: readonly unknown[]) => unknown;
    const value = await action(...message.args);
    answer({ kind: "answer", id: message.id, value });
  } catch (fault) {
    const code = fault instanceof Error && "code" in fault ? String(fault.code) : "unexpected";
    answer({ kind: "fault", id: message.id, code });
  }
}

scope.addEventListener("message", ({ data }) => {
  switch (data.kind) {
    case "call":
      void call(data);
      break;
    case "watch":
      void watch(data.id, data.target);
      break;
    case "unwatch":
      watching.get(data.id)?.();
      watching.delete(data.id);
      break;
    case "network":
      for (const changed of networkWatchers) changed(data.isThere);
      break;
    case "passkey-answer":
      ceremonies.get(data.id)?.(data.answer);
      ceremonies.delete(data.id);
      break;
  }
});
