import type { RefusalKind } from "@sotto/contract";

/** A refusal inside a transaction, so that what was written before it is undone. Caught where the transaction ends. */
export class Undo extends Error {
  override readonly name = "Undo";
  readonly refusal: RefusalKind;
  constructor(refusal: RefusalKind) {
    super(refusal);
    this.refusal = refusal;
  }
}
