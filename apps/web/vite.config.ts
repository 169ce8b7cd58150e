import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { reminderSentence } from "./src/words/en/reminders.ts";

const shellSource = fileURLToPath(new URL("./src/platform/offline-shell.js", import.meta.url));

/** Emits `sw.js`: the service worker with the names of what was built, so that the shell starts without a network. */
function offlineShell(): Plugin {
  return {
    name: "offline-shell",
    apply: "build",
    async generateBundle(_options, bundle) {
      const looks = ["", "/looks/notes", "/looks/calendar", "/looks/weather"];
      const files = looks.flatMap((look) =>
        ["icon.svg", "icon-192.png", "manifest.webmanifest"].map((name) => `${look}/${name}`),
      );
      files.push("/");
      for (const name of Object.keys(bundle)) {
        // The sheet needs the server to be proved, so what draws its PDF is of no use without a network. What reads PDFs is large, and few ever open one.
        const isOnlineOnly = name.includes("pdf");
        if (!name.endsWith(".map") && name !== "index.html" && !isOnlineOnly) files.push(`/${name}`);
      }
      files.sort();
      const page = bundle["index.html"];
      const version = createHash("sha256")
        .update(JSON.stringify(files))
        .update(page?.type === "asset" ? page.source : "")
        .digest("hex")
        .slice(0, 16);
      const source = (await readFile(shellSource, "utf8"))
        .replace("__VERSION__", version)
        .replace('"__REMINDER__"', JSON.stringify(reminderSentence))
        .replace('"__FILES__"', files.map((file) => JSON.stringify(file)).join(", "));
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}

const TEXT = /\.(css|html|js|mjs|svg|wasm|webmanifest)$/;
const SMALL_BYTES = 1_000;

/** Puts each text of the page there in two smaller forms too, which the server gives to whoever takes them: nothing is compressed while anybody waits. */
function smallerForms(): Plugin {
  return {
    name: "smaller-forms",
    apply: "build",
    async writeBundle({ dir = "" }) {
      const names = await readdir(dir, { recursive: true });
      for (const name of names.filter((each) => TEXT.test(each))) {
        const path = join(dir, name);
        const source = await readFile(path);
        if (source.length < SMALL_BYTES) continue;
        await writeFile(`${path}.br`, brotliCompressSync(source));
        await writeFile(`${path}.gz`, gzipSync(source, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react(), offlineShell(), smallerForms()],
  worker: { format: "es" },
  // For `npm run dev`, which starts the server on the next port.
  server: {
    proxy: { "/v1": { target: `http://127.0.0.1:${process.env["SOTTO_PORT"] ?? "8421"}`, ws: true } },
  },
  build: {
    // The page, and the one that whoever leaves in a hurry is shown.
    rolldownOptions: {
      input: ["index.html", "clock.html"].map((name) => fileURLToPath(new URL(name, import.meta.url))),
    },
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
  },
});
