/** A push service as browsers use one (RFC 8030): it checks who sends (RFC 8292) and keeps what came. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";

export interface ReceivedPush {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** What the sender's token claims; null when it was not signed by the key that the subscription belongs to. */
  readonly claims: Readonly<Record<string, unknown>> | null;
}

export interface PushService {
  /** As SOTTO_PUSH_HOSTS has it. */
  readonly origin: string;
  readonly pushes: readonly ReceivedPush[];
  readonly to: (endpoint: string) => readonly ReceivedPush[];
  /** A device subscribes with the server's key; answers its endpoint. */
  readonly subscribe: (publicKey: string) => string;
  /** From here on this device is answered with a status. */
  readonly answer: (endpoint: string, status: number) => void;
  readonly close: () => Promise<void>;
}

export async function openPushService(): Promise<PushService> {
  const pushes: ReceivedPush[] = [];
  const keys = new Map<string, string>();
  const answers = new Map<string, number>();
  const server = createServer((request, answer) => {
    void take(request).then((status) => answer.writeHead(status).end());
  });
  const take = async (request: IncomingMessage): Promise<number> => {
    const path = request.url ?? "";
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const claims = await readToken(request.headers.authorization ?? "", keys.get(path) ?? "");
    pushes.push({ path, headers: request.headers, body, claims });
    if (claims === null) return 403;
    return answers.get(path) ?? 201;
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const origin = `http://127.0.0.1:${String(typeof address === "object" && address !== null ? address.port : 0)}`;
  const pathOf = (endpoint: string) => new URL(endpoint).pathname;
  return {
    origin,
    pushes,
    to: (endpoint) => pushes.filter((push) => push.path === pathOf(endpoint)),
    subscribe: (publicKey) => {
      const path = `/push/${crypto.randomUUID()}`;
      keys.set(path, publicKey);
      return `${origin}${path}`;
    },
    answer: (endpoint, status) => {
      answers.set(pathOf(endpoint), status);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const fromBase64Url = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));

/** The claims of a VAPID token that this very key has signed, by WebCrypto: another implementation than the one that signs. */
async function readToken(authorization: string, publicKey: string): Promise<ReceivedPush["claims"]> {
  const [, token = "", named = ""] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? [];
  if (publicKey === "" || named !== publicKey) return null;
  const [head = "", claims = "", signature = ""] = token.split(".");
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("raw", fromBase64Url(publicKey), curve, false, ["verify"]);
  const isSigned = await crypto.subtle.verify(
    { name: "ECDSA", hash: "SHA-256" },
    key,
    fromBase64Url(signature),
    new TextEncoder().encode(`${head}.${claims}`),
  );
  // A JSON object, as every token's claims are.
  return isSigned
    ? (JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, unknown>)
    : null;
}
