import type { AgreementCopy } from "@sotto/client";
import type { AgreementVersionId, PersonId } from "@sotto/domain";
import { consentBundle } from "@sotto/fhir";
import type { ExportFile } from "@sotto/fhir";

/**
 * A version of an agreement for other programs of health care, as FHIR R4 (docs/formats/fhir.md), made on this device. Both files are in it whole. Null when the version
 * was never offered.
 */
export async function makeAgreementFhir(wish: {
  /** As it is handed to everybody. */
  readonly copy: AgreementCopy;
  /** The signatures with which proofs a therapist has seen; they may come from the practice's own copy. */
  readonly proofs: AgreementCopy["verdict"]["signatures"];
  readonly version: AgreementVersionId;
  /** What people are called whom the version does not name: therapists, and guardians who take no part. */
  readonly names: ReadonlyMap<PersonId, string>;
  readonly pdf: Uint8Array<ArrayBuffer> | null;
  readonly now: number;
}): Promise<string | null> {
  const { copy, names, now, pdf, proofs, version } = wish;
  const { practice, state } = copy;
  const { madeAt } = copy.evidence;
  const evidence = await fileOf({ kind: "evidence", name: "copy.sotto", bytes: copy.bytes, madeAt });
  const files = pdf === null ? [] : [await fileOf({ kind: "pdf", name: "copy.pdf", bytes: pdf, madeAt })];
  const bundle = consentBundle({
    state,
    version,
    people: { practice, names },
    files: [...files, evidence],
    proofs,
    nextId: () => crypto.randomUUID(),
    at: now,
  });
  return bundle === null ? null : JSON.stringify(bundle);
}

async function fileOf(
  file: Pick<ExportFile, "kind" | "name" | "madeAt"> & { readonly bytes: Uint8Array<ArrayBuffer> },
): Promise<ExportFile> {
  const hash = async (name: "SHA-1" | "SHA-256"): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.digest(name, file.bytes));
  return { ...file, size: file.bytes.length, sha1: await hash("SHA-1"), sha256: await hash("SHA-256") };
}
