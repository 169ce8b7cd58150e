/** Draws one agreement, away from the page: fonts, layout and compression take a second on a slow device, in which the page goes on answering. */
import { PAPER_WORDS } from "@sotto/content/paper-words";
import { devicePictures } from "./device-picture.ts";
import { drawAgreementPdf } from "./draw-agreement-pdf.ts";
import { fetchFont } from "./font-files.ts";
import { PaperFault } from "./paper.ts";
import type { AgreementPaper } from "./paper.ts";
import type { FromPdfWorker } from "./pdf-messages.ts";

/** The part of DedicatedWorkerGlobalScope that is used; the DOM types describe a page. */
const scope = globalThis as unknown as {
  postMessage(message: FromPdfWorker, transfer?: readonly Transferable[]): void;
  addEventListener(name: "message", listener: (event: MessageEvent<AgreementPaper>) => void): void;
};

async function answer(paper: AgreementPaper): Promise<void> {
  try {
    const bytes = await drawAgreementPdf(paper, PAPER_WORDS[paper.language], {
      load: fetchFont,
      draw: devicePictures(),
    });
    scope.postMessage({ kind: "made", bytes }, [bytes.buffer]);
  } catch (error) {
    scope.postMessage({ kind: "fault", code: error instanceof PaperFault ? error.code : "unexpected" });
  }
}

scope.addEventListener("message", ({ data }) => void answer(data));
