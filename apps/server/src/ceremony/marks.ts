import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A mark says that a device has signed in to an account before, and opens nothing (decision 0042). */
export interface Marks {
  readonly make: (account: string, now: number) => string;
  /** The account that it was made for. Null for anything that this server did not make, or made too long ago. */
  readonly read: (mark: string, now: number) => string | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const GOOD_DAYS = 180;
const FORM = /^([0-9a-f-]{36})\.([0-9]{1,7})\.([A-Za-z0-9_-]{43})$/;

/** A new key for marks: made once and kept. */
export const makeMarkKey = (): string => randomBytes(32).toString("base64url");

export function makeMarks(key: string): Marks {
  const sign = (account: string, until: number): string =>
    createHmac("sha256", key)
      .update(`sotto/device-mark/1\0${account}.${String(until)}`)
      .digest("base64url");
  const dayOf = (now: number): number => Math.floor(now / DAY_MS);
  return {
    make: (account, now) => {
      const until = dayOf(now) + GOOD_DAYS;
      return `${account}.${String(until)}.${sign(account, until)}`;
    },
    read: (mark, now) => {
      const [, account = "", until = "", proof = ""] = FORM.exec(mark) ?? [];
      if (account === "" || Number(until) < dayOf(now)) return null;
      return timingSafeEqual(Buffer.from(proof), Buffer.from(sign(account, Number(until)))) ? account : null;
    },
  };
}
