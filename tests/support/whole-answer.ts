/** An answer of the http door as somebody sees it who looks at every byte of it. */
import { request as ask, type Agent } from "node:http";
import { ENDPOINTS, type EndpointName } from "@sotto/contract";

export interface Wish {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface WholeAnswer {
  readonly status: string;
  /** Names and values in the order in which they came; the date only as a form. */
  readonly headers: readonly string[];
  readonly body: string;
}

const DATE = /^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$/;

/** Asks one endpoint, on a connection of its own or one that `agent` keeps. */
export function askWhole(
  origin: string,
  name: EndpointName,
  { agent, token, wish }: { readonly token: string | null; readonly wish: Wish; readonly agent?: Agent },
): Promise<WholeAnswer> {
  const { method, path } = ENDPOINTS[name];
  const filled = path.replaceAll(/:([a-z]+)/g, (_, key: string) => wish.params?.[key] ?? "");
  const query = wish.query === undefined ? "" : `?${new URLSearchParams(wish.query).toString()}`;
  const isOctets = wish.body instanceof Uint8Array;
  const sent =
    wish.body === undefined
      ? null
      : isOctets
        ? Buffer.from(wish.body)
        : Buffer.from(JSON.stringify(wish.body));
  return new Promise((resolve, reject) => {
    const going = ask(
      `${origin}${filled}${query}`,
      {
        method,
        agent: agent ?? false,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(sent === null
            ? {}
            : {
                "content-type": isOctets ? "application/octet-stream" : "application/json",
                "content-length": sent.length,
              }),
        },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({
            status: `${String(answer.statusCode)} ${answer.statusMessage ?? ""}`,
            headers: headersOf(answer.rawHeaders),
            body: Buffer.concat(parts).toString("utf8"),
          }),
        );
      },
    );
    going.on("error", reject);
    going.end(sent ?? undefined);
  });
}

function headersOf(raw: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const [name = "", value = ""] = [raw[at], raw[at + 1]];
    lines.push(`${name}: ${name.toLowerCase() === "date" && DATE.test(value) ? "a date" : value}`);
  }
  return lines;
}

/** The same answer with what is drawn by lot each time put as its length: for answers that must have one form. */
export function formOf(answer: WholeAnswer): WholeAnswer {
  const body = answer.body.replaceAll(
    /"([A-Za-z0-9_-]{20,})"/g,
    (_, drawn: string) => `"${String(drawn.length)} characters"`,
  );
  return { ...answer, body };
}

export const refusalIn = ({ body }: WholeAnswer): string | null =>
  /^\{"refusal":"([a-z-]+)"\}$/.exec(body)?.[1] ?? null;
