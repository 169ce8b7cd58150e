import * as z from "zod/mini";

/**
 * Every no the server was designed to say, with its status. "Not there" and "not yours" are one refusal on purpose: `not-here`.
 */
export const REFUSAL_STATUS = {
  malformed: 400,
  "not-signed-in": 401,
  "sign-in-failed": 401,
  "not-allowed": 403,
  "not-here": 404,
  "setup-code-invalid": 404,
  "invitation-used": 409,
  "invitation-expired": 409,
  "invitation-revoked": 409,
  "already-signed-in": 409,
  "stale-epoch": 409,
  "stale-identity": 409,
  "stale-version": 409,
  "event-refused": 409,
  "chunks-missing": 409,
  "last-factor": 409,
  "room-closed": 409,
  "room-ended": 409,
  "still-in-rooms": 409,
  "name-taken": 409,
  "attempt-expired": 409,
  "mail-off": 409,
  "code-wrong": 409,
  "address-taken": 409,
  "push-unknown": 409,
  "not-delivered": 409,
  "too-large": 413,
  "too-many": 429,
  "too-many-requests": 429,
} as const;

export type RefusalKind = keyof typeof REFUSAL_STATUS;

export const REFUSAL_KINDS = [
  "malformed",
  "not-signed-in",
  "sign-in-failed",
  "not-allowed",
  "not-here",
  "setup-code-invalid",
  "invitation-used",
  "invitation-expired",
  "invitation-revoked",
  "already-signed-in",
  "stale-epoch",
  "stale-identity",
  "stale-version",
  "event-refused",
  "chunks-missing",
  "last-factor",
  "room-closed",
  "room-ended",
  "still-in-rooms",
  "name-taken",
  "attempt-expired",
  "mail-off",
  "code-wrong",
  "address-taken",
  "push-unknown",
  "not-delivered",
  "too-large",
  "too-many",
  "too-many-requests",
] as const satisfies readonly RefusalKind[];

export const RefusalBody = z.strictObject({ refusal: z.enum(REFUSAL_KINDS) });
