import type { RefusalKind } from "@sotto/contract";

/** A no that an action can answer: the server's, or one of the client's own. */
export type ClientRefusal =
  | RefusalKind
  | "offline"
  | "cancelled"
  | "no-prf"
  | "wrong-factor"
  | "weak-parameters"
  | "sheet-mistyped"
  | "sheet-not-proved"
  | "device-in-use"
  | "invitation-unreadable"
  | "inviter-unverified"
  | "contact-taken"
  | "contact-taken-by-minor"
  | "address-malformed"
  | "empty"
  | "too-long"
  | "too-late"
  | "sent-already"
  | "not-a-keeper"
  | "room-open"
  | "file-unreadable"
  | "file-too-large"
  | "file-damaged"
  | "device-full"
  | "code-changed"
  | "nothing-proved"
  | "nobody-else"
  | "custodian-unreadable"
  | "custodian-ended"
  | "locked";
