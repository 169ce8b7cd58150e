import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
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

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react(), offlineShell()],
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
