import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { stripTypeScriptTypes } from "node:module";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Writes `sw.js`, which knows every file of the shell by name; its own bytes change when any of them does. */
function writeServiceWorker(): Plugin {
  return {
    name: "sotto-service-worker",
    apply: "build",
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle)
        .filter((name) => /\.(js|css|woff2|wasm)$/.test(name))
        .toSorted()
        .map((name) => `/${name}`);
      const shell = ["/", "/manifest.webmanifest", "/icon.svg", ...files];
      const version = createHash("sha256").update(shell.join()).digest("hex").slice(0, 16);
      const source = stripTypeScriptTypes(
        readFileSync(new URL("platform/shell-cache.ts", import.meta.url), "utf8"),
      );
      const constants = `const SHELL = ${JSON.stringify(shell)};\nconst VERSION = "${version}";\n`;
      this.emitFile({ type: "asset", fileName: "sw.js", source: constants + source });
    },
  };
}

export default defineConfig({
  plugins: [react(), writeServiceWorker()],
  worker: { format: "es" },
  build: {
    outDir: "dist",
    target: "es2022",
    // A data: address would need a wider policy than style-src, font-src and img-src 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
