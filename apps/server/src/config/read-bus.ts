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
    throw new ConfigFault(
      "SOTTO_BUS must be a NATS server, like tls://name:password@nats.example.org:4222 or nats://127.0.0.1:4222.",
    );
  if (url.protocol === "nats:" && !LOOPBACK.includes(url.hostname))
    throw new ConfigFault(
      "SOTTO_BUS must begin with tls: a NATS server on another machine hears which rooms are written in.",
    );
  const user = url.username === "" ? null : decodeURIComponent(url.username);
  return {
    host: url.hostname,
    port: url.port === "" ? PORT : Number(url.port),
    isSealed: url.protocol === "tls:",
    user,
    password: user === null ? null : decodeURIComponent(url.password),
  };
}
