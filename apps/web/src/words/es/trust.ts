import type { Spoken } from "../spoken.ts";
import { clock, date, list } from "./say.ts";

type Catalogue = Spoken["catalogue"];

const messages = (count: number): string => (count === 1 ? "1 mensaje" : `${count} mensajes`);
const moment = (at: number): string => `${date(at)}, ${clock(at)}`;

export const past: Catalogue["past"] = {
  title: (name) => `¿Qué puede ver ${name} de lo de antes?`,
  nothing: "Nada",
  nothingHint: "Lee desde ahora. Es lo más prudente.",
  some: "Desde un día",
  someHint: "Tú eliges desde cuándo.",
  all: "Todo lo que tú puedes leer",
  allHint: "Desde el inicio, o desde que tú entraste.",
  from: "Desde cuándo",
  fromHint: "En estos momentos cambió la llave de esta sala. Lo de antes solo se abre desde uno de ellos.",
  moment,
  wouldRead: (name, count, authors, at) =>
    `${name} va a leer ${messages(count)} de ${list(authors)}, desde ${moment(at)}.`,
  askThem: "Se dijeron a la gente que estaba aquí entonces. ¿Esa gente está de acuerdo?",
  agreement: {
    "no-agreement": (names) =>
      `Parte de esto lo dijo ${list(names)} cuando no había nada firmado que valga. Es suyo, y puede decir que sí.`,
    "told-to-those-there": (names) =>
      `Parte de esto lo dijo ${list(names)} a quien estaba aquí entonces, como firmaron todos.`,
  },
  didTheyAgree: "¿Les preguntaste, y dijeron que sí?",
  wouldReadNothing: (name) => `${name} no va a leer nada de lo que se dijo antes.`,
  seen: "Todos en esta sala van a ver que hiciste esto. No se puede deshacer.",
  empty: "No hay nada de antes que puedas abrir.",
  letIn: (name) => `Dejar entrar a ${name}`,
  letRead: (name) => `Dejar que ${name} lo lea`,
  more: (name) => `Dejar que ${name} vea más de lo de antes`,
  granted: (by, to, from, isAll) =>
    isAll
      ? `${by} dejó que ${to} lea todo lo que se dijo aquí.`
      : from === null
        ? `${by} dejó que ${to} lea más de lo que se dijo antes.`
        : `${by} dejó que ${to} lea desde ${moment(from)}.`,
};

export const trust: Catalogue["trust"] = {
  compare: (name) => `Comparar números con ${name}`,
  compareShort: "Comparar",
  marks: "Con el escudo junto a un nombre ves si de verdad es esa persona.",
  marksForKeepers:
    "Con el escudo junto a un nombre ves si de verdad es esa persona. El reloj le abre lo de antes de esta sala.",
  compareTitle: (name) => `¿De verdad es ${name}?`,
  compareHow: (name) =>
    `Ve a ver a ${name}, o llama. ${name} abre esta sala y hace lo mismo contigo. Luego se leen estos números uno al otro.`,
  numbers: "Los números",
  same: "Son los mismos",
  differ: "No son los mismos",
  checked: (name) => `Bien. ${name} es quien dice. Ahora se ve junto a su nombre.`,
  wrong: (name) =>
    `No escribas nada privado aquí. Puede que haya alguien entre tú y ${name}. Dilo a tu terapeuta en persona.`,
  changed: (name) => `Las claves de ${name} cambiaron.`,
  changedWhy: (name) =>
    `Esto pasa si ${name} perdió todas sus formas de entrar. Pregunta a ${name} en persona antes de escribir algo privado.`,
  stranger: (name) => `Nadie de quien sepas bien quién es dejó entrar aquí a ${name}.`,
  strangerWhy: (name) =>
    `Pregunta a ${name} en persona si esta es su sala. Hasta entonces, no escribas nada privado aquí.`,
  understand: "Lo entiendo",
  newKeys: "Claves nuevas, sin comparar",
  returned: (person, by) => `${person} volvió con claves nuevas. ${by} vio otra vez quién es.`,
  renewed: (names) =>
    names.length === 1
      ? `${list(names)} hizo claves nuevas, firmadas con las viejas.`
      : `${list(names)} hicieron claves nuevas, firmadas con las viejas.`,
};

export const loss: Catalogue["loss"] = {
  lost: "Perdió todas sus formas de entrar",
  lostName: (name) => `${name} perdió todas sus formas de entrar`,
  lostTitle: (name) => `¿Perdió ${name} todo?`,
  lostText: (name) =>
    `Asegúrate, cara a cara, de que es ${name}. La cuenta vieja se cierra ahora y sale de todas las salas. Luego le muestras a ${name} un código nuevo. Con él ${name} vuelve a las mismas salas y a todo lo que podía leer.`,
  lostYes: "Cerrar la cuenta vieja",
  waiting: "Le hace falta un código nuevo",
  mineTitle: "Perdí todas mis formas de entrar",
  mine: "¿Este equipo es tuyo, y perdiste todas tus formas de entrar? Entonces empieza aquí de nuevo. Lo que escribiste aquí y no enviaste se pierde.",
  mineAsk: "¿Empezar de nuevo en este equipo?",
  mineYes: "Empezar de nuevo",
  stolen: "Algo en otras manos",
  stolenHint:
    "¿Perdiste tu teléfono o tu hoja? ¿Pudo alguien ver tus palabras? Entonces empieza de nuevo con claves nuevas.",
  stolenGo: "Quizá alguien tenga mi hoja o mi teléfono",
  title: "Empezar de nuevo con claves nuevas",
  steps: [
    "Haces una hoja de reserva nueva. La vieja deja de valer.",
    "Muestras qué formas de entrar tienes aún. Las otras dejan de valer. Las puedes añadir más tarde.",
    "Quedas fuera en todos los otros equipos.",
    "Tienes claves nuevas, y todas tus salas llaves nuevas. Puede tardar un rato. Sigue solo.",
  ],
  cannot: "Lo que estaba abierto en un teléfono perdido se queda en él. Nada nuevo le llega.",
  begin: "Empezar",
  sheetTitle: "Tu hoja nueva",
  waysTitle: "¿Qué formas de entrar tienes aún?",
  waysHint: "Muestra por lo menos una. Lo que no muestres aquí deja de valer.",
  staying: "Se queda",
  going: "Deja de valer",
  usePasskey: "Mostrar una llave de acceso",
  showWords: "Mostrar estas palabras",
  showingWords: (name) => `Las seis palabras de ${name}`,
  noWay: "Te hace falta una forma de entrar además de la hoja. Vuelve y añade antes seis palabras.",
  proveTitle: "Escribe el código de tu hoja nueva",
  finish: "Hacer todo nuevo",
  done: "Listo. Tienes claves nuevas. Las hojas viejas y los otros equipos ya no abren nada.",
  dueTitle: "¿Tienes aún tu hoja de reserva?",
  due: "Hace un mes que no la miras. Escribe el código una vez, y así sabes dónde está.",
  dueGo: "Escribir el código",
  dueLater: "Más tarde",
  dueLost: "Ya no la tengo",
};
