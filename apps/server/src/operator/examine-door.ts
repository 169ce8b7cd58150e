import { countsNobody, type Config } from "../config/read-config.ts";
import { broken, look, ok, type Symptom } from "./symptom.ts";

const ANSWER_WITHIN_MS = 10_000;
const CLOCK_APART_MAX_MS = 60_000;
/** What one request may hold at most, nearly: a proxy that lets less through breaks the saving of vaults and files. */
const BODY_BYTES = 2_000_000;

/**
 * Asks our own public address, the way people's browsers come: whether the answer is Sotto's, whether the live connection and large requests pass the
 * proxy, whether TLS is pinned to, and what time the proxy has. Nobody else is asked anything.
 */
export async function examineDoor(config: Config, now: () => number): Promise<readonly Symptom[]> {
  const { isOriginSet, origin } = config;
  if (!isOriginSet) return [];
  let health: Response;
  try {
    health = await fetch(`${origin}/v1/health`, {
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  } catch (error) {
    return [unreachable(origin, error)];
  }
  if (health.status !== 200 || !isHealth(await health.json().catch(() => null)))
    return [
      broken(
        "public address",
        `${origin} answers ${String(health.status)}, and it is not Sotto`,
        "Look whether Sotto runs, and where the proxy leads: to the address of SOTTO_HOST and SOTTO_PORT.",
      ),
    ];
  return [
    ok("public address", `${origin} leads to Sotto`),
    examineTransport(origin, health),
    examineDate(health, now),
    await examineBody(origin),
    await examineLive(origin),
    examineLimits(config),
  ];
}

function examineLimits(config: Config): Symptom {
  return countsNobody(config)
    ? look(
        "limits",
        "everybody seems to come from the reverse proxy, so people who are not signed in are not counted",
        "Name the proxy in SOTTO_PROXY, like 127.0.0.1: see docs/operator.md.",
      )
    : ok(
        "limits",
        config.limits.proxies.length === 0
          ? "this machine alone"
          : "people are counted by what the proxy says in X-Forwarded-For; see that it says it",
      );
}

function unreachable(origin: string, error: unknown): Symptom {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no answer";
  return broken(
    "public address",
    `${origin} cannot be reached from here (${code})`,
    /CERT|SSL|TLS|SELF_SIGNED/.test(code)
      ? "The certificate is not good: look at the proxy's, its dates and its chain."
      : "Look at the name in DNS, at the firewall, and whether the proxy runs.",
  );
}

function isHealth(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === true;
}

function examineTransport(origin: string, { headers }: Response): Symptom {
  if (!origin.startsWith("https:")) return ok("transport", "this machine alone, without TLS");
  return headers.has("strict-transport-security")
    ? ok("transport", "TLS, and browsers are told to insist on it")
    : look(
        "transport",
        "TLS, but browsers are not told to insist on it",
        "Sotto sends the header Strict-Transport-Security: let the proxy pass it on.",
      );
}

function examineDate({ headers }: Response, now: () => number): Symptom {
  const said = Date.parse(headers.get("date") ?? "");
  const apart = Math.abs(said - now());
  if (Number.isNaN(said))
    return look("proxy clock", "the proxy sends no date", "Let it send the header Date.");
  return apart > CLOCK_APART_MAX_MS
    ? broken(
        "proxy clock",
        `${String(Math.round(apart / 1000))} seconds away from this one`,
        "Set both by the network (on Debian: timedatectl set-ntp true).",
      )
    : ok("proxy clock", "agrees with this one");
}

/** Sotto refuses these bytes in its own words; a proxy that does not let them through answers itself. */
async function examineBody(origin: string): Promise<Symptom> {
  const answer = await fetch(`${origin}/v1/setup/check`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: "0".repeat(BODY_BYTES) }),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch(() => null);
  const said: unknown = await answer?.json().catch(() => null);
  return typeof said === "object" && said !== null && "refusal" in said
    ? ok("large requests", "pass")
    : broken(
        "large requests",
        "do not pass the proxy",
        "Let it pass bodies of 2 MB (nginx: client_max_body_size 2m).",
      );
}

function examineLive(origin: string): Promise<Symptom> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${origin.replace(/^http/, "ws")}/v1/live`);
    const end = (symptom: Symptom) => {
      clearTimeout(patience);
      socket.close();
      resolve(symptom);
    };
    const failed = broken(
      "live connection",
      "does not pass the proxy",
      "Let it pass WebSocket upgrades for /v1/live: see docs/operator.md.",
    );
    const patience = setTimeout(() => end(failed), ANSWER_WITHIN_MS);
    socket.addEventListener("open", () => socket.send(JSON.stringify({ kind: "ping" })));
    socket.addEventListener("message", () => end(ok("live connection", "passes")));
    socket.addEventListener("error", () => end(failed));
  });
}
