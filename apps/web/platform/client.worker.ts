/** The client runs here, away from the page: keys never reach the thread that renders. */
import { createClient, type Client, type PasskeyAnswer } from "@sotto/client";
import { makeDeviceKeeper, makeLocalStore, openDatabase } from "./local-store.ts";
import type { FromWorker, Topic, ToWorker } from "./messages.ts";

const IDLE_LOCK_MS = 15 * 60_000;

const asking = new Map<number, (answer: PasskeyAnswer | null) => void>();
const watching = new Map<number, () => void>();
let lastAsked = 0;

const client = startClient();
// A start that failed is told to every call that waits for it.
client.catch(() => null);

async function startClient(): Promise<Client> {
  const database = await openDatabase("sotto");
  const started = createClient({
    origin: self.location.origin,
    fetch: (url, init) => fetch(url, init),
    openSocket: (url) => new WebSocket(url),
    store: makeLocalStore(database),
    passkeys: {
      create: (options, salt) => askPage("create", options, salt),
      get: (options, salt) => askPage("get", options, salt),
    },
    now: () => Date.now(),
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    idleLockAfterMs: IDLE_LOCK_MS,
    keeper: makeDeviceKeeper(database),
  });
  await started.start();
  return started;
}

function tell(message: FromWorker): void {
  self.postMessage(message);
}

function askPage(
  how: "create" | "get",
  options: unknown,
  salt: Uint8Array<ArrayBuffer>,
): Promise<PasskeyAnswer | null> {
  const id = ++lastAsked;
  return new Promise((resolve) => {
    asking.set(id, resolve);
    tell({ kind: "passkey", id, how, options, salt });
  });
}

async function call(id: number, action: string, wish: readonly unknown[]): Promise<void> {
  try {
    const { actions } = await client;
    if (action === "makePassphrase") {
      const { PASSPHRASE_WORDS } = await import("@sotto/content/passphrase-words");
      tell({ kind: "answer", id, value: actions.makePassphrase(PASSPHRASE_WORDS) });
      return;
    }
    if (!Object.hasOwn(actions, action)) throw new TypeError("no such action");
    // The page's side of this link is typed by RemoteActions, so name and wish belong together.
    const run = actions[action as keyof typeof actions] as (...given: readonly unknown[]) => unknown;
    tell({ kind: "answer", id, value: await run(...wish) });
  } catch (fault) {
    tell({ kind: "fault", id, code: codeOf(fault) });
  }
}

function codeOf(fault: unknown): string {
  const code = fault instanceof Error && "code" in fault ? fault.code : null;
  return typeof code === "string" ? code : "unexpected";
}

async function watch(id: number, topic: Topic): Promise<void> {
  const started = await client;
  const show = (view: unknown) => tell({ kind: "view", id, view });
  watching.set(id, watchTopic(started, topic, show));
}

function watchTopic(started: Client, topic: Topic, show: (view: unknown) => void): () => void {
  switch (topic.kind) {
    case "view":
      return started.watch(topic.name, show);
    case "room":
      return started.watchRoom(topic.room, show);
    case "family":
      return started.watchFamily(topic.family, show);
  }
}

async function unwatch(id: number): Promise<void> {
  await client;
  watching.get(id)?.();
  watching.delete(id);
}

self.addEventListener("message", (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  switch (message.kind) {
    case "call":
      void call(message.id, message.action, message.wish);
      break;
    case "watch":
      void watch(message.id, message.topic).catch(() => null);
      break;
    case "unwatch":
      void unwatch(message.id).catch(() => null);
      break;
    case "passkey-answer":
      asking.get(message.id)?.(message.answer);
      asking.delete(message.id);
      break;
  }
});
