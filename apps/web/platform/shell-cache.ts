/** Keeps the shell of the app on this device. Answers of the server (/v1) never pass through here. SHELL and VERSION are written by the build. */
declare const SHELL: readonly string[];
declare const VERSION: string;

const scope = globalThis as unknown as {
  addEventListener(kind: string, run: (event: WorkerEvent) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  location: Location;
};

interface WorkerEvent extends Event {
  readonly request: Request;
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}

async function keepShell(): Promise<void> {
  const cache = await caches.open(VERSION);
  await cache.addAll([...SHELL]);
  await scope.skipWaiting();
}

async function dropOldShells(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name)));
  await scope.clients.claim();
}

async function answerFromShell(request: Request): Promise<Response> {
  if (request.mode === "navigate") {
    const page = await caches.match("/");
    return page ?? (await fetch(request));
  }
  return (await caches.match(request, { ignoreSearch: true })) ?? (await fetch(request));
}

scope.addEventListener("install", (event) => event.waitUntil(keepShell()));
scope.addEventListener("activate", (event) => event.waitUntil(dropOldShells()));
scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const isOurs = url.origin === scope.location.origin && event.request.method === "GET";
  if (!isOurs || url.pathname.startsWith("/v1")) return;
  if (event.request.mode !== "navigate" && !SHELL.includes(url.pathname)) return;
  event.respondWith(answerFromShell(event.request));
});

