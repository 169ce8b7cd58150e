import { ENDPOINTS, type EndpointName, type RefusalKind } from "@sotto/contract";
import type { FastifyRequest } from "fastify";
import type { From, Limiter } from "../steps/limiter.ts";
import type { Session, World } from "../steps/world.ts";
import type { AddressReader } from "./client-address.ts";

/** Where somebody comes in, or tries to. */
const ENTRANCES: ReadonlySet<string> = new Set<EndpointName>([
  "checkSetupCode",
  "openInvitation",
  "enrolPasskeyOptions",
  "enrolPassphraseStart",
  "enrol",
  "signInPasskeyOptions",
  "signInPasskey",
  "signInPassphraseStart",
  "signInPassphrase",
  "signInRecovery",
  "startCustody",
  "openCustody",
]);

/** What an entrance says to whoever guessed. */
const GUESSED: ReadonlySet<RefusalKind> = new Set<RefusalKind>([
  "sign-in-failed",
  "not-here",
  "setup-code-invalid",
]);

/** The limits as the http door applies them. Waits are in milliseconds; 0 is go on. */
export interface RequestLimits {
  readonly fromOf: (request: FastifyRequest) => From;
  /** Before anything of a request without a session is looked at. */
  readonly beforeStranger: (request: FastifyRequest, endpoint: string) => number;
  /** Before a token is looked up. */
  readonly beforeToken: (request: FastifyRequest, token: string) => number;
  /** After it was looked up, and is none. */
  readonly tokenUnknown: (request: FastifyRequest, token: string) => number;
  /** Before what somebody asks who is signed in. */
  readonly beforeSession: (session: Session) => number;
  /** An endpoint has handed out a session: its first request is no stranger's. */
  readonly opened: (token: string) => void;
  /** An endpoint has refused. */
  readonly refused: (request: FastifyRequest, endpoint: EndpointName, refusal: RefusalKind) => void;
}

export function limitRequests(
  { limiter, marks, now }: Pick<World, "limiter" | "marks" | "now">,
  addressOf: AddressReader,
): RequestLimits {
  const known = new WeakMap<FastifyRequest, From>();
  const fromOf = (request: FastifyRequest): From => {
    const from = known.get(request) ?? {
      network: addressOf(request.socket.remoteAddress, request.headers["x-forwarded-for"]),
      knownTo: marks.read(oneOf(request.headers["sotto-device"]), now()),
    };
    known.set(request, from);
    return from;
  };
  return {
    fromOf,
    beforeStranger: (request, endpoint) => {
      if (isForSessions(endpoint)) return 0;
      return limiter.stranger(fromOf(request)) || entranceWait(limiter, fromOf(request), endpoint);
    },
    beforeToken: (request, token) => limiter.token(fromOf(request), token),
    tokenUnknown: (request, token) => limiter.tokenFailed(fromOf(request), token),
    beforeSession: (session) => limiter.session(session),
    opened: (token) => limiter.opened(token),
    refused: (request, endpoint, refusal) => {
      if (ENTRANCES.has(endpoint) && GUESSED.has(refusal)) limiter.entranceFailed(fromOf(request));
    },
  };
}

function entranceWait(limiter: Limiter, from: From, endpoint: string): number {
  return ENTRANCES.has(endpoint) ? limiter.entrance(from) : 0;
}

function isForSessions(endpoint: string): boolean {
  const all: { readonly [name: string]: { readonly auth: string } } = ENDPOINTS;
  return all[endpoint]?.auth === "session";
}

const oneOf = (header: string | readonly string[] | undefined): string =>
  typeof header === "string" ? header : "";
