import * as z from "zod/mini";
import { LIMITS } from "../limits.ts";
import { Base64, Id, Millis } from "../scalars.ts";
import { SignInName } from "./account.ts";

/** What a device says of itself, sealed by its client for this account's own clients (docs/formats/envelope.md). */
export const SealedDeviceNote = Base64(LIMITS.deviceNoteBytesMax);

/** One session of an account. `session` names it and opens nothing. */
export const SessionLine = z.strictObject({
  session: Id,
  isThis: z.boolean(),
  /** The factor it came in by; null when that is gone. */
  factor: z.nullable(
    z.strictObject({
      kind: z.enum(["passkey", "passphrase", "recovery"]),
      name: z.nullable(SignInName),
    }),
  ),
  createdAt: Millis,
  /** To the hour. */
  seenAt: Millis,
  endedAt: z.nullable(Millis),
  note: z.nullable(SealedDeviceNote),
});
