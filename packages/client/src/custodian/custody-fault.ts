import type { ClientRefusal } from "../client.ts";

/**
 * Why a custodian goes no further. `refused`: the server said no, with the reason beside it. `not-in-room`: what the server shows of the room
 * does not hold the opening, or does not follow. `not-in-log`: the key log does not hold it, so that not everybody would see it.
 * `not-accepted`: something would be read that was not opened. `no-reader`: it is no reader of that room. `damaged`: a file is not what was sent.
 */
export type CustodyFaultCode =
  | "refused"
  | "not-in-room"
  | "not-in-log"
  | "not-accepted"
  | "no-reader"
  | "damaged";

export class CustodyFault extends Error {
  override readonly name = "CustodyFault";
  readonly code: CustodyFaultCode;
  readonly refusal: ClientRefusal | null;
  constructor(code: CustodyFaultCode, refusal: ClientRefusal | null = null) {
    super(refusal === null ? code : `${code} ${refusal}`);
    this.code = code;
    this.refusal = refusal;
  }
}
