import type { PaperFault } from "./paper.ts";

/** What the worker answers to a paper: the PDF, or in one word why there is none. */
export type FromPdfWorker =
  | { readonly kind: "made"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "fault"; readonly code: PaperFault["code"] | "unexpected" };
