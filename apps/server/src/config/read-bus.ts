import type { NatsPlace } from "../bus/nats-bus.ts";
import { ConfigFault } from "./config-fault.ts";

const PORT = 4222;
const LOOPBACK = ["127.0.0.1", "[::1]", "localhost"];

/** Reads where the bus is. Null when there is none. Throws `ConfigFault`, which never quotes the setting: it may hold a password. */
export function readBus(text: string | undefined): NatsPlace | null {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isNats = url?.protocol === "nats:" || url?.protocol === "tls:";
  const isBare = ["", "/"].includes(url?.pathname ?? "") && url?.search === "" && url.hash === "";
  if (
    url === null ||
    !isNats ||
    !isBare ||
    url.hostname === "" ||
    (url.username === "" && url.password !== "")
  )
    throw unusable();
  if (url.protocol === "nats:" && !LOOPBACK.includes(url.hostname))
    throw new ConfigFault(
      "SOTTO_BUS must begin with tls: a NATS server on another machine hears which rooms are written in.",
    );
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if (user === null || password === null) throw unusable();
  return {
    host: url.hostname,
    port: url.port === "" ? PORT : Number(url.port),
    isSealed: url.protocol === "tls:",
    user: user === "" ? null : user,
    password: user === "" ? null : password,
  };
}

const unusable = (): ConfigFault =>
  new ConfigFault(
    "SOTTO_BUS must be a NATS server, like tls://name:password@nats.example.org:4222 or nats://127.0.0.1:4222.",
    "A percent sign in the name or the password is written as %25.",
  );

/** What stands in an address in percents; null where one is no number. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
