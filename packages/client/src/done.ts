import type { ClientRefusal, Done } from "./client.ts";

/** What went wrong in the world, in one word: no network, an answer outside the contract, an account that was locked meanwhile. */
export type ClientFaultCode = "offline" | "bad-answer" | "closed";

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

/**
 * The value of an answer that the next step needs. Throws `closed` when the account was locked meanwhile and `offline`
 * for every other no: the step is taken again later, from the start.
 */
export function needed<Value>(answer: Done<Value>): Value {
  if (answer.kind === "done") return answer.value;
  throw new ClientFault(answer.refusal === "locked" ? "closed" : "offline");
}

/** Runs what a person asked for. No network, or an account that was locked meanwhile, is a no to them and not a fault. */
export async function answering<Value>(act: () => Promise<Done<Value>>): Promise<Done<Value>> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ClientFault) || error.code === "bad-answer") throw error;
    return refused(error.code === "closed" ? "locked" : "offline");
  }
}
