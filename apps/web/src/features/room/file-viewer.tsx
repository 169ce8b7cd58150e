import type { FileViewer as Viewer } from "@sotto/domain";
import { ChevronLeft, ChevronRight, Download, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { words } from "../../words/words.ts";
import { useFileDesk, type PdfPages } from "./file-desk.ts";
import { useBlobUrl } from "./use-blob-url.ts";

const ZOOMS = [1, 1.5, 2, 3, 4];

/** Shows a picture or a PDF in the page, drawn from its bytes: nothing in it can act, and no other program opens it. */
export function FileViewer(props: {
  readonly name: string;
  readonly viewer: Viewer;
  readonly blob: Blob;
  readonly onSave: () => void;
  readonly onClose: () => void;
}) {
  const [zoom, setZoom] = useState(0);
  const factor = ZOOMS[zoom] ?? 1;
  return (
    <Sheet title={props.name} wide onClose={props.onClose}>
      {props.viewer === "pdf" ? (
        <Pdf blob={props.blob} name={props.name} zoom={factor} />
      ) : (
        <Picture blob={props.blob} name={props.name} zoom={factor} />
      )}
      <div className="row viewer-tools">
        <Button disabled={zoom === 0} label={words.files.smaller} onPress={() => setZoom(zoom - 1)}>
          <ZoomOut aria-hidden="true" size={20} />
        </Button>
        <Button
          disabled={zoom === ZOOMS.length - 1}
          label={words.files.larger}
          onPress={() => setZoom(zoom + 1)}
        >
          <ZoomIn aria-hidden="true" size={20} />
        </Button>
        <Button label={words.files.saveName(props.name)} onPress={props.onSave}>
          <Download aria-hidden="true" size={20} />
        </Button>
        <Button tone="primary" onPress={props.onClose}>
          {words.files.close}
        </Button>
      </div>
    </Sheet>
  );
}

function Picture(props: { readonly blob: Blob; readonly name: string; readonly zoom: number }) {
  const url = useBlobUrl(props.blob);
  const image = useRef<HTMLImageElement>(null);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    // As large as it fits, or wider than the stage by the factor asked for.
    const width = props.zoom === 1 ? "" : `${String(props.zoom * 100)}%`;
    if (image.current !== null) image.current.style.width = width;
  }, [props.zoom, url]);
  if (isBroken) return <p>{words.files.noPicture}</p>;
  return (
    <div className="viewer-stage" tabIndex={0} role="region" aria-label={props.name}>
      {url === null ? null : (
        <img
          ref={image}
          src={url}
          alt={props.name}
          data-fits={props.zoom === 1}
          onError={() => setBroken(true)}
        />
      )}
    </div>
  );
}

function Pdf(props: { readonly blob: Blob; readonly name: string; readonly zoom: number }) {
  const { blob, zoom } = props;
  const { tools } = useFileDesk();
  const [pages, setPages] = useState<PdfPages | "opening" | null>("opening");
  const [page, setPage] = useState(1);
  const [text, setText] = useState("");
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isHere = true;
    let opened: PdfPages | null = null;
    void tools.openPdf(blob).then((found) => {
      opened = found;
      if (isHere) setPages(found);
      else found?.close();
    });
    return () => {
      isHere = false;
      opened?.close();
    };
  }, [blob, tools]);
  useEffect(() => {
    const [place, width] = [canvas.current, stage.current?.clientWidth ?? 0];
    if (pages === "opening" || pages === null || place === null) return undefined;
    let isHere = true;
    pages.draw(page, place, width * zoom).then(
      (said) => {
        if (isHere) setText(said);
      },
      () => {
        if (isHere) setPages(null);
      },
    );
    return () => {
      isHere = false;
    };
  }, [page, pages, zoom]);
  if (pages === "opening") return <p role="status">{words.files.preparing}</p>;
  if (pages === null) return <p>{words.files.noPages}</p>;
  return (
    <>
      <div ref={stage} className="viewer-stage" tabIndex={0} role="region" aria-label={props.name}>
        <canvas ref={canvas} aria-hidden="true" />
        <p className="hidden">{text}</p>
      </div>
      <div className="row viewer-pages">
        <Button disabled={page === 1} label={words.files.lastPage} onPress={() => setPage(page - 1)}>
          <ChevronLeft aria-hidden="true" size={20} />
        </Button>
        <span role="status">{words.files.page(page, pages.count)}</span>
        <Button
          disabled={page === pages.count}
          label={words.files.nextPage}
          onPress={() => setPage(page + 1)}
        >
          <ChevronRight aria-hidden="true" size={20} />
        </Button>
      </div>
    </>
  );
}
