import type { RefusalKind } from "@sotto/contract";
import { policyOfPage, SAFE_HEADERS, type Headers } from "@sotto/contract/page-headers";

/** An answer of the interface is no page: opened as one, it may do nothing at all. */
const POLICY_OF_INTERFACE =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/**
 * Headers of every answer. Over TLS browsers are told to insist on it: who comes to an https origin came by a proxy that has a certificate. For this name alone: a
 * practice may have other sites under it, which are not ours to break.
 */
function headersOfAll(origin: string): Headers {
  return [
    ...SAFE_HEADERS,
    ["x-robots-tag", "noindex, nofollow"],
    ...(origin.startsWith("https:") ? [["strict-transport-security", "max-age=63072000"] as const] : []),
  ];
}

/** Headers of the page and its files. */
export function headersOfPage(origin: string): Headers {
  return [["content-security-policy", policyOfPage(origin)], ...headersOfAll(origin)];
}

/** Headers of what the interface answers: nobody keeps it, and no browser shows it as a page. */
export function headersOfInterface(origin: string): Headers {
  return [
    ["content-security-policy", POLICY_OF_INTERFACE],
    ["cache-control", "no-store"],
    ...headersOfAll(origin),
  ];
}

/** A whole answer for a connection that has not come as far as a request, which ends with it. */
export function rawAnswer(
  status: string,
  origin: string,
  refusal: { readonly refusal: RefusalKind },
): string {
  const body = JSON.stringify(refusal);
  const headers = [
    ...headersOfInterface(origin),
    ["content-type", "application/json; charset=utf-8"],
    ["content-length", String(body.length)],
    ["connection", "close"],
  ];
  return `HTTP/1.1 ${status}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}
