import type { FileView, TransferView } from "@sotto/client";
import type { HiddenInside } from "@sotto/domain";
import { date, list } from "./say.ts";

const KB = 1024;

/** A size as people say it. */
export const fileSize = (bytes: number): string => {
  const [value, unit] = bytes < KB * KB ? [bytes / KB, "kilobyte"] : [bytes / KB / KB, "megabyte"];
  const maximumFractionDigits = value < 10 && unit === "megabyte" ? 1 : 0;
  return new Intl.NumberFormat("en", { style: "unit", unit, maximumFractionDigits }).format(
    Math.max(1, unit === "kilobyte" ? Math.ceil(value) : value),
  );
};

/** Minutes and seconds. */
export const lasting = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / 1000);
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
};

/** What may be inside a file besides what one sees, said before it is sent. */
export const hiddenInside: Readonly<Record<HiddenInside, string>> = {
  document: "The file's name and author may be inside. So may notes and old versions.",
  recording: "The time it was made, and where, may be inside.",
  picture: "The place and time it was taken may be inside. This device cannot take them out.",
  unknown: "We cannot see what is inside. Its author and place may be in it.",
};

const moving: Readonly<Record<TransferView["kind"], string>> = {
  preparing: "Getting it ready. Please keep this page open",
  sending: "Sending",
  receiving: "Opening",
};

export const files = {
  attach: "Add a photo, file or voice note",
  closeMenu: "Close the choices",
  photo: "Photo",
  camera: "Camera",
  file: "Any file",
  voice: "Voice note",
  drop: "Let go to add it here. Nothing is sent yet.",
  chooseTitle: (count: number) => (count === 1 ? "Send this?" : `Send these ${String(count)} files?`),
  tooMany: "You can add ten files at a time.",
  preparing: "One moment…",
  isClean: "Place, time and camera are taken out.",
  keepSize: "Keep the full size of photos",
  isAsIs: "It is sent just as it is.",
  send: "Send",
  cancel: "Do not send",
  size: fileSize,
  lasting,
  unnamed: "A file",
  photoName: "Photo",
  voiceName: (at: number) => `Voice note, ${date(at)}`,
  moving: ({ bytes, done, kind }: TransferView) =>
    `${moving[kind]}: ${fileSize(Math.min(done, bytes))} of ${fileSize(bytes)}`,
  waiting: "Waiting to be sent",
  stop: "Stop sending",
  stopName: (name: string) => `Stop sending ${name}`,
  sendAgain: (names: readonly string[]) => `Send to ${list(names)}`,
  deleteUnsent: "Delete this file",
  open: "Open",
  openName: (name: string) => `Open ${name}`,
  play: "Listen",
  playName: (name: string) => `Listen to ${name}`,
  soundOf: (name: string) => `Sound of ${name}`,
  save: "Save",
  saveName: (name: string) => `Save ${name}`,
  saveTitle: "Save a copy?",
  saveText: "The copy is outside Sotto. Who uses this device can open it.",
  saveUnknown: "Sotto cannot show this kind of file. Open it only if you trust who sent it.",
  saveSvg: "This is a drawing that can hold a program, so Sotto does not show it.",
  plainName: "Give it a plain name",
  plain: "file",
  close: "Close",
  larger: "Larger",
  smaller: "Smaller",
  page: (page: number, pages: number) => `Page ${String(page)} of ${String(pages)}`,
  nextPage: "Next page",
  lastPage: "Page before",
  noPages: "This PDF cannot be shown here. You can save it and open it on your device.",
  noPicture: "This picture cannot be shown here. You can save it.",
  noSound: "This sound cannot be played here. You can save it.",
  about: ({ durationMs, size }: FileView) =>
    durationMs === null ? fileSize(size) : `${lasting(durationMs)}, ${fileSize(size)}`,
};

export const voice = {
  title: "Voice note",
  asking: "Your browser asks if Sotto may use the microphone. Choose Allow.",
  recording: "Recording",
  stop: "Stop",
  listen: "Listen before you send it.",
  preview: "Your voice note",
  send: "Send",
  discard: "Throw away",
  refused:
    "The microphone is blocked for this page. Touch the sign beside the address, allow the microphone, and try again.",
  missing: "No microphone was found. Plug one in, or try another device.",
  tooLong: "That is the longest a voice note can be. You can send it now.",
};
