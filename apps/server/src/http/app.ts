import { randomUUID } from "node:crypto";
import fastifyStatic from "@fastify/static";
import swagger from "@fastify/swagger";
import {
  ENDPOINTS,
  LIMITS,
  REFUSAL_STATUS,
  Octets,
  RefusalBody,
  type EndpointName,
  type RefusalKind,
} from "@sotto/contract";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { EvenNo } from "../steps/even-no.ts";
import type { Outcome, Session, World } from "../steps/world.ts";
import type { AddressReader } from "./client-address.ts";
import { headersOfInterface, headersOfPage, rawAnswer } from "./headers.ts";
import { limitRequests, type RequestLimits } from "./limit-requests.ts";
import type { RequestSeen } from "./request-line.ts";
import { ROUTES, type Asked } from "./routes.ts";

export interface AppOptions {
  readonly world: World;
  readonly origin: string;
  readonly webFolder: string | null;
  readonly findSession: (token: string) => Promise<Session | null>;
  /** From which network somebody comes; null where that cannot be told. */
  readonly addressOf: AddressReader;
  /** Every answered request. */
  readonly seen: (request: RequestSeen) => void;
  /** A fault of ours: its code, and the opaque id of the request that met it. */
  readonly fault: (code: string, id: string) => void;
}

/** A chunk of a file over the slowest network that is still one takes its client three minutes at most. */
const REQUEST_WITHIN_MS = 240_000;
const BEARER = /^Bearer ([A-Za-z0-9_-]{20,128})$/;

/** The http door: the contract's table as routes, the built page, and nothing else. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: LIMITS.bodyBytesMax,
    logger: false,
    genReqId: () => randomUUID(),
    trustProxy: false,
    requestTimeout: REQUEST_WITHIN_MS,
    // An address that cannot be read meets no route and no hook: without this it would be said back, and without our headers.
    frameworkErrors: (_error, _request, reply) => {
      for (const [name, value] of headersOfInterface(options.origin)) reply.header(name, value);
      void answerRefusal(reply, "malformed");
    },
    clientErrorHandler: (_error, socket) => {
      if (!socket.writable) return void socket.destroy();
      // Whoever keeps their half open would keep the connection.
      socket.end(rawAnswer("400 Bad Request", options.origin, { refusal: "malformed" }), () =>
        socket.destroy(),
      );
    },
  });
  const limits = limitRequests(options.world, options.addressOf);
  const begin = (request: FastifyRequest): void => {
    begun.get(request)?.letGo();
    begun.set(request, options.world.beginNo());
  };
  app.addHook("onRequest", async (request, reply) => {
    begin(request);
    const waitMs = limits.beforeStranger(request, endpointOf(request));
    if (waitMs > 0) await answerTooSoon(reply, waitMs);
  });
  // Whoever sends the body late has asked only then: nothing has been looked up for it yet.
  app.addHook("preValidation", async (request) => begin(request));
  const [ofInterface, ofPage] = [headersOfInterface(options.origin), headersOfPage(options.origin)];
  app.addHook("onSend", async (request, reply) => {
    const headers = isOfInterface(request) ? ofInterface : ofPage;
    for (const [name, value] of headers) reply.header(name, value);
  });
  app.addHook("onResponse", async (request, reply) => {
    begun.get(request)?.letGo();
    options.seen({
      endpoint: endpointOf(request),
      method: request.method,
      route: request.routeOptions.url ?? "-",
      status: reply.statusCode,
      ms: reply.elapsedTime,
      id: request.id,
    });
  });
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal === null) options.fault(codeOf(error), request.id);
    return refusal === null ? reply.status(500).send({ fault: request.id }) : answerRefusal(reply, refusal);
  });
  await addContract(app, (name) => answerFrom(name, options, limits));
  await addPage(app, options);
  return app;
}

/** What is answered alike for a name that somebody has and for one that nobody has. */
const LIKE_A_NO: ReadonlySet<string> = new Set<EndpointName>(["signInPassphraseStart"]);

/** When each request was asked, for its no. */
const begun = new WeakMap<FastifyRequest, EvenNo>();

/** Whether a request is for programs: whatever it is answered, it is no page. */
const isOfInterface = (request: FastifyRequest): boolean => request.url.startsWith("/v1/");

/** The name of the contract's endpoint that a request met; `page` for anything else. */
function endpointOf(request: FastifyRequest): string {
  const schema: unknown = request.routeOptions.schema;
  const isNamed = typeof schema === "object" && schema !== null && "operationId" in schema;
  return isNamed ? String(schema.operationId) : "page";
}

interface Answering {
  /** Before anything of the request is read: whoever is not signed in gets one answer, whatever they sent. */
  readonly admit: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly answer: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
}

/** Every endpoint of the contract as a checked route, and the document that describes them. */
export async function addContract(
  app: FastifyInstance,
  answering: (name: EndpointName) => Answering,
): Promise<void> {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(swagger, { openapi: { info: DOCUMENT }, transform: jsonSchemaTransform });
  await app.register(async (scope) => {
    const whole = { parseAs: "buffer", bodyLimit: LIMITS.storedChunkBytesMax } as const;
    scope.addContentTypeParser(OCTETS, whole, (_request, body, parsed) => parsed(null, body));
    for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
      // The names are the keys of this very table.
      const { admit, answer } = answering(name as EndpointName);
      const { vault = false }: { auth: string; vault?: boolean } = endpoint;
      scope.route({
        method: endpoint.method,
        url: endpoint.path,
        ...(vault ? { bodyLimit: LIMITS.vaultBodyBytesMax } : {}),
        schema: {
          operationId: name,
          summary: endpoint.says,
          params: endpoint.params,
          querystring: endpoint.query,
          ...(endpoint.body === null ? {} : { body: endpoint.body }),
          ...(endpoint.body === Octets ? { consumes: [OCTETS] } : {}),
          response: { 200: answerOf(endpoint.answer), "4xx": RefusalBody },
        },
        onRequest: admit,
        handler: answer,
      });
    }
  });
}

const OCTETS = "application/octet-stream";

const answerOf = (answer: (typeof ENDPOINTS)[EndpointName]["answer"]) =>
  answer === Octets ? { content: { [OCTETS]: { schema: answer } } } : answer;

const DOCUMENT = {
  title: "Sotto",
  version: "1",
  description:
    "What a Sotto server answers. Bytes are base64url; ids are UUID text; times are milliseconds since 1970.",
};

function answerFrom(
  name: EndpointName,
  { world, findSession }: AppOptions,
  limits: RequestLimits,
): Answering {
  const { auth, custodian = false }: { auth: string; custodian?: boolean } = ENDPOINTS[name];
  // One entry of a table that is total by type; which one is not a literal here.
  const run = ROUTES[name] as (world: World, asked: Asked<never>) => Promise<Outcome<unknown>>;
  const sessions = new WeakMap<FastifyRequest, Session>();
  return {
    admit: async (request, reply) => {
      const token = auth === "none" ? "" : tokenOf(request);
      const tooSoonMs = token === "" ? 0 : limits.beforeToken(request, token);
      if (tooSoonMs > 0) return void (await answerTooSoon(reply, tooSoonMs));
      const session = token === "" ? null : await findSession(token);
      const isUnknown = token !== "" && session === null;
      const unknownMs = isUnknown ? limits.tokenUnknown(request, token) : 0;
      const waitMs = session === null ? unknownMs : limits.beforeSession(session);
      if (waitMs > 0) return void (await answerTooSoon(reply, waitMs));
      const isBeyond = session?.standing === "custodian" && !custodian;
      if (isBeyond) await answerRefusal(reply, "not-allowed");
      else if (session !== null) sessions.set(request, session);
      else if (auth === "session") await answerRefusal(reply, "not-signed-in");
    },
    answer: async (request, reply) => {
      const { params, query, body = null } = request;
      const session = sessions.get(request) ?? null;
      // The schemas of this very endpoint have just accepted them.
      const asked = {
        params,
        query,
        body,
        session,
        token: tokenOf(request),
        from: limits.fromOf(request),
      } as unknown as Asked<never>;
      const outcome = await run(world, asked);
      if (outcome.kind === "refused") {
        const { againAfterMs, refusal } = outcome;
        limits.refused(request, name, refusal);
        return againAfterMs === undefined
          ? answerRefusal(reply, refusal)
          : answerTooSoon(reply, againAfterMs);
      }
      const { value } = outcome;
      if (LIKE_A_NO.has(name)) await begun.get(request)?.due();
      if (isSession(value)) limits.opened(value.token);
      return value instanceof Uint8Array ? reply.type(OCTETS).send(asBuffer(value)) : reply.send(value);
    },
  };
}

/** Whether an endpoint answers with a session, as all those do by which somebody comes in. */
const isSession = (value: unknown): value is { readonly token: string } =>
  typeof value === "object" && value !== null && "token" in value && typeof value.token === "string";

/** What Fastify sends as it is: the same bytes, seen as Node's kind. */
const asBuffer = ({ buffer, byteLength, byteOffset }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

function tokenOf(request: FastifyRequest): string {
  return BEARER.exec(request.headers.authorization ?? "")?.[1] ?? "";
}

/** Said no sooner than any other no. */
async function answerRefusal(reply: FastifyReply, refusal: RefusalKind): Promise<FastifyReply> {
  await begun.get(reply.request)?.due();
  return reply.status(REFUSAL_STATUS[refusal]).send({ refusal });
}

/** In whole seconds, as the header has it. */
function answerTooSoon(reply: FastifyReply, waitMs: number): Promise<FastifyReply> {
  return answerRefusal(reply.header("retry-after", Math.ceil(waitMs / 1000)), "too-many-requests");
}

/** What a thrown thing means to whoever asked; null for a fault of ours. */
function refusalOf(error: unknown): RefusalKind | null {
  const code = codeOf(error);
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return "too-large";
  // Bytes that are not what they claim to be, and requests that the schema or the parser refused.
  if (code === "malformed" || code === "FST_ERR_VALIDATION" || code.startsWith("FST_ERR_CTP"))
    return "malformed";
  const status =
    typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : 500;
  return typeof status === "number" && status >= 400 && status < 500 ? "malformed" : null;
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : "unknown";
}

/** A guard never changes under its name; the bytes that a browser looked at are those that it runs. */
const GUARD = /[\\/]guard-[0-9a-f]{16}\.js$/;

async function addPage(app: FastifyInstance, { webFolder }: AppOptions): Promise<void> {
  const notHere = (reply: FastifyReply) => answerRefusal(reply, "not-here");
  if (webFolder === null) {
    app.setNotFoundHandler((_request, reply) => notHere(reply));
    return;
  }
  await app.register(fastifyStatic, {
    root: webFolder,
    cacheControl: false,
    // The build has put them there (`.br`, `.gz`).
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header(
        "cache-control",
        path.includes("/assets/") || GUARD.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
      );
    },
  });
  app.setNotFoundHandler((request, reply) =>
    request.method === "GET" && !request.url.startsWith("/v1/") && !request.url.includes(".")
      ? reply.header("cache-control", "no-cache").sendFile("index.html")
      : notHere(reply),
  );
}
