import type { Spoken } from "../spoken.ts";
import { list } from "./say.ts";

type Catalogue = Spoken["catalogue"];

export const messages: Catalogue["messages"] = {
  menu: (name) => `Más sobre este mensaje de ${name}`,
  menuMine: "Más sobre tu mensaje",
  you: "Tú",
  reply: "Contestar",
  edit: "Cambiar",
  copy: "Copiar el texto",
  remove: "Borrar para todos",
  takeBack: "Retirarlo",
  copied: "Copiado.",
  answers: (name) => `Contesta a ${name}`,
  answersMe: "Te contestas a ti",
  goTo: "Ir a ese mensaje",
  before: "Esto es de antes de que entraras.",
  gone: "Esto se borró.",
  edited: "cambiado",
  deletedByMe: "Borraste un mensaje.",
  deletedBy: (name) => `${name} borró un mensaje.`,
  replyingTo: (name) => `Contestas a ${name}`,
  replyingToMe: "Te contestas a ti",
  dropReply: "No contestar a este mensaje",
  editing: "Cambias tu mensaje",
  dropEdit: "Dejarlo como estaba",
  saveEdit: "Guardar",
  deleteTitle: "¿Borrar esto para todos?",
  deleteText: (names) =>
    names.length === 0
      ? "Se borra de todos tus equipos."
      : `Se borra para ti y para ${list(names)}. Va a decir que borraste un mensaje. Quien lo leyó quizá aún lo sepa.`,
  heldFor: (seconds) => `Sale en ${seconds} s`,
  undo: "Deshacer",
  sendNow: "Enviar ya",
  showAll: "Ver todo",
  showLess: "Ver menos",
  earlier: "Ver mensajes de antes",
  undoTitle: "Tiempo para deshacer",
  undoHint:
    "Después de pulsar Enviar, puedes retirar un mensaje durante este tiempo. Solo entonces sale de tu equipo.",
  undoChoices: { 0: "Sin tiempo", 5: "5 segundos", 10: "10 segundos", 30: "30 segundos" },
};

export const search: Catalogue["search"] = {
  open: "Buscar mensajes",
  title: "Buscar mensajes",
  label: "Palabras que buscas",
  hint: "Sotto busca solo en este equipo, en las salas en que estás.",
  none: "No hay nada. Prueba con menos letras, o con otra palabra.",
  more: "Ver más",
  found: (count, isMore) => {
    const found = count === 1 ? "1 mensaje" : `${count} mensajes`;
    return isMore ? `${found} o más` : found;
  },
  back: "Volver a las salas",
  file: "Archivo",
};
