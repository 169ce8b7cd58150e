import type { Spoken } from "../spoken.ts";
import { date } from "./say.ts";

type Continuity = Spoken["catalogue"]["continuity"];

/** Why a room was opened, as it stands in the room. */
const reasons: Readonly<Record<Parameters<Continuity["opened"]>[2], string>> = {
  rehearsal: "para ver que las hojas aún sirven",
  "therapist-gone": "el terapeuta ya no está",
  "asked-for": "alguien pidió ver lo que se escribió de sí",
  law: "lo pide la ley",
  danger: "alguien está en peligro",
};

export const continuity: Continuity = {
  name: "El respaldo de la consulta",
  role: "Hace que la consulta siga",
  note: "solo lee, con 3 de 5 hojas",
  what: "Puede leer aquí, pero solo con tres de cinco hojas de papel. Si se hace, lo vas a ver en esta sala.",
  added: (name) =>
    `Entró ${name}. Puede leer desde aquí, pero solo con tres de cinco hojas de papel. Si se hace, lo vas a ver aquí.`,
  opened: (name, at, reason) => `Con ${name} se leyó esta sala el ${date(at)}. Por qué: ${reasons[reason]}.`,
  askWhy: "Si quieres saber más, pregunta a tu terapeuta o a la consulta.",
  allowedBy: (name) => `Los que lo hicieron dicen que ${name} lo aceptó.`,
  title: "Si no queda nadie",
  text: "Alguien se enferma, o muere. ¿Quién puede leer entonces lo que escribieron las familias? Cinco personas tienen una hoja cada una. Tres de ellas pueden abrir las salas. Todos en una sala ven cuándo se hace.",
  none: "Aún no hay hojas.",
  how: "Las hace quien lleva el servidor. Después trae aquí el archivo custodian-public.txt. No es secreto.",
  file: "Elegir el archivo",
  paste: "O pega lo que hay en él",
  bring: "Traerlo",
  bringNew: "Traer hojas nuevas",
  askTitle: "¿Traer estas hojas?",
  askText:
    "Entra en cada sala de cada familia, y todos lo ven ahí. No lee nada de lo que se dijo antes. Las hojas viejas dejan de valer.",
  inRooms: (rooms, all) =>
    rooms === all
      ? `Está en todas tus salas: ${all}.`
      : `Está en ${rooms} de tus ${all} salas. Las demás siguen luego.`,
  noRooms: "Tú no atiendes ninguna sala. Entra en las salas de quien las atiende.",
  endedSince:
    "Desde que se hicieron estas hojas, hay salas que llegaron a su fin. Con tres hojas aún se podría leer una copia vieja de ellas. Trae hojas nuevas y destruye las viejas.",
  numbers: "Números para abrir salas",
  numbersHint: "A quien abre salas con las hojas le pueden pedir estos.",
  end: "No usar más las hojas",
  endTitle: "¿No usar más estas hojas?",
  endText: "No abren nada de lo que se escribe desde entonces. Aquí no se pueden usar nunca más.",
};
