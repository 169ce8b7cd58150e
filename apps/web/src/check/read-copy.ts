import { judgeEvidence, type Evidence, type EvidenceVerdict } from "@sotto/domain";
import { VaultFault, verifyCopy } from "@sotto/vault/public";
import type { AgreementEvidence, Bytes } from "@sotto/vault/public";

/** What a copy proves; or in one word why it proves nothing. */
export type CheckedCopy =
  | { readonly kind: "checked"; readonly evidence: AgreementEvidence; readonly verdict: EvidenceVerdict }
  | { readonly kind: "refused"; readonly why: "broken" | "changed" };

/** Checks a copy by itself: asks no server, no clock and no network. */
export async function readCopy(bytes: Bytes): Promise<CheckedCopy> {
  try {
    const evidence = await verifyCopy(bytes);
    // The two say the same but for brands, which the ids that were just read from bytes have in the compiler alone.
    const verdict = judgeEvidence(evidence as unknown as Evidence);
    return verdict === null ? { kind: "refused", why: "broken" } : { kind: "checked", evidence, verdict };
  } catch (error) {
    if (!(error instanceof VaultFault)) throw error;
    return { kind: "refused", why: error.code === "unverified" ? "changed" : "broken" };
  }
}
