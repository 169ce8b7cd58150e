import { Agent, request } from "node:http";

// Connections stay open between requests, as a browser's do.
const agent = new Agent({ keepAlive: true });

/** What the client of a page asks of its server, carried over HTTP: the same as `fetch` does, for less than half of its time of a processor. */
export function askServer(url: URL, init: RequestInit): Promise<Response> {
  const { body, headers, method = "GET", signal } = init;
  if (body != null && typeof body !== "string" && !(body instanceof Uint8Array))
    throw new Error("a body that no client sends");
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        agent,
        method,
        headers: Object.fromEntries(new Headers(headers)),
        ...(signal == null ? {} : { signal }),
      },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on("data", (piece: Buffer) => pieces.push(piece));
        answer.on("error", reject);
        answer.on("end", () => {
          const names = answer.rawHeaders.filter((_, index) => index % 2 === 0);
          const pairs = names.map((name, index): [string, string] => [
            name,
            answer.rawHeaders[2 * index + 1] ?? "",
          ]);
          resolve(new Response(Buffer.concat(pieces), { status: answer.statusCode ?? 0, headers: pairs }));
        });
      },
    );
    asked.on("error", reject);
    asked.end(body ?? undefined);
  });
}
