// The service worker: keeps the built shell for a start without network, and shows a reminder when it is woken. It never touches /v1: what people say
// is not its business.
const CACHE = "shell-__VERSION__";
const FILES = ["__FILES__"];
const REMINDER = "__REMINDER__";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))),
      ),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/v1")) return;
  const isPage = event.request.mode === "navigate" && url.pathname !== "/clock.html";
  const wanted = isPage ? "/" : url.pathname;
  if (!FILES.includes(wanted)) return;
  event.respondWith(
    caches
      .open(CACHE)
      .then((cache) => cache.match(wanted))
      .then((kept) => kept ?? fetch(event.request)),
  );
});

// A push carries nothing, and whatever one carried would not be shown. A reminder takes the place of the one before.
self.addEventListener("push", (event) => {
  event.waitUntil(self.registration.showNotification(REMINDER, { tag: "reminder", icon: "/icon-192.png" }));
});

// A tap brings the page, and nothing else: no room, no message.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients
      .matchAll({ type: "window" })
      .then(([open]) => (open === undefined ? self.clients.openWindow("/") : open.focus())),
  );
});
