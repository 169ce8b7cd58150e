import { policyOfPage, SAFE_HEADERS } from "@sotto/contract/page-headers";
import type { BuildFile, Bytes } from "@sotto/vault/public";

/** How files are given to the page: the kind and the headers are ours, whatever the server says of them. */
const KINDS: { readonly [ending: string]: string } = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
};

/** What the page is given for a file: under the server's policies, whatever the server says of it. */
export function answerWith(path: string, bytes: Bytes): Response {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  return new Response(bytes, {
    headers: Object.fromEntries([
      ["content-type", KINDS[ending] ?? "application/octet-stream"],
      ["content-security-policy", policyOfPage(location.origin)],
      ...SAFE_HEADERS,
    ]),
  });
}

/** What is no file of the build is not there, whatever the server would give. */
export const notThere = (): Response => new Response(null, { status: 404 });

export type Loaded =
  | { readonly kind: "whole"; readonly bytes: Bytes; readonly headers: Headers }
  /** There is something else in its place. */
  | { readonly kind: "changed" }
  /** The server cannot be reached, or does not have it. */
  | { readonly kind: "away" };

/** Asks the server for a file and compares it with what the builder signed. */
export async function loadFile(file: BuildFile, cache: RequestCache): Promise<Loaded> {
  const answer = await load(file.path, cache);
  if (answer === null) return { kind: "away" };
  const { bytes, headers } = answer;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const isSame = bytes.length === file.size && hash.every((byte, index) => byte === file.hash[index]);
  return isSame ? { kind: "whole", bytes, headers } : { kind: "changed" };
}

/** The bytes at an address of the server; null when it gives none. */
export async function load(
  path: string,
  cache: RequestCache,
): Promise<{ readonly bytes: Bytes; readonly headers: Headers } | null> {
  try {
    const answer = await fetch(path, { cache, credentials: "omit", redirect: "error" });
    if (!answer.ok) return null;
    return { bytes: new Uint8Array(await answer.arrayBuffer()), headers: answer.headers };
  } catch {
    // No network, a server that is not there, or one that sends somewhere else: nothing came.
    return null;
  }
}
