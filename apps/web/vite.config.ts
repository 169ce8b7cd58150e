import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { build, defineConfig, type Plugin } from "vite";
import { checkPage } from "./src/check/page.ts";
import { reminderSentence } from "./src/words/outside.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const TARGET = "es2023";
const GUARD = /^guard-[0-9a-f]{16}\.js$/;

/**
 * Stands in for what was under this name before there were signed builds, until the guard is registered in its place: it gives no page any more, so
 * that the next start is from the server and brings the guard. Pages that are open keep their files, and reminders go on: a worker that unregistered
 * itself would end the push subscription too (Push API, "subscription deactivation").
 */
const FORMER_WORKER = `self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== self.location.origin || !pathname.startsWith("/assets/")) return;
  event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(event.request)));
});
self.addEventListener("push", (event) => {
  const shown = { tag: "reminder", icon: "/icon-192.png" };
  event.waitUntil(self.registration.showNotification(${JSON.stringify(reminderSentence)}, shown));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/"));
});
`;

interface Guard {
  readonly name: string;
  readonly source: string;
}

/** A part of the page as one script of its own. */
async function buildAlone(entry: string, name: string): Promise<string> {
  const built = await build({
    configFile: false,
    root: here("."),
    logLevel: "warn",
    publicDir: false,
    build: {
      write: false,
      target: TARGET,
      lib: { entry: here(entry), formats: ["iife"], name },
    },
  });
  const [output] = Array.isArray(built) ? built : [];
  const [chunk] = output?.output ?? [];
  if (chunk?.type !== "chunk") throw new Error(`the ${name} was not built as one file`);
  return chunk.code;
}

/** The service worker, as one file that is named after its bytes. */
async function buildGuard(): Promise<Guard> {
  const source = await buildAlone("src/guard/guard.ts", "guard");
  return { name: `guard-${createHash("sha256").update(source).digest("hex").slice(0, 16)}.js`, source };
}

/** The page that checks a copy of an agreement, as one file to hand on. It is text here, since nobody is to open it from a server. */
async function buildCheck(): Promise<string> {
  const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64");
  return checkPage(await buildAlone("src/check/check.ts", "check"), hashOf);
}

/** Lays the guard beside the page, and what is handed on. */
function withGuard({ name, source }: Guard, check: string): Plugin {
  return {
    name: "guard",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "check-agreement.txt", source: check });
      this.emitFile({ type: "asset", fileName: name, source });
      this.emitFile({ type: "asset", fileName: "sw.js", source: FORMER_WORKER });
    },
  };
}

const TEXT = /\.(css|html|js|mjs|svg|txt|wasm|webmanifest)$/;
const SMALL_BYTES = 1_000;

/** Puts each text of the page there in two smaller forms too, which the server gives to whoever takes them: nothing is compressed while anybody waits. */
function smallerForms(): Plugin {
  return {
    name: "smaller-forms",
    apply: "build",
    async writeBundle({ dir = "" }) {
      const names = await readdir(dir, { recursive: true });
      // The guard's script goes out in one form: the browser keeps the bytes that were looked at.
      for (const name of names.filter((each) => TEXT.test(each) && !GUARD.test(each))) {
        const path = join(dir, name);
        const source = await readFile(path);
        if (source.length < SMALL_BYTES) continue;
        await writeFile(`${path}.br`, brotliCompressSync(source));
        await writeFile(`${path}.gz`, gzipSync(source, { level: 9 }));
      }
    },
  };
}

const DEFAULT_LOCALE = /\/react-aria\/dist\/private\/i18n\/useDefaultLocale\.mjs$/;

/**
 * Tells React Aria what the page says of itself: its language, which may change, and that it runs from left to right. Its own answer asks the browser as soon as it is imported which
 * locales there are, and Chromium then reads the tables of all of them on the thread that draws.
 */
function pageLocale(): Plugin {
  let isFound = false;
  return {
    name: "page-locale",
    apply: "build",
    load(id) {
      if (!DEFAULT_LOCALE.test(id)) return null;
      isFound = true;
      return `const page = { get locale() { return document.documentElement.lang; }, direction: "ltr" };
export const getDefaultLocale = () => page;
export const useDefaultLocale = () => page;`;
    },
    buildEnd(error) {
      if (error === undefined && !isFound) this.error("React Aria keeps its locale elsewhere now");
    },
  };
}

/** They are of no use to whoever only compares. */
const hasSmallerForms = process.env["SOTTO_PAGE_FORMS"] !== "one";

export default defineConfig(async ({ command }) => {
  const guard = command === "build" ? await buildGuard() : null;
  const check = command === "build" ? await buildCheck() : "";
  return {
    root: here("."),
    plugins: [
      react(),
      pageLocale(),
      ...(guard === null ? [] : [withGuard(guard, check)]),
      ...(hasSmallerForms ? [smallerForms()] : []),
    ],
    define: { GUARD_ADDRESS: JSON.stringify(guard === null ? "" : `/${guard.name}`) },
    worker: { format: "es" as const },
    // For `npm run dev`, which starts the server on the next port.
    server: {
      proxy: { "/v1": { target: `http://127.0.0.1:${process.env["SOTTO_PORT"] ?? "8421"}`, ws: true } },
    },
    build: {
      // The page, the one that whoever leaves in a hurry is shown, and the one that stands in for a page that was refused.
      rolldownOptions: {
        input: ["index.html", "clock.html", "refused.html"].map((name) => here(name)),
      },
      target: TARGET,
      assetsInlineLimit: 0,
      modulePreload: {
        polyfill: false,
        // The first page names what it needs. What comes later is on the device by then, and each name for it costs the thread that draws a millisecond and more.
        resolveDependencies: (_name: string, needed: string[], { hostType }: { hostType: "html" | "js" }) =>
          hostType === "html" ? needed : [],
      },
      emptyOutDir: true,
      chunkSizeWarningLimit: 700,
    },
  };
});
