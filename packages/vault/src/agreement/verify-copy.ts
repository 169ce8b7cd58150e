import type { Bytes } from "../codec/bytes.ts";
import { EVIDENCE_BYTES_MAX } from "./evidence-file.ts";
import { isPaper, PAPER_BYTES_MAX, verifyPaper } from "./paper.ts";
import { verifyEvidence } from "./verify-evidence.ts";
import type { AgreementEvidence } from "./verify-evidence.ts";

/** The largest copy that is read: an evidence file, or a PDF with one inside. */
export const COPY_BYTES_MAX = Math.max(EVIDENCE_BYTES_MAX, PAPER_BYTES_MAX);

/** Reads somebody's copy of an agreement, an evidence file or a sealed PDF, and checks every signature in it without asking anybody. Throws as `verifyEvidence` and `verifyPaper` do. */
export function verifyCopy(bytes: Bytes): Promise<AgreementEvidence> {
  return isPaper(bytes) ? verifyPaper(bytes) : verifyEvidence(bytes);
}
