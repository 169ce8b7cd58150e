import type { RefusalKind } from "@sotto/contract";

/**
 * Headers of every answer. The page may load and call nothing but its own origin, run no inline script, and turn no text into script or markup
 * (Trusted Types). `wasm-unsafe-eval` is for OPAQUE's WebAssembly; media and the microphone are for voice notes.
 */
export function securityHeaders(origin: string): readonly (readonly [string, string])[] {
  const live = origin.replace(/^http/, "ws");
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src blob:",
    `connect-src 'self' ${live}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types sotto-worker",
  ].join("; ");
  return [
    ["content-security-policy", policy],
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "no-referrer"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
    ["permissions-policy", "camera=(), geolocation=(), microphone=(self), payment=(), usb=()"],
    ["x-robots-tag", "noindex, nofollow"],
  ];
}

/** The headers of an answer of the interface, where no hook sets them. */
export function plainHeaders(origin: string): readonly (readonly [string, string])[] {
  return [...securityHeaders(origin), ["cache-control", "no-store"]];
}

/** A whole answer for a connection that has not come as far as a request, which ends with it. */
export function rawAnswer(
  status: string,
  origin: string,
  refusal: { readonly refusal: RefusalKind },
): string {
  const body = JSON.stringify(refusal);
  const headers = [
    ...plainHeaders(origin),
    ["content-type", "application/json; charset=utf-8"],
    ["content-length", String(body.length)],
    ["connection", "close"],
  ];
  return `HTTP/1.1 ${status}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}
