import type { Spoken } from "../spoken.ts";
import { date, list } from "./say.ts";
import { triggers } from "./triggers.ts";

const clock = (minutes: number): string => {
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const ahead = `${String(hours)}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
  return `reloj en UTC${minutes < 0 ? "-" : "+"}${ahead}`;
};

export const agreementDesk: Spoken["agreementDesk"] = {
  title: (family) => `Acuerdo de ${family}`,
  nothing:
    "Aún no se propuso nada. Hasta que firmen todos, lo que alguien te dice a solas se queda entre los dos.",
  compose: "Hacer un acuerdo",
  goOn: "Seguir con tu borrador",
  another: "Hacer una versión nueva",
  together: "Verlo juntos",
  togetherEnd: "Volver al acuerdo",
  toFamily: "A la familia",
  suspended: (names) =>
    names.length === 0
      ? "Alguien retiró su nombre. El acuerdo no vale ahora."
      : `Retiró su nombre: ${list(names)}. El acuerdo no vale ahora. A los demás no se les dice quién fue.`,
  suspendedNext:
    "Habla antes con cada uno a solas. Una versión nueva lo pone en marcha, cuando firmen todos.",
  signers: "Quién firma",
  as: {
    self: () => "en su propio nombre",
    assent: () => "con su propio sí",
    guardian: (minor) => `como tutor de ${minor}`,
  },
  signedAt: (as, at) => `Firmó ${as}, ${date(at)}`,
  waits: (as) => `Falta que firme ${as}`,
  noProof: (minor) => `Para ${minor}: aún no se vio ningún papel de tutor.`,
  proofSeen: (minor, proof) => `Para ${minor}: ${proof}.`,
  recordProof: (minor) => `Apuntar lo que viste para ${minor}`,
  proofHint: "Esto solo lo ven tú y tus colegas. No para nada.",
  whichProof: "Lo que viste",
  proofs: {
    "birth-certificate": "un acta de nacimiento",
    "court-order": "una orden de un juez",
    "custody-agreement": "un acuerdo de custodia",
    "adoption-papers": "papeles de una adopción",
    "agency-letter": "una carta de una oficina",
    "told-only": "no se vio nada, lo dijo en persona",
  },
  sameDevice: (names) =>
    `Habla un momento a solas con cada uno: ${list(names)} firmaron en lo que parece el mismo equipo, dentro de una hora.`,
  contactChanged: (name) =>
    `Habla un momento a solas con ${name}: cambió cómo te pones en contacto en los días antes de la firma.`,
  checkHint: "Quizá no sea nada. La familia no ve esto, y no para nada.",
  signedWith: (device, minutes) =>
    `Firmó en ${{ phone: "un teléfono", tablet: "una tableta", computer: "una computadora" }[device]}, ${clock(minutes)}.`,
  delivered: (form, at) =>
    form === "pdf" ? `Guarda el PDF desde el ${date(at)}` : `Guarda el archivo firmado desde el ${date(at)}`,
  witnessed: (name) => `Testigo: ${name}.`,
  recordWitness: "Apuntar un testigo",
  witnessHint: "Algunas leyes lo piden. Todos los que firman este acuerdo pueden leer el nombre.",
  whichSignature: "Qué firma",
  witnessName: "Nombre del testigo",
  notJoined: "Aún no entró. Se le pide en cuanto entre.",
  answers: {
    declined: "Dijo que no",
    "change-asked": "Pide un cambio",
    "not-yet": "Todavía no",
  },
  reason: (reason) => `Su razón, solo para ti: ${reason}`,
  noReason: "No dio ninguna razón.",
  read: (count, of) => `Leyó ${String(count)} de ${String(of)} partes`,
  understood: (percent) => `El ${String(percent)} por ciento de las preguntas está bien`,
  round: (round) => (round === 0 ? "Preguntas al firmar:" : `Preguntas, ronda ${String(round)}:`),
  roundOpen: "aún sin contestar.",
  roundScore: (score) =>
    `${String(score.answered)} de ${String(score.asked)} contestadas, ${String(score.firstPercent)} por ciento bien la primera vez, ${String(score.percent)} por ciento ahora.`,
  talkAbout: (parts) => `Habla de: ${list(parts)}`,
  questions: "Preguntas",
  noQuestions: "Hasta ahora no hay preguntas.",
  asked: (name, part) => `${name} sobre “${part}”`,
  answer: "Lo que contestas",
  answerHint: (name) => `${name} lo lee junto a esta parte.`,
  share: "Mostrar a todos la pregunta y lo que contestas, sin nombre",
  mayNotShare: "Quiere que esto lo veas solo tú.",
  send: "Enviar",
  yourAnswer: (text) => `Tú: ${text}`,
  due: "Lo que hay que ver de nuevo",
  noDue: "Ahora mismo, nada.",
  dueLine: (trigger, names) =>
    names.length === 0 ? triggers[trigger] : `${triggers[trigger]}: ${list(names)}`,
  since: (at) => `Desde el ${date(at)}`,
  birthday: (at) => `El cumpleaños es el ${date(at)}`,
  calls: { "new-version": "Hay que firmar una versión nueva.", talk: "Hablen de ello." },
  apart: "Ve a cada uno a solas.",
  talked: "Hoy hablamos de ello",
  record: "Apuntar un cambio",
  recordHint:
    "Algunos cambios piden otra vez el sí de todos. Después de tres sesiones hablan de ello. Di qué pasó; no se envía nada a la familia.",
  what: "Qué pasó",
  whom: "A quién le toca",
  save: "Apuntarlo",
  recorded: "Está apuntado.",
  triggers,
  recall: "Retirar esta versión",
  recallTitle: "¿Retirar esta versión?",
  recallText: "Ya nadie la puede firmar. Lo que se firmó de ella no vale nada.",
  versions: "Versiones",
  version: (number) => `Versión ${String(number)}`,
  stages: {
    open: () => "Espera firmas",
    "in-force": (since) => `Vale desde el ${date(since)}`,
    superseded: (since, until) => `Valió del ${date(since)} al ${date(until)}`,
    suspended: (since, until) =>
      `Valió desde el ${date(since)}, hasta que alguien retiró su nombre el ${date(until)}`,
    void: () => "Nunca valió",
  },
  language: "En qué idioma",
  languages: { en: "Inglés", es: "Español" },
  pdf: "Guardar como PDF",
  copy: "Guardar el archivo firmado",
  fhir: "Guardar para otros programas (FHIR)",
  forPractice: "Para nuestros archivos: con lo que solo se dijo a terapeutas",
  forPracticeHint:
    "Entonces muestra papeles de tutor, copias, equipos y resultados. No des este a la familia.",
  copyHint:
    "El PDF es para leer. El archivo firmado muestra quién firmó qué, y se puede comprobar sin nosotros. Los dos llevan nombres: guárdalos bien.",
};
