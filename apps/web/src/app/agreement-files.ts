import type { AgreementCopy, AgreementView, Done } from "@sotto/client";
import {
  mayBeHandedOn,
  type AgreementLanguage,
  type AgreementVersionId,
  type CopyForm,
  type PersonId,
  type Reader,
} from "@sotto/domain";
import { actions, saveBytes, saveCheckingPage } from "./link.ts";

/** In which words a version is put on paper. */
export interface PaperWish {
  readonly version: AgreementVersionId;
  readonly language: AgreementLanguage;
  readonly reader: Reader;
  /** A practice's own, with what only therapists were told. */
  readonly forPractice?: boolean;
}

/** A version of an agreement as a file, made on this device each time. What draws it is loaded when it is asked for. */
export interface CopyTools {
  /** The file that proves itself. */
  readonly saveCopy: (
    view: AgreementView,
    version: AgreementVersionId,
    forPractice?: boolean,
  ) => Promise<Done>;
  readonly savePdf: (view: AgreementView, wish: PaperWish) => Promise<Done>;
  /** For other programs of health care. Names who signed: for professionals alone. */
  readonly saveFhir: (view: AgreementView, wish: PaperWish) => Promise<Done>;
  /** The page that checks a copy. */
  readonly saveChecker: () => Promise<Done>;
}

const DONE: Done = { kind: "done", value: null };
const COPY_NAME = "agreement.sotto";

interface MadeWish {
  readonly version: AgreementVersionId;
  readonly forPractice?: boolean;
  /** What a signer's therapists are told that they have kept. */
  readonly form: CopyForm;
}

const made = async (
  { family, isTherapist }: AgreementView,
  { form, forPractice = false, version }: MadeWish,
  save: (copy: AgreementCopy) => Promise<Done> | Done,
): Promise<Done> => {
  const copy = await actions.copyAgreement({ family, version, forPractice });
  if (copy.kind === "refused") return copy;
  const saved = await save(copy.value);
  if (saved.kind === "refused") return saved;
  // Whether it is told or not, they have it.
  if (!isTherapist) await actions.noteCopyKept({ family, version, form }).catch(() => null);
  return DONE;
};

/** Sealed, so that it is checked as it is; but for a practice's own, which has no file inside. */
async function pdfOf(
  copy: AgreementCopy,
  { language, reader }: PaperWish,
  { therapists }: AgreementView,
): Promise<Done<Uint8Array<ArrayBuffer>>> {
  const { makeAgreementPdf } = await import("../platform/agreement-pdf/make-agreement-pdf.ts");
  const { bytes, practice, verdict } = copy;
  const pdf = await makeAgreementPdf({
    language,
    reader,
    practice: practice.name,
    therapists: therapists.map(({ name, person }) => ({ person, name })),
    verdict,
    evidence: copy.evidence,
    file: { name: COPY_NAME, bytes },
  });
  return mayBeHandedOn(copy.evidence.lines)
    ? actions.sealAgreementPaper({ pdf })
    : { kind: "done", value: pdf };
}

export const copyTools: CopyTools = {
  saveCopy: (view, version, forPractice = false) =>
    made(view, { version, forPractice, form: "file" }, ({ bytes }) => {
      saveBytes({ name: COPY_NAME, bytes, type: "application/octet-stream" });
      return DONE;
    }),
  savePdf: (view, wish) =>
    made(view, { ...wish, form: "pdf" }, async (copy) => {
      const pdf = await pdfOf(copy, wish, view);
      if (pdf.kind === "refused") return pdf;
      saveBytes({ name: "agreement.pdf", bytes: pdf.value, type: "application/pdf" });
      return DONE;
    }),
  saveFhir: async (view, wish) => {
    const { family } = view;
    const { forPractice = false, version } = wish;
    // Other programs show it to whom they like: what only therapists are told stands in neither of the files in it.
    const handed = await actions.copyAgreement({ family, version });
    if (handed.kind === "refused") return handed;
    const own = forPractice ? await actions.copyAgreement({ family, version, forPractice }) : handed;
    if (own.kind === "refused") return own;
    const { makeAgreementFhir } = await import("../platform/agreement-fhir.ts");
    const signers = view.versions.flatMap((one) => one.signers);
    const names = new Map<PersonId, string>(
      [...signers, ...view.therapists].map(({ name, person }) => [person, name]),
    );
    const pdf = await pdfOf(handed.value, wish, view);
    if (pdf.kind === "refused") return pdf;
    const proofs = own.value.verdict.signatures;
    const text = await makeAgreementFhir({
      copy: handed.value,
      proofs,
      version,
      names,
      pdf: pdf.value,
      now: Date.now(),
    });
    if (text !== null) saveBytes({ name: "agreement.fhir.json", bytes: text, type: "application/fhir+json" });
    return DONE;
  },
  saveChecker: async () => {
    await saveCheckingPage();
    return DONE;
  },
};
