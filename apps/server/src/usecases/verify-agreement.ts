import { judgeEvidence, type Evidence, type EvidenceVerdict } from "@sotto/domain";
import { COPY_BYTES_MAX, VaultFault, verifyCopy } from "@sotto/vault/public";
import type { AgreementEvidence, Bytes, VaultFaultCode } from "@sotto/vault/public";

/** The largest copy that is looked at. */
export const AGREEMENT_FILE_BYTES_MAX = COPY_BYTES_MAX;

/** What a copy proves, and what it was read from; or in one word why it proves nothing. */
export type VerifiedAgreement =
  | { readonly kind: "verified"; readonly evidence: AgreementEvidence; readonly verdict: EvidenceVerdict }
  | { readonly kind: "refused"; readonly why: VaultFaultCode };

/** Checks a copy of an agreement, an evidence file or a sealed PDF, by itself: asks no store, no clock and no network. */
export async function verifyAgreementFile(bytes: Bytes): Promise<VerifiedAgreement> {
  const evidence = await evidenceIn(bytes);
  if (typeof evidence === "string") return { kind: "refused", why: evidence };
  // The two say the same but for brands, which the ids that were just read from bytes have in the compiler alone.
  const verdict = judgeEvidence(evidence as unknown as Evidence);
  return verdict === null ? { kind: "refused", why: "malformed" } : { kind: "verified", evidence, verdict };
}

async function evidenceIn(bytes: Bytes): Promise<AgreementEvidence | VaultFaultCode> {
  try {
    return await verifyCopy(bytes);
  } catch (error) {
    if (error instanceof VaultFault) return error.code;
    throw error;
  }
}
