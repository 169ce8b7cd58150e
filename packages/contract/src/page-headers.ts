/**
 * What browsers are told of the page and its files, wherever they come from: the server's door and the guard in the browser give the same. A file of its own,
 * without the schemas: the guard is small.
 */
export type Headers = readonly (readonly [name: string, value: string])[];

/** What no page of ours uses, and so nothing that gets into one can. */
const UNUSED = [
  "accelerometer",
  "bluetooth",
  "browsing-topics",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "magnetometer",
  "midi",
  "payment",
  "serial",
  "usb",
];

/** Headers of every answer of Sotto's. A worker whose file came without the embedder's policy would not start in a page that has it. */
export const SAFE_HEADERS: Headers = [
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "no-referrer"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-embedder-policy", "require-corp"],
  ["cross-origin-resource-policy", "same-origin"],
  ["permissions-policy", [...UNUSED.map((name) => `${name}=()`), "microphone=(self)"].join(", ")],
];

/**
 * The content security policy of the page at this origin. It may load and call nothing but its own origin, run no inline script, and turn no text into script or
 * markup (Trusted Types). `wasm-unsafe-eval` is for OPAQUE's WebAssembly; media and the microphone are for voice notes.
 */
export function policyOfPage(origin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src blob:",
    `connect-src 'self' ${origin.replace(/^http/, "ws")}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types sotto-worker",
  ].join("; ");
}
