import type { AgreementCopy, AgreementView, Done } from "@sotto/client";
import type { AgreementLanguage, AgreementVersionId, PersonId, Reader } from "@sotto/domain";
import { actions, saveBytes, saveCheckingPage } from "./link.ts";

/** In which words a version is put on paper. */
export interface PaperWish {
  readonly version: AgreementVersionId;
  readonly language: AgreementLanguage;
  readonly reader: Reader;
}

/** A version of an agreement as a file, made on this device each time. What draws it is loaded when it is asked for. */
export interface CopyTools {
  /** The file that proves itself. */
  readonly saveCopy: (view: AgreementView, version: AgreementVersionId) => Promise<Done>;
  readonly savePdf: (view: AgreementView, wish: PaperWish) => Promise<Done>;
  /** For other programs of health care. Names who signed: for professionals alone. */
  readonly saveFhir: (view: AgreementView, wish: PaperWish) => Promise<Done>;
  /** The page that checks a copy. */
  readonly saveChecker: () => Promise<Done>;
}

const DONE: Done = { kind: "done", value: null };
const COPY_NAME = "agreement.sotto";

const made = async (
  { family }: AgreementView,
  version: AgreementVersionId,
  save: (copy: AgreementCopy) => Promise<void> | void,
): Promise<Done> => {
  const copy = await actions.copyAgreement({ family, version });
  if (copy.kind === "refused") return copy;
  await save(copy.value);
  return DONE;
};

async function pdfOf(
  copy: AgreementCopy,
  { language, reader }: PaperWish,
  { therapists }: AgreementView,
): Promise<Uint8Array<ArrayBuffer>> {
  const { makeAgreementPdf } = await import("../platform/agreement-pdf/make-agreement-pdf.ts");
  const { bytes, practice, verdict } = copy;
  return makeAgreementPdf({
    language,
    reader,
    practice: practice.name,
    therapists: therapists.map(({ name, person }) => ({ person, name })),
    verdict,
    evidence: copy.evidence,
    file: { name: COPY_NAME, bytes },
  });
}

export const copyTools: CopyTools = {
  saveCopy: (view, version) =>
    made(view, version, ({ bytes }) =>
      saveBytes({ name: COPY_NAME, bytes, type: "application/octet-stream" }),
    ),
  savePdf: (view, wish) =>
    made(view, wish.version, async (copy) =>
      saveBytes({ name: "agreement.pdf", bytes: await pdfOf(copy, wish, view), type: "application/pdf" }),
    ),
  saveFhir: (view, wish) =>
    made(view, wish.version, async (copy) => {
      const { makeAgreementFhir } = await import("../platform/agreement-fhir.ts");
      const signers = view.versions.flatMap((one) => one.signers);
      const names = new Map<PersonId, string>(
        [...signers, ...view.therapists].map(({ name, person }) => [person, name]),
      );
      const pdf = await pdfOf(copy, wish, view);
      const text = await makeAgreementFhir({ copy, version: wish.version, names, pdf, now: Date.now() });
      if (text !== null)
        saveBytes({ name: "agreement.fhir.json", bytes: text, type: "application/fhir+json" });
    }),
  saveChecker: async () => {
    await saveCheckingPage();
    return DONE;
  },
};
