/** One answered request, as the log and the meters see it. Every field is ours: a name of the contract, a number, a random id. */
export interface RequestSeen {
  /** The endpoint's name, or `page` for anything that is not of the contract. */
  readonly endpoint: string;
  readonly method: string;
  /** The route's pattern, never the address that was asked for: that holds ids, and whatever somebody typed. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly id: string;
}

export type LineForm = "text" | "json";

/** One line for a request. */
export function requestLine(seen: RequestSeen, form: LineForm): string {
  const { endpoint, id, method, ms, route, status } = seen;
  return form === "json"
    ? JSON.stringify({ endpoint, status, ms: Number(ms.toFixed(1)), request: id })
    : `${method} ${route} ${String(status)} ${ms.toFixed(1)}ms ${id}`;
}

/** One line for a fault: its code, and the request that met it. */
export function faultLine(code: string, id: string, form: LineForm): string {
  return form === "json" ? JSON.stringify({ fault: code, request: id }) : `fault ${code} ${id}`;
}
