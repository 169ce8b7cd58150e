import type { TransferView } from "@sotto/client";
import type { Spoken } from "../spoken.ts";
import { date, list } from "./say.ts";

type Catalogue = Spoken["catalogue"];

const KB = 1024;

/** A size as people say it. */
const fileSize = (bytes: number): string => {
  const [value, unit] = bytes < KB * KB ? [bytes / KB, "kilobyte"] : [bytes / KB / KB, "megabyte"];
  const maximumFractionDigits = value < 10 && unit === "megabyte" ? 1 : 0;
  return new Intl.NumberFormat("es-419", { style: "unit", unit, maximumFractionDigits }).format(
    Math.max(1, unit === "kilobyte" ? Math.ceil(value) : value),
  );
};

/** Minutes and seconds. */
const lasting = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / 1000);
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
};

export const hiddenInside: Catalogue["hiddenInside"] = {
  document: "Dentro puede ir el nombre del archivo y el de su autor. También notas y versiones viejas.",
  recording: "Dentro puede ir cuándo se hizo, y dónde.",
  picture: "Dentro puede ir dónde y cuándo se tomó. Este equipo no lo puede quitar.",
  unknown: "No vemos qué hay dentro. Puede ir su autor, y un lugar.",
};

const moving: Readonly<Record<TransferView["kind"], string>> = {
  preparing: "Se prepara. Deja abierta esta página",
  sending: "Sale",
  receiving: "Se abre",
};

export const files: Catalogue["files"] = {
  attach: "Añadir una foto, un archivo o una nota de voz",
  closeMenu: "Cerrar la lista",
  photo: "Foto",
  camera: "Cámara",
  file: "Cualquier archivo",
  voice: "Nota de voz",
  drop: "Suelta para añadirlo aquí. Aún no se envía nada.",
  chooseTitle: (count) => (count === 1 ? "¿Enviar esto?" : `¿Enviar estos ${String(count)} archivos?`),
  tooMany: "Puedes añadir diez archivos cada vez.",
  preparing: "Un momento…",
  isClean: "Se quitan el lugar, la hora y la cámara.",
  keepSize: "Dejar las fotos en su tamaño",
  isAsIs: "Se envía tal como está.",
  send: "Enviar",
  cancel: "No enviar",
  size: fileSize,
  lasting,
  unnamed: "Un archivo",
  photoName: "Foto",
  voiceName: (at) => `Nota de voz, ${date(at)}`,
  moving: ({ bytes, done, kind }) =>
    `${moving[kind]}: ${fileSize(Math.min(done, bytes))} de ${fileSize(bytes)}`,
  waiting: "Espera a salir",
  stop: "No enviarlo",
  stopName: (name) => `No enviar ${name}`,
  sendAgain: (names) => `Enviar a ${list(names)}`,
  deleteUnsent: "Borrar este archivo",
  open: "Abrir",
  openName: (name) => `Abrir ${name}`,
  play: "Oír",
  playName: (name) => `Oír ${name}`,
  soundOf: (name) => `Sonido de ${name}`,
  save: "Guardar",
  saveName: (name) => `Guardar ${name}`,
  saveTitle: "¿Guardar una copia?",
  saveText: "La copia queda fuera de Sotto. Quien usa este equipo la puede abrir.",
  saveUnknown: "Sotto no puede mostrar este tipo de archivo. Ábrelo solo si confías en quien lo envió.",
  saveSvg: "Este dibujo puede llevar dentro un programa. Por eso Sotto no lo muestra.",
  plainName: "Darle un nombre que no diga nada",
  plain: "archivo",
  close: "Cerrar",
  larger: "Más grande",
  smaller: "Más chico",
  page: (page, pages) => `Página ${String(page)} de ${String(pages)}`,
  nextPage: "Página siguiente",
  lastPage: "Página anterior",
  noPages: "Este PDF no se puede mostrar aquí. Lo puedes guardar y abrir en tu equipo.",
  noPicture: "Esta imagen no se puede mostrar aquí. La puedes guardar.",
  noSound: "Este sonido no se puede oír aquí. Lo puedes guardar.",
  about: ({ durationMs, size }) =>
    durationMs === null ? fileSize(size) : `${lasting(durationMs)}, ${fileSize(size)}`,
};

export const voice: Catalogue["voice"] = {
  title: "Nota de voz",
  asking: "Tu navegador pregunta si Sotto puede usar el micrófono. Elige Permitir.",
  recording: "Te oye",
  stop: "Parar",
  listen: "Óyela antes de enviarla.",
  preview: "Tu nota de voz",
  send: "Enviar",
  discard: "Tirarla",
  refused:
    "El micrófono está cerrado para esta página. Toca la señal junto a la dirección, deja usar el micrófono y prueba otra vez.",
  missing: "No hay micrófono. Conecta uno, o prueba con otro equipo.",
  tooLong: "Una nota de voz no puede ser más larga. Ya la puedes enviar.",
};
