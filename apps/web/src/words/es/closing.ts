import type { Spoken } from "../spoken.ts";
import { list } from "./say.ts";

type Catalogue = Spoken["catalogue"];

export const leaving: Catalogue["leaving"] = {
  link: "Irme de estas salas",
  title: "¿Irte de las salas de esta familia?",
  text: "Ya no vas a leer aquí. Lo que escribiste se queda con los demás.",
  list: "Te vas de todas estas:",
  wait: "El equipo de tu terapeuta te saca en cuanto se abra. Hasta entonces puedes leer, y no escribir.",
  keep: "Tu forma de entrar sigue, y aún puedes entrar aquí.",
  go: "Irme",
  stay: "Quedarme",
  underWay: "Pediste irte. Está en camino.",
  recordTitle: (name) => `¿Se fue ${name}?`,
  recordText: (name) =>
    `${name} sale de todas las salas de esta familia y no lee nada nuevo. Lo que ${name} escribió se queda.`,
  record: "Se fue",
  recordName: (name) => `Se fue: ${name}`,
  left: (names) => `Ya no aquí: ${list(names)}`,
  outTitle: "Ahora no estás en ninguna sala",
  out: "Te fuiste, o te sacaron. Tu forma de entrar sigue. No tienes que hacer nada.",
};

export const closing: Catalogue["closing"] = {
  title: "Cerrar esta familia",
  text: "Todos pueden leer aún las salas, mientras las guarde tu consulta. Nadie escribe en ellas, tú tampoco, hasta que las abras otra vez.",
  go: "Cerrar las salas",
  askTitle: "¿Cerrar las salas de esta familia?",
  closedTitle: "Esta familia está cerrada",
  closedText: "Todos pueden leer. Nadie puede escribir, y nadie entra.",
  reopen: "Abrir las salas otra vez",
  list: "Cerradas",
  tag: "Cerrada",
};

export const readOnly: Catalogue["readOnly"] = {
  closed:
    "Esta sala está cerrada. La puedes leer toda. Para escribir otra vez, pide a tu terapeuta que la abra. Un día llega a su fin, y lo que hay en ella ya no está. Tu terapeuta te puede decir cuándo.",
  leaving: "Pediste irte. Puedes leer aquí hasta que te saquen, y no escribir.",
  reader: "Aquí puedes leer, pero no escribir.",
};
export const closedOfLeaver: Catalogue["closedOfLeaver"] = (name) =>
  `${name} se fue. Puedes leer esta sala. Ya nadie escribe en ella.`;
export const closedForKeeper =
  "Esta sala está cerrada. Todos la pueden leer. La puedes abrir otra vez en la página de la familia.";
