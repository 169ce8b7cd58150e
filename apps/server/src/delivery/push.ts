import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from "jose";
import type { Delivery } from "./delivery.ts";

/** Wakes one device through the push service of its browser, without saying anything (RFC 8030, RFC 8292). */
export interface Push {
  /** What browsers tie their subscriptions to: an uncompressed P-256 point, base64url. */
  readonly publicKey: string;
  /** Whether a push may go to this address at all. It came from a client, so that only known push services are called, and nothing inside a network. */
  readonly mayReach: (endpoint: string) => boolean;
  /** `liveMs`: how long a push service may wait for a device that is off. */
  readonly send: (endpoint: string, liveMs: number) => Promise<Delivery>;
}

/** The push services of Chromium, Firefox, Safari and Windows. An asterisk stands for one or more labels. */
const KNOWN_HOSTS = [
  "fcm.googleapis.com",
  "*.push.services.mozilla.com",
  "*.push.apple.com",
  "*.notify.windows.com",
];
const WITHIN_MS = 15_000;
const TOKEN_AGE_S = 12 * 60 * 60;
/** A newer push takes the place of one that still waits for its device. */
const TOPIC = "n";

/** A new key of this server, as text to be kept. */
export async function makePushKey(): Promise<string> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  return JSON.stringify(await exportJWK(privateKey));
}

/** `hosts`: further origins that an operator allows, like `https://push.example.org`. */
export async function makePush(settings: {
  readonly key: string;
  readonly subject: string;
  readonly hosts: readonly string[];
  readonly now: () => number;
}): Promise<Push> {
  // Made by makePushKey and kept by us alone.
  const jwk = JSON.parse(settings.key) as JWK;
  const key = await importJWK(jwk, "ES256");
  const publicKey = Buffer.concat([
    Buffer.of(4),
    Buffer.from(jwk.x ?? "", "base64url"),
    Buffer.from(jwk.y ?? "", "base64url"),
  ]).toString("base64url");
  const mayReach = (endpoint: string): boolean => {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
    if (url === null || url.username !== "" || url.password !== "") return false;
    if (settings.hosts.includes(url.origin)) return true;
    return (
      url.protocol === "https:" && url.port === "" && KNOWN_HOSTS.some((host) => fits(host, url.hostname))
    );
  };
  return {
    publicKey,
    mayReach,
    send: async (endpoint, liveMs) => {
      if (!mayReach(endpoint)) return "failed";
      const token = await new SignJWT()
        .setProtectedHeader({ alg: "ES256", typ: "JWT" })
        .setAudience(new URL(endpoint).origin)
        .setSubject(settings.subject)
        .setExpirationTime(Math.floor(settings.now() / 1000) + TOKEN_AGE_S)
        .sign(key);
      const headers = {
        authorization: `vapid t=${token}, k=${publicKey}`,
        ttl: String(Math.floor(liveMs / 1000)),
        urgency: "normal",
        topic: TOPIC,
      };
      return post(endpoint, headers);
    },
  };
}

const fits = (host: string, hostname: string): boolean =>
  host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host;

async function post(endpoint: string, headers: Record<string, string>): Promise<Delivery> {
  try {
    const answer = await fetch(endpoint, {
      method: "POST",
      headers,
      // A known service does not send anybody elsewhere; where it did, nobody has checked.
      redirect: "manual",
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    await answer.body?.cancel();
    if (answer.status === 404 || answer.status === 410) return "gone";
    return answer.ok ? "sent" : "failed";
  } catch {
    return "failed";
  }
}
