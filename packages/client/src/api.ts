import { ENDPOINTS, Octets, RefusalBody } from "@sotto/contract";
import type { AnswerOf, BodyOf, EndpointName, ParamsOf, QueryOf } from "@sotto/contract";
import type { Done } from "./client.ts";
import { ClientFault, done, refused } from "./done.ts";
import type { Ports } from "./ports.ts";

export type CallInput<Name extends EndpointName> = {
  readonly params?: ParamsOf<Name>;
  readonly query?: QueryOf<Name>;
  readonly body?: BodyOf<Name>;
  /** The mark of this device, where it goes along (decision 0042). */
  readonly mark?: string | null;
};

/** Asks the server one thing of the contract, with a session token or without. `signal` gives it up. */
export type Api = <Name extends EndpointName>(
  name: Name,
  input: CallInput<Name>,
  token: string | null,
  signal?: AbortSignal,
) => Promise<Done<AnswerOf<Name>>>;

/** The same, for whoever is signed in. */
export type Call = <Name extends EndpointName>(
  name: Name,
  input?: CallInput<Name>,
) => Promise<Done<AnswerOf<Name>>>;

const CALL_AGE_MS_MAX = 30_000;
/** A chunk of a file takes a minute over the slowest network that is still one. */
const OCTETS_AGE_MS_MAX = 180_000;
const TRIES_MAX = 4;
const WAIT_SECONDS_MAX = 90;

/**
 * Calls over the contract's table. A refusal comes back as a value; no network, or a server in trouble (5xx), is the
 * refusal `offline`. Whoever is signed in and asks too often waits as long as the server says, and asks again. Throws `bad-answer` when the server answers outside the contract.
 */
export function createApi(ports: Ports): Api {
  return async (name, input, token, signal) => {
    const endpoint = ENDPOINTS[name];
    const isAnswerOctets: boolean = endpoint.answer === Octets;
    const isOctets = isAnswerOctets || endpoint.body === Octets;
    const ask = () => send(ports, { ...endpoint, isOctets }, input, { token, signal });
    let response = await ask();
    for (let tries = 1; tries < TRIES_MAX && token !== null && response?.status === 429; tries += 1) {
      const waitMs = waitOf(response);
      if (waitMs === null) break;
      await pause(waitMs, signal);
      response = await ask();
    }
    if (response === null || response.status >= 500) return refused("offline");
    if (response.ok && isAnswerOctets) {
      const bytes = await response.arrayBuffer().catch(() => null);
      // An endpoint that answers octets has them as its AnswerOf.
      return bytes === null ? refused("offline") : done(new Uint8Array(bytes) as AnswerOf<typeof name>);
    }
    const body = await readJson(response);
    if (body === null) return refused("offline");
    if (response.ok) {
      const answer = endpoint.answer.safeParse(body.json);
      if (!answer.success) throw new ClientFault("bad-answer");
      // The schema that has just accepted it is the one that AnswerOf is made from.
      return done(answer.data as AnswerOf<typeof name>);
    }
    const no = RefusalBody.safeParse(body.json);
    if (!no.success) throw new ClientFault("bad-answer");
    return refused(no.data.refusal);
  };
}

/** How long the server says that one must wait; null where waiting makes no difference. */
const waitOf = (response: Response): number | null => {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return seconds >= 1 && seconds <= WAIT_SECONDS_MAX ? seconds * 1000 : null;
};

const pause = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);
    if (signal?.aborted === true) end();
  });

type Input = {
  readonly params?: object;
  readonly query?: object;
  readonly body?: unknown;
  readonly mark?: string | null;
};

const send = async (
  ports: Ports,
  endpoint: { readonly method: string; readonly path: string; readonly isOctets: boolean },
  input: Input,
  { signal, token }: { readonly token: string | null; readonly signal: AbortSignal | undefined },
): Promise<Response | null> => {
  const headers: Record<string, string> = {};
  const tooLate = AbortSignal.timeout(endpoint.isOctets ? OCTETS_AGE_MS_MAX : CALL_AGE_MS_MAX);
  if (token !== null) headers["authorization"] = `Bearer ${token}`;
  if (typeof input.mark === "string") headers["sotto-device"] = input.mark;
  const init: RequestInit = {
    method: endpoint.method,
    headers,
    signal: signal === undefined ? tooLate : AbortSignal.any([tooLate, signal]),
    cache: "no-store",
  };
  if (input.body instanceof Uint8Array) {
    headers["content-type"] = "application/octet-stream";
    // Whoever hands over bytes here has them in a buffer of their own.
    init.body = input.body as Uint8Array<ArrayBuffer>;
  } else if (input.body !== undefined && input.body !== null) {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(input.body);
  }
  try {
    return await ports.fetch(`${ports.origin}${pathOf(endpoint.path, input)}`, init);
  } catch {
    // Whatever kept the request from its answer: to the person, the server cannot be reached.
    return null;
  }
};

const pathOf = (path: string, input: Input): string => {
  const params = new Map(Object.entries(input.params ?? {}));
  const filled = path.replaceAll(/:([a-z]+)/g, (_, name: string) =>
    encodeURIComponent(String(params.get(name))),
  );
  const query = new URLSearchParams(
    Object.entries(input.query ?? {}).map(([key, value]) => [key, String(value)]),
  ).toString();
  return query === "" ? filled : `${filled}?${query}`;
};

const readJson = async (response: Response): Promise<{ readonly json: unknown } | null> => {
  let text: string;
  try {
    text = await response.text();
  } catch {
    return null;
  }
  try {
    return { json: JSON.parse(text) };
  } catch {
    throw new ClientFault("bad-answer");
  }
};
