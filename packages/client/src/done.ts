import type { ClientRefusal, Done } from "./client.ts";

/** What went wrong in the world, in one word: no network, an answer outside the contract, local bytes that are damaged. */
export type ClientFaultCode = "offline" | "bad-answer" | "damaged" | "closed";

/** The one error class of this package. Never carries content, names or keys. */
export class ClientFault extends Error {
  override readonly name = "ClientFault";
  readonly code: ClientFaultCode;
  constructor(code: ClientFaultCode) {
    super(code);
    this.code = code;
  }
}

export type Refused = { readonly kind: "refused"; readonly refusal: ClientRefusal };

export function done<Value>(value: Value): {
  readonly kind: "done";
  readonly value: Value;
} {
  return { kind: "done", value };
}

export const DONE: Done = done(null);

export function refused(refusal: ClientRefusal): Refused {
  return { kind: "refused", refusal };
}
