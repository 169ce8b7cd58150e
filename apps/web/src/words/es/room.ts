import type { Spoken } from "../spoken.ts";
import { continuity } from "./continuity.ts";
import { list } from "./say.ts";
import { trust } from "./trust.ts";

type Catalogue = Spoken["catalogue"];

export const roomKinds: Catalogue["roomKinds"] = {
  family: "Toda la familia",
  subgroup: "Parte de la familia",
  private: "Privada",
  team: "Solo profesionales",
  practice: "Consulta",
  agreement: "Acuerdo",
};

export const subgroups: Catalogue["subgroups"] = {
  couple: "La pareja",
  guardians: "Padres y tutores",
  siblings: "Hermanos",
};

export const roomPromises: Catalogue["roomPromises"] = {
  family: "Todos los que ves aquí por su nombre leen lo que se escribe aquí.",
  subgroup: "Solo lo pueden leer los que ves aquí por su nombre. Los demás no ven que esta sala está aquí.",
  private:
    "Solo lo pueden leer los que ves aquí por su nombre. El resto de la familia no ve que esta sala está aquí.",
  team: "Solo lo pueden leer los profesionales. La familia no ve que esta sala está aquí.",
  practice: "Solo lo puede leer la consulta.",
};

export const notices: Catalogue["notices"] = {
  gap: "Aquí falta un mensaje.",
  replay: "Un mensaje viejo llegó otra vez. No se muestra.",
  fork: "Quizá la gente de esta sala vio cosas distintas.",
  unreadable: "Un mensaje de aquí no se pudo leer.",
};

export const changes: Catalogue["changes"] = {
  created: (names) => `Esta sala se abrió para ${list(names)}.`,
  added: (names) =>
    names.length === 1
      ? `${list(names)} entró y puede leer desde aquí.`
      : `${list(names)} entraron y pueden leer desde aquí.`,
  "continuity-added": (names) => continuity.added(list(names)),
  removed: (names) =>
    names.length === 1
      ? `${list(names)} ya no puede leer nada desde aquí.`
      : `${list(names)} ya no pueden leer nada desde aquí.`,
  "re-keyed": () => "Esta sala tiene una llave nueva.",
  renewed: trust.renewed,
  "joined-with-past": () => "Entraste aquí.",
  closed: () => "Esta sala se cerró. La puedes leer. Ahora nadie puede escribir aquí.",
  reopened: () => "Esta sala se abrió otra vez. Puedes escribir aquí.",
  "joined-here": () => "Entraste aquí. Lo que se dijo antes no lo ves.",
};

export const rooms: Catalogue["rooms"] = {
  title: "Salas",
  emptyStaff: "Aún no hay salas. Nacen de una familia.",
  startFamily: "Empezar con una familia",
  choose: "Elige una sala",
  chooseHint: "Cada sala dice quién va a leer lo que se escribe en ella.",
  freshCount: (count) => (count === 1 ? "1 nuevo" : `${count} nuevos`),
  professionals: "Profesionales",
  practice: "Consulta",
};

export const room: Catalogue["room"] = {
  readers: "Esto solo lo van a leer:",
  you: "tú",
  me: (name) => `${name} (tú)`,
  message: "Mensaje",
  placeholder: (names) =>
    names.length === 0 || names.length > 2 ? "Escribe aquí" : `Escribe a ${list(names)}`,
  log: "Mensajes",
  waiting: "Espera a salir",
  sent: "Enviado",
  notSent: "No enviado",
  perhapsSent: "Tal vez enviado",
  notChanged: "Sin cambiar",
  perhapsChanged: "Tal vez cambiado",
  notDeleted: "Sin borrar",
  perhapsDeleted: "Tal vez borrado",
  takeBack: "Retirarlo y mirar otra vez",
  deleteUnsent: "Borrar este mensaje",
  deleteTitle: "¿Borrar este mensaje?",
  deleteText: "No se envió. Nadie más lo tiene. Ya no va a estar.",
  deletePerhapsText: "Tal vez otros lo tienen. Solo se borra de este equipo.",
  dropChange: "Dejarlo como estaba",
  dropChangeTitle: "¿Dejarlo como estaba?",
  dropChangeText: "Tus palabras nuevas ya no van a estar aquí. El mensaje queda como lo leen los otros.",
  dropPerhaps: "Quitarlo de este equipo",
  dropPerhapsTitle: "¿Quitarlo de este equipo?",
  dropPerhapsText: "Tal vez otros ya leen tus palabras nuevas. Solo se borran de este equipo.",
  keptMessage: "Sigue ahí para todos los que leen aquí.",
  keptFile: "Su nombre sigue ahí. Lo que hay dentro tal vez ya no está.",
  mayAskAgain: "Lo puedes borrar de nuevo.",
  dropDeletion: "Dejarlo ahí",
  gone: "Esta sala no está aquí, o no está abierta para ti.",
  peopleCount: (count) => `Gente en esta sala: ${count}`,
  peopleTitle: "Quién lee aquí",
  closePeople: "Volver a los mensajes",
  professional: "Profesional",
  cannotWrite: "Solo lee",
  removeName: (name) => `Sacar a ${name}`,
  addName: (name) => `Añadir a ${name}`,
  addSomebody: "Dejar entrar a alguien",
  addHint: "Tú eliges qué puede ver de lo de antes. Si no dices nada, no ve nada.",
  removeTitle: (name) => `¿Sacar a ${name} de esta sala?`,
  removeText: (name) => `${name} no va a leer aquí nada nuevo. Lo que ${name} ya leyó no se puede borrar.`,
  back: "Todas las salas",
  cameIn: (names) =>
    names.length === 1
      ? `Ahora mismo: ${list(names)} entró y también va a leer esto.`
      : `Ahora mismo: ${list(names)} entraron y también van a leer esto.`,
  wentOut: (names) =>
    names.length === 1
      ? `Ahora mismo: ${list(names)} salió y no va a leer esto.`
      : `Ahora mismo: ${list(names)} salieron y no van a leer esto.`,
};
