/** A page that has nothing but the making of an agreement's PDF, built and served as the app's page is, for a browser to try it in. */
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { policyOfPage, SAFE_HEADERS } from "@sotto/contract/page-headers";
import { build } from "vite";
import { openTestFolder } from "./test-folder.ts";

/** What the page has for whoever drives it, when it is loaded. */
export interface PaperPage {
  readonly makeAgreementPdf: (paper: object) => Promise<Uint8Array>;
}

const MODULE = "agreement-pdf.js";
const OURS: { readonly [path: string]: string } = {
  "/index.html":
    '<!doctype html><html lang="en"><title>Agreement</title><script type="module" src="/start.js"></script></html>',
  "/start.js": `import { makeAgreementPdf } from "/${MODULE}"; Object.assign(globalThis, { makeAgreementPdf });`,
};
const TYPES: { readonly [ending: string]: string } = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".woff": "font/woff",
};

/** Builds it and serves it on `localhost`. */
export async function openPaperPage(): Promise<{
  readonly origin: string;
  readonly close: () => Promise<void>;
}> {
  const folder = await openTestFolder();
  await buildModule(folder.path);
  const server = createServer((request, response) => {
    const path = request.url === "/" ? "/index.html" : (request.url ?? "");
    const headers = new Map<string, string>([
      ...SAFE_HEADERS,
      ["content-security-policy", policyOfPage(originOf(server))],
      ["content-type", TYPES[extname(path)] ?? "application/octet-stream"],
    ]);
    Promise.resolve(OURS[path] ?? readFile(join(folder.path, path))).then(
      (body) => response.writeHead(200, Object.fromEntries(headers)).end(body),
      () => response.writeHead(204).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: originOf(server),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await folder.remove();
    },
  };
}

const originOf = (server: Server): string =>
  // A server that listens on a port has such an address.
  `http://localhost:${String((server.address() as AddressInfo).port)}`;

async function buildModule(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: outDir,
    logLevel: "error",
    worker: { format: "es" },
    build: {
      outDir,
      emptyOutDir: false,
      target: "es2023",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: fileURLToPath(import.meta.resolve("@sotto/web/agreement-pdf")),
        preserveEntrySignatures: "strict",
        output: { entryFileNames: MODULE },
      },
    },
  });
}
