import type { Spoken } from "../spoken.ts";
import { date, list } from "./say.ts";

export const practice: Spoken["practice"] = {
  nav: "Consulta",
  people: "Quién trabaja aquí",
  hint: "Ninguna familia ve esta página, ni que la consulta tiene su propia sala.",
  waiting: "El equipo de un colega te deja pasar en cuanto se abra. Puedes cerrar esta página.",
  invite: "Invitar a un colega",
  newColleague: "Un colega nuevo",
  name: "Nombre",
  role: "Papel",
  sendInvitation: "Hacer la invitación",
  me: "tú",
  introduced: "Entró por un colega",
  leaving: "Pidió irse",
  end: "Quitar el acceso",
  endName: (name) => `Quitar el acceso a ${name}`,
  endTitle: (name) => `¿Quitar el acceso a ${name}?`,
  endText: (name) =>
    `${name} queda fuera en el acto, en todos sus equipos, y no puede volver. Lo que ${name} escribió se queda.`,
  stillIn: (name) =>
    `${name} está aún en salas. Lo mejor es que ${name} las dé antes a otra persona. ¿${name} está mal, o se fue? Lo puedes quitar de todos modos. Las salas que nadie más atiende se quedan como están, y nadie puede escribir en ellas por la consulta.`,
  endEvenSo: "Quitarlo de todos modos",
  leave: "Irme de esta consulta",
  leaveHint: "Antes, cada familia pasa a otras manos. Nadie se queda solo.",
  hangs: "Lo que aún depende de ti",
  nothingHangs: "Ya nada depende de ti. Un colega te quita entonces el acceso.",
  askToLeave: "Pedir irme",
  leaveTitle: "¿Pedir irte de esta consulta?",
  leaveText: "Un colega te quita el acceso. Ya no entras aquí. Lo que escribiste se queda.",
  asked: "Pediste irte. Un colega tiene que quitarte el acceso. Hasta entonces no se pierde nada.",
  alone: "Nadie más cuida aún esta consulta. Invita antes a un colega.",
  also: (names) => `También la atiende: ${list(names)}`,
  onlyYou: "Solo tú atiendes a esta familia",
  keptAlone: (count) => (count === 1 ? "1 sala te tiene solo a ti" : `${count} salas te tienen solo a ti`),
  handOver: "Pasar a otra persona",
  handOverName: (family) => `Pasar ${family} a otra persona`,
  handOverTo: "Quién sigue",
  handOverText: (name) =>
    `${name} entra en todas tus salas de esta familia, también en las privadas, y todos lo ven ahí. Después sales tú. ${name} no ve lo que se dijo antes.`,
  underWay: "Ya pasó. Tú sales cuando esté abierto el equipo de tu colega.",
};

export const team: Spoken["team"] = {
  title: "Quién atiende a esta familia",
  add: "Añadir a un colega",
  noColleagues: "Aún no trabaja aquí otro terapeuta. Invita a uno en la página de tu consulta.",
  who: "Colega",
  comesIn: (name) => `${name} entra en la sala de los profesionales y en la sala de toda la familia.`,
  which: (name) => `Más salas para ${name}`,
  fromNowOn: (name, person) =>
    `${name} va a leer desde ahora lo que ${person} te escribe. ${person} ve que ${name} está ahí.`,
  noPast: "Quien entra no ve lo que se dijo antes. En cada sala le puedes dejar ver más, más tarde.",
  addName: (name) => `Añadir a ${name}`,
  leaving: "Está por salir",
  remove: "Sacar",
  removeName: (name) => `Sacar a ${name}`,
  removeTitle: (name) => `¿Sacar a ${name} de esta familia?`,
  removeText: (name) =>
    `${name} no va a leer nada nuevo en las salas que tú atiendes. Lo que ${name} ya leyó no se puede borrar.`,
  outOfReach: "Salas de esta familia en las que no estás",
  outOfReachHint: "Solo el colega que las atiende te puede dejar entrar.",
};

export const practiceTemplates: Spoken["practiceTemplates"] = {
  title: "Plantillas de acuerdos",
  hint: "Con una de ellas empieza un acuerdo. Aquí lees cuáles hay. Solo los terapeutas las cambian.",
  retired: "Fuera de la lista",
  counsel: "Ningún abogado la revisó",
  drawnFrom: (source, asOf) => `De: ${source} (al ${asOf})`,
  saved: ({ savedAt, savedBy, template }) =>
    `Versión ${String(template.version)}, de ${savedBy === "" ? "alguien de tu consulta" : savedBy}, el ${date(savedAt)}`,
  own: (count) =>
    count === 1 ? "Palabras de tu consulta (1 texto)" : `Palabras de tu consulta (${String(count)} textos)`,
};
