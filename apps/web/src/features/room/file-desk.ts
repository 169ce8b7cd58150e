import type { Actions, TransferView } from "@sotto/client";
import { createContext, useContext } from "react";

/** A file made ready to be sent. */
export interface ReadyFile {
  readonly source: Blob;
  readonly name: string;
  readonly type: string;
  readonly picture: { readonly width: number; readonly height: number } | null;
  readonly durationMs: number | null;
  readonly preview: Uint8Array<ArrayBuffer> | null;
  /** Nothing unseen is left in it. False: it goes as it is. */
  readonly isClean: boolean;
}

export interface Recording {
  readonly stop: () => Promise<{ readonly source: Blob; readonly durationMs: number }>;
  readonly discard: () => void;
}

export interface PdfPages {
  readonly count: number;
  /** Draws one page as wide as asked, and answers its words. */
  readonly draw: (page: number, canvas: HTMLCanvasElement, width: number) => Promise<string>;
  readonly close: () => void;
}

/** What the device does with files; given by the app, since features touch no browser of their own. */
export interface FileTools {
  /** Takes out of a picture what one does not see, as far as this device can; anything else stays as it is. */
  readonly makeReady: (file: File, wish: { readonly keepSize: boolean }) => Promise<ReadyFile>;
  readonly record: () => Promise<Recording | "refused" | "missing">;
  /** Null when it cannot be shown. */
  readonly openPdf: (file: Blob) => Promise<PdfPages | null>;
  readonly save: (file: Blob, name: string) => void;
}

type FileActions = Pick<Actions, "sendFile" | "cancelFile" | "retryFile" | "openFile" | "filePreview">;

/** Everything that the parts of a room need for files. */
export interface FileDesk {
  readonly actions: FileActions;
  readonly tools: FileTools;
  readonly transfers: readonly TransferView[];
}

export const FileDeskContext = createContext<FileDesk | null>(null);

/** The desk of the room in which this stands. */
export function useFileDesk(): FileDesk {
  const desk = useContext(FileDeskContext);
  if (desk === null) throw new Error("a part for files outside a room");
  return desk;
}
