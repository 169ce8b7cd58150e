import type { HoldReason, Obstacle } from "@sotto/domain";
import type { Spoken } from "../spoken.ts";
import { rooms } from "./ended.ts";
import { date } from "./say.ts";

const YEAR = 12;

/** So many months, as people say it. */
const span = (months: number): string => {
  if (months === 0) return "ningún tiempo";
  if (months === 1) return "1 mes";
  if (months % YEAR !== 0) return `${months} meses`;
  return months === YEAR ? "1 año" : `${months / YEAR} años`;
};

const holds: Readonly<Record<HoldReason, string>> = {
  court: "La pidió un juez",
  claim: "Alguien hizo un reclamo",
  complaint: "Hay una queja",
  authority: "La pidió una oficina del Estado",
  other: "Otra razón",
};

/** What stands in the way of ending rooms. */
const obstacle = (what: Obstacle): string => {
  switch (what.kind) {
    case "no-rule":
      return "La consulta aún no tiene regla.";
    case "open":
      return "La familia no está cerrada.";
    case "held":
      return `Está en espera. ${holds[what.reason]}.`;
    case "minor-unknown":
      return "Hay un menor en ella. Nadie dijo cuándo cumple 18 el más joven.";
    case "minor":
      return `El más joven no hace bastante que cumplió 18. Así es el ${date(what.until)}.`;
    case "not-due":
      return `Su tiempo no terminó. Termina el ${date(what.until)}.`;
  }
};

export const keeping: Spoken["keeping"] = {
  span,
  title: "Cuánto tiempo guardamos las cosas",
  text: "Cuando se cierra una familia, sus salas se quedan tanto como dice tu regla. Entonces dos de ustedes les pueden poner fin. Nada llega solo a su fin.",
  noRule: "Aún no hay regla. Hasta que la haya, a nada se le puede poner fin.",
  set: "Poner la regla",
  change: "Cambiar la regla",
  familyRooms: "Salas con la familia",
  record: "La sala de los profesionales",
  minor: "Si hay un menor en ella",
  maximum: "No más de",
  afterClosing: (months) =>
    months === 0 ? "Hasta que se cierre la familia" : `${span(months)} después de cerrar la familia`,
  afterOfAge: (months) =>
    months === 0
      ? "Hasta que el más joven cumpla 18, si eso es más tarde"
      : `Hasta ${span(months)} después de que el más joven cumpla 18, si eso es más tarde`,
  afterMaximum: (months) => `${span(months)} después de cerrar la familia`,
  startedFrom: (title) => `Salió de: ${title}`,
  ownRule: "Su propia regla",
  source: (citation, asOf) => (asOf === "" ? citation : `${citation} (al ${asOf})`),
  shorter: "Es menos tiempo que el de la regla de ese lugar.",
  counsel: "Nadie revisó por ti esta regla. Habla con un abogado antes de fiarte de ella.",
  place: "Empezar con la regla de un lugar",
  placeHint: "Abajo puedes cambiar cada tiempo. Si vale más de una regla, toma la más larga.",
  own: "Ninguna: hacemos la nuestra",
  says: (rule) => `Para menores de edad dice: ${rule}`,
  familyMonths: "Meses para las salas con la familia",
  recordMonths: "Meses para la sala de los profesionales",
  minorMonths: "Meses después de que el más joven cumple 18",
  maximumMonths: "Meses después de los que no se puede guardar nada",
  maximumHint: "Déjalo vacío si ninguna ley lo pide.",
  isSpan: (months) => `Eso es ${span(months)}.`,
  problems: {
    "out-of-range": "Escribe un número entero de meses, de 0 a 1200.",
    "record-shorter":
      "La sala de los profesionales se guarda por lo menos tanto como las salas con la familia.",
    "beyond-maximum": "El tiempo más largo es menor que el tiempo que guardan las cosas.",
  },
  save: "Guardar esta regla",
  due: "Tus familias cerradas",
  noneDue: "Ninguna de tus familias está cerrada.",
  dueOn: (at) => `Toca el ${date(at)}`,
  dueSince: (at) => `Toca desde el ${date(at)}`,
  notDue: "Hay algo que no deja",
  unknown: "Aún no se sabe",
  pastMaximum: "Ya pasó el tiempo más largo que deja tu regla.",
  pastMaximumText:
    "Ya pasó el tiempo más largo que deja tu regla, y aún hay algo que no deja. Pregunta a un abogado cuál de los dos vale.",
  open: "Pedido, y aún no hecho",
  namelessFamily: "Una familia, solo por su número",
  someFamily: "Una familia que tú no atiendes",
  asked: (name, count, withRecord) =>
    count === 0
      ? `${name} pide poner fin a la sala de los profesionales.`
      : `${name} pide poner fin a ${rooms(count)}${withRecord ? " y a la sala de los profesionales" : ""}.`,
  askedOn: (at) => `Pedido el ${date(at)}`,
  agreed: (name, at) => `${name} dijo que sí el ${date(at)}`,
  needsAnother: "Otra persona que lleve la consulta tiene que decir que sí.",
  waitUntil: (at) => `Llevas sola o solo esta consulta. Tú puedes decir que sí desde el ${date(at)}.`,
  underWay: (left) =>
    `Faltan ${rooms(left)}. Lo hacen los equipos de quien atiende a la familia, cuando están abiertos.`,
  look: "Mirarlo y decidir",
  takeBack: "Retirarlo",
  takeBackTitle: "¿Retirarlo?",
  takeBackText: "Nada más llega a su fin. Lo que ya llegó no vuelve.",
  confirmTitle: "¿Poner fin a estas salas para siempre?",
  checks: (name) => `Lo que miró el equipo de ${name}`,
  checkClosed: "La familia está cerrada.",
  checkHold: "Nada está en espera.",
  checkMinor: "No hay ningún menor que no deje.",
  checkDue: (at) => `Su tiempo terminó el ${date(at)}.`,
  checkMaximum: (months) => `La regla deja como mucho ${span(months)}.`,
  checkAgain:
    "Todo esto se mira una vez más antes del fin de cada sala. Una espera lo para hasta el último momento.",
  isLost: (count, withRecord) =>
    `${rooms(count + (withRecord ? 1 : 0))} y todo lo que hay dentro: palabras, fotos y archivos. Se borran del servidor y de los equipos de todos los que están en ellas.`,
  backups: "Las copias de antes tienen las salas hasta que se borren.",
  iKnow: "Sé que lo que se pierde no puede volver.",
  agree: "Digo que sí: ponerles fin",
  certificates: "Lo que llegó a su fin",
  certificate: "Constancia",
  show: "Ver la constancia",
  hide: "Cerrar la constancia",
  endedRooms: (count) => (count === 1 ? "1 sala llegó a su fin" : `${count} salas llegaron a su fin`),
  partly: (count) => `Quedan sin fin: ${rooms(count)}.`,
  familyNumber: "Número de la familia",
  roomNumber: "Número de la sala",
  endedBy: (name, at) => `le puso fin ${name} el ${date(at)}`,
  proposedBy: "Lo pidió",
  confirmedBy: "Dijo que sí",
  byAt: (name, at) => `${name}, ${date(at)}`,
  gone: "Lo que había en estas salas se destruyó en el servidor. Guarda solo lo que prueba que llegaron a su fin. Cada equipo suelta las salas y sus claves cuando se abre otra vez.",
  rule: "Regla",
  dueSinceLabel: "Toca desde",
};

export const keepingFamily: Spoken["keepingFamily"] = {
  title: "Cuánto tiempo guardamos esto",
  open: "Cuando cierras la familia, empieza el tiempo de tu regla.",
  noRule: "Tu consulta aún no tiene regla. Ponla en la página de tu consulta.",
  inTheWay: "Qué no deja ponerle fin",
  free: "Nada lo impide.",
  incomplete:
    "Falta parte de lo que se escribió en la sala de los profesionales. Así no se puede poner fin a nada.",
  obstacle,
  holds,
  hold: "Espera",
  holdOpen: "Poner esta familia en espera",
  holdText: "Mientras está en espera, nada de esta familia llega a su fin, diga lo que diga la regla.",
  holdWhy: "Por qué tiene que quedarse",
  holdOn: "Ponerla en espera",
  holdIs: (reason) => `En espera. ${holds[reason]}. A nada de esta familia se le puede poner fin.`,
  holdOff: "Quitar la espera",
  holdOffTitle: "¿Quitar la espera?",
  holdOffText:
    "Entonces vale otra vez la regla de tu consulta. Lo que se pidió antes hay que pedirlo de nuevo.",
  ofAge: "Cuándo cumple 18 el más joven",
  ofAgeText: "Hay un menor en esta familia. Lo que se escribió se guarda hasta que cumpla 18, y más tiempo.",
  month: "Mes",
  year: "Año",
  ofAgeIs: (month, year) => `El más joven cumple 18 en ${month} de ${year}.`,
  ofAgeSave: "Guardar este mes",
  ofAgeMissing: "Elige el mes y el año.",
  choose: "Elige",
  number: "Apunta el número de esta familia. Lo que queda después la llama solo por este número:",
  end: "Poner fin a estas salas para siempre",
  endText:
    "Tú lo pides, y otra persona de tu consulta tiene que decir que sí. Si la llevas sin nadie más, tú dices que sí una semana después. Hasta entonces no pasa nada.",
  tellThem: "Dilo antes a la familia. Pueden leer sus salas hasta el final, y aquí nadie les pregunta.",
  lost: "Qué se pierde, y para quién",
  elsewhere: "la guarda un colega",
  withRecord: "También la sala de los profesionales, y con ella todo lo que hay en esta página",
  recordWaits: "La sala de los profesionales se queda. Su tiempo no terminó.",
  ask: "Pedir su fin",
  askTitle: "¿Pedir el fin de estas salas?",
  ended: "Hay salas de esta familia que llegaron a su fin. No vuelven, y la familia no se abre otra vez.",
  months: (month) =>
    new Intl.DateTimeFormat("es", { month: "long", timeZone: "UTC" }).format(Date.UTC(2000, month - 1, 1)),
};
