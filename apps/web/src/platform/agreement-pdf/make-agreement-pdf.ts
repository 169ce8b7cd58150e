import { trustScriptUrl } from "../trusted-url.ts";
// oxlint-disable-next-line import/default -- with ?worker&url Vite gives the address of the worker as the default
import workerUrl from "./agreement-pdf-worker.ts?worker&url";
import type { AgreementPaper } from "./paper.ts";
import type { FromPdfWorker } from "./pdf-messages.ts";

/** No PDF came out. `code` says why, and holds nothing of anybody's. */
export class AgreementPdfFault extends Error {
  readonly code: (FromPdfWorker & { readonly kind: "fault" })["code"];
  constructor(code: AgreementPdfFault["code"]) {
    super(`agreement pdf: ${code}`);
    this.name = "AgreementPdfFault";
    this.code = code;
  }
}

/**
 * An agreement as a PDF, drawn in a worker of its own that is gone when it is done. Import this when somebody asks for it, and not before. The evidence file has
 * to be the one that the rest of the paper was read from, with every signature in it checked. Throws `AgreementPdfFault`.
 */
export async function makeAgreementPdf(paper: AgreementPaper): Promise<Uint8Array<ArrayBuffer>> {
  const worker = new Worker(trustScriptUrl(workerUrl), { type: "module" });
  try {
    const answer = await new Promise<FromPdfWorker>((resolve) => {
      worker.addEventListener("message", ({ data }: MessageEvent<FromPdfWorker>) => resolve(data));
      // The file of the worker did not come, or is not the one of this build.
      worker.addEventListener("error", () => resolve({ kind: "fault", code: "unexpected" }));
      worker.postMessage(paper);
    });
    if (answer.kind === "fault") throw new AgreementPdfFault(answer.code);
    return answer.bytes;
  } finally {
    worker.terminate();
  }
}
