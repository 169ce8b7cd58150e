import { isIP } from "node:net";
import { ConfigFault } from "./config-fault.ts";

/** What tells networks apart, and how much of each is taken. */
export interface LimitSettings {
  /** Addresses and networks of proxies whose word about addresses counts. */
  readonly proxies: readonly string[];
  /** How many times the usual is allowed. */
  readonly times: number;
}

const TIMES_MAX = 100;

/** Reads the settings of limits. Throws `ConfigFault` naming the setting and what it must be. */
export function readLimitSettings(env: { readonly [name: string]: string | undefined }): LimitSettings {
  const times = env["SOTTO_LIMITS"] ?? "1";
  if (!/^[0-9]{1,3}$/.test(times) || Number(times) < 1 || Number(times) > TIMES_MAX)
    throw new ConfigFault(
      `SOTTO_LIMITS must be a whole number from 1 to ${String(TIMES_MAX)}: how many times the usual limits are allowed.`,
    );
  const proxies = (env["SOTTO_PROXY"] ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  if (!proxies.every(isNetwork))
    throw new ConfigFault(
      "SOTTO_PROXY must be addresses of reverse proxies in numbers with commas between, like 127.0.0.1 or 10.0.0.0/24.",
    );
  return { proxies, times: Number(times) };
}

/** A network of everybody is none that could be trusted. */
function isNetwork(entry: string): boolean {
  const [address = "", bits, ...more] = entry.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  if (bits === undefined) return true;
  const most = family === 4 ? 32 : 128;
  return /^[0-9]{1,3}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= most;
}
