import { judgeEvidence, type Evidence, type EvidenceVerdict } from "@sotto/domain";
import { EVIDENCE_BYTES_MAX, VaultFault, verifyEvidence } from "@sotto/vault/public";
import type { AgreementEvidence, Bytes, VaultFaultCode } from "@sotto/vault/public";

/** The largest evidence file that is looked at. */
export const AGREEMENT_FILE_BYTES_MAX = EVIDENCE_BYTES_MAX;

/** What an evidence file proves, and what it was read from; or in one word why it proves nothing. */
export type VerifiedAgreement =
  | { readonly kind: "verified"; readonly evidence: AgreementEvidence; readonly verdict: EvidenceVerdict }
  | { readonly kind: "refused"; readonly why: VaultFaultCode };

/** Checks the evidence file of an agreement by itself: asks no store, no clock and no network. */
export async function verifyAgreementFile(bytes: Bytes): Promise<VerifiedAgreement> {
  const evidence = await evidenceIn(bytes);
  if (typeof evidence === "string") return { kind: "refused", why: evidence };
  // The two say the same but for brands, which the ids that were just read from bytes have in the compiler alone.
  const verdict = judgeEvidence(evidence as unknown as Evidence);
  return verdict === null ? { kind: "refused", why: "malformed" } : { kind: "verified", evidence, verdict };
}

async function evidenceIn(bytes: Bytes): Promise<AgreementEvidence | VaultFaultCode> {
  try {
    return await verifyEvidence(bytes);
  } catch (error) {
    if (error instanceof VaultFault) return error.code;
    throw error;
  }
}
