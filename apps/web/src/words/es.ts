import { agreementCompose } from "./es/agreement-compose.ts";
import { agreementDesk } from "./es/agreement-desk.ts";
import { agreementWords } from "./es/agreement.ts";
import * as closing from "./es/closing.ts";
import { continuity } from "./es/continuity.ts";
import * as devices from "./es/devices.ts";
import { ended } from "./es/ended.ts";
import * as enter from "./es/enter.ts";
import { family } from "./es/family.ts";
import * as files from "./es/files.ts";
import { keeping, keepingFamily } from "./es/keeping.ts";
import * as messages from "./es/messages.ts";
import { page } from "./es/page.ts";
import * as people from "./es/people.ts";
import { practice, practiceTemplates, team } from "./es/practice.ts";
import * as refusals from "./es/refusals.ts";
import { reminders } from "./es/reminders.ts";
import * as room from "./es/room.ts";
import { clock, date, day, weekday, when } from "./es/say.ts";
import * as trust from "./es/trust.ts";
import type { Spoken } from "./spoken.ts";

/** All text of the interface in Spanish. It loads where somebody chose it. Nobody who grew up with the language has read it yet. */
export const es: Spoken = {
  catalogue: {
    date,
    clock,
    day,
    weekday,
    when,
    ...files,
    ...refusals,
    ...room,
    ...messages,
    ...people,
    continuity,
    ended,
    ...closing,
    ...enter,
    ...devices,
    ...trust,
    fault: "Algo salió mal en este equipo. No se perdió nada. Prueba otra vez.",
    act: {
      next: "Seguir",
      back: "Atrás",
      save: "Guardar",
      cancel: "Cancelar",
      send: "Enviar",
      lock: "Bloquear",
      lockTitle: "Bloquear ya (Escape)",
      remove: "Quitar",
      print: "Imprimir",
      copy: "Copiar el enlace",
      copied: "Copiado",
      again: "Probar otra vez",
      toRooms: "A las salas",
    },
    looks: { sotto: "Sotto", notes: "Notas", calendar: "Calendario", weather: "Clima" },
    language: { title: "Idioma", hint: "Se guarda solo en este equipo.", other: "English" },
    nav: { main: "Principal", rooms: "Salas", families: "Familias", account: "Cuenta" },
    starting: "Un momento…",
    notShown: {
      title: "Esta parte no se abre",
      text: "Quizá ahora no haya red. Todo lo que enviaste está a salvo. Carga otra vez la página para seguir.",
      again: "Cargar otra vez la página",
    },
    offline: "No hay red. Puedes leer y escribir; se envía más tarde.",
  },
  practice,
  team,
  practiceTemplates,
  family,
  reminders,
  page,
  keeping,
  keepingFamily,
  agreementWords,
  agreementCompose,
  agreementDesk,
};
