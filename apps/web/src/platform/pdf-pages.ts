import { getDocument, PDFWorker } from "pdfjs-dist/legacy/build/pdf.mjs";
// oxlint-disable-next-line import/default -- with ?url Vite gives the address of the file as the default
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import { trustScriptUrl } from "./trusted-url.ts";

const PIXELS_MAX = 16_000_000;

export interface PdfPages {
  readonly count: number;
  /** Draws one page as wide as asked, in points of the screen, and answers its words. */
  readonly draw: (page: number, canvas: HTMLCanvasElement, width: number) => Promise<string>;
  readonly close: () => void;
}

/**
 * A PDF as pages to draw. It is read in a worker of its own and painted on a canvas: no script of it runs, no form or link of it acts, and nothing is fetched for it.
 * Null when it cannot be read.
 */
export async function openPdfPages(file: Blob): Promise<PdfPages | null> {
  const thread = new Worker(trustScriptUrl(workerUrl), { type: "module" });
  const worker = PDFWorker.create({ port: thread });
  const task = getDocument({
    data: new Uint8Array(await file.arrayBuffer()),
    worker,
    enableXfa: false,
    disableAutoFetch: true,
    useWorkerFetch: false,
    stopAtErrors: false,
    maxImageSize: PIXELS_MAX * 4,
    verbosity: 0,
  });
  const close = () => {
    void task.destroy().catch(() => null);
    worker.destroy();
    thread.terminate();
  };
  const document = await task.promise.catch(() => null);
  if (document === null) {
    close();
    return null;
  }
  let drawing: { readonly cancel: () => void; readonly promise: Promise<unknown> } | null = null;
  return {
    count: document.numPages,
    draw: async (number, canvas, width) => {
      drawing?.cancel();
      await drawing?.promise.catch(() => null);
      const page = await document.getPage(number);
      const natural = page.getViewport({ scale: 1 });
      const wanted = (width / natural.width) * devicePixelRatio;
      const scale = Math.min(wanted, Math.sqrt(PIXELS_MAX / (natural.width * natural.height)));
      const viewport = page.getViewport({ scale });
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      canvas.style.width = `${String(width)}px`;
      const rendering = page.render({ canvas, viewport, annotationMode: 1 });
      drawing = rendering;
      await rendering.promise;
      const { items } = await page.getTextContent();
      return items.map((item) => ("str" in item ? item.str : "")).join(" ");
    },
    close,
  };
}
