import type { AgreementLanguage, Capacity, Reader, Signing, SignerAnswer } from "@sotto/domain";
import type { AgreementSignWords } from "../en/agreement-sign.ts";
import { factor } from "./enter.ts";
import { date, list } from "./say.ts";

const languages: Readonly<Record<AgreementLanguage, string>> = { en: "English", es: "Español" };

const readers: Readonly<Record<Reader, string>> = {
  adult: "Para adultos",
  teen: "Para jóvenes",
  child: "Para niños",
};

const explained: Readonly<Record<Signing["explained"], string>> = {
  together: "Todos juntos, con el terapeuta",
  "with-therapist": "Yo a solas con el terapeuta",
  call: "Con el terapeuta, por teléfono o video",
  alone: "Lo leí por mi cuenta",
};

/** As whom somebody signs. `of` is the name of whom it is about. */
const as = (capacity: Capacity, of: string): string => {
  switch (capacity) {
    case "self":
      return "Por ti";
    case "assent":
      return "Tu propio sí";
    case "guardian":
      return `Como tutor de ${of}`;
  }
};

const means = (capacity: Capacity, of: string): string => {
  switch (capacity) {
    case "self":
      return "Dices: he leído esto y estoy de acuerdo.";
    case "assent":
      return "Dices: sé qué es esto y estoy de acuerdo. Los adultos que te cuidan firman también. Lo uno no vale por lo otro.";
    case "guardian":
      return `Dices que sí por ${of}. No es lo mismo que tu propio sí. Puedes dar uno y no el otro.`;
  }
};

/** What somebody does when they press the button, so that nobody has to guess. */
const signGo = (capacity: Capacity, of: string): string => {
  switch (capacity) {
    case "self":
      return "Firmar por mí";
    case "assent":
      return "Estoy de acuerdo: firmar";
    case "guardian":
      return `Firmar por ${of}`;
  }
};

const answered: Readonly<Record<SignerAnswer, string>> = {
  "not-yet": "Dijiste: todavía no.",
  "change-asked": "Pediste un cambio.",
  declined: "Dijiste que no.",
};

const answers: AgreementSignWords["answer"] extends infer Answer
  ? Pick<Answer, keyof Answer & SignerAnswer>
  : never = {
  "not-yet": {
    go: "Todavía no",
    title: "Todavía no",
    text: "Está bien. Toma el tiempo que te haga falta. Puedes firmar más tarde.",
    why: "¿Qué te hace falta antes?",
  },
  "change-asked": {
    go: "Pedir un cambio",
    title: "Pedir un cambio",
    text: "Di qué debe ser de otro modo. Tu terapeuta habla contigo y quizá haga una versión nueva.",
    why: "¿Qué debe cambiar?",
  },
  declined: {
    go: "No",
    title: "No",
    text: "Puedes decir que no. Tu terapeuta habla entonces contigo de qué más puedes hacer.",
    why: "¿Quieres decir por qué?",
  },
};

const version = (number: number): string => `Versión ${number}`;

/** The same in Spanish. Nobody who grew up with the language has read it yet. */
export const agreementSign: AgreementSignWords = {
  title: "Nuestro acuerdo",
  cancel: "Cancelar",
  waiting: "Un momento…",
  factor,
  languages,
  readers,
  back: "Al inicio del acuerdo",
  version,
  standing: {
    waitsForMe: "Te espera a ti",
    waitsText: "Léelo, pregunta lo que quieras saber y luego di qué piensas. Nadie te mete prisa.",
    letIn: "Tu terapeuta aún tiene que dejarte entrar. Puedes leer hasta entonces.",
    notAsked: "Puedes leer esto. No hace falta que lo firmes.",
    signed: "Has firmado",
    waitsFor: (names) => `Ahora espera a ${list(names)}. Antes de eso no vale nada.`,
    offered: "Espera a otros",
    answered,
    canStill: "Puedes firmar más tarde, o cambiar lo que dijiste. Solo elige otra vez.",
    inForce: "Vale para todos ustedes",
    since: (at) => `Vale desde el ${date(at)}.`,
    suspended: "Está en pausa",
    suspendedText: (at) =>
      `Alguien retiró su sí el ${date(at)}. Tu terapeuta sabe quién fue. Nadie más lo sabe.`,
    suspendedMeans: [
      "Lo que dijiste antes sigue con su regla.",
      "Lo que digas a solas a tu terapeuta desde ahora se queda ahí.",
      "Tu terapeuta habla con ustedes de lo que viene.",
    ],
    stillHeld: "El de antes está en pausa hasta que todos ustedes firmen este.",
    heldBefore: "El de antes está en pausa, ya que alguien retiró su sí.",
    stillInForce: (number) => `Hasta entonces, la versión ${number} vale como antes.`,
    recalled: "Tu terapeuta lo retiró",
    recalledText: "Ya nadie firma este. Por favor, espera al que viene.",
    stopped: "Este ya no se puede firmar",
    withdrawalText: "Alguien retiró su sí. Tu terapeuta tiene que hacer una versión nueva.",
    leftText: "Alguien ya no está en él. Tu terapeuta tiene que hacer una versión nueva.",
    replaced: "Hay una versión más nueva",
    replacedText: "Esta no llegó a valer.",
    superseded: "Este valía antes",
    supersededText: (since, until) => `Del ${date(since)} al ${date(until)}.`,
    closed: "Estas salas están cerradas. Ahora nadie firma aquí. Lo que se prometieron sigue.",
    notHere: "Aquí aún no hay nada. Cuando tu terapeuta lo haya hecho, lo lees aquí.",
    who: "Quién firma",
    me: (name) => `${name} (tú)`,
    allOf: "Firmó",
    someOf: (have, of) => `Firmó ${have} de ${of}`,
    noneOf: "Sin firmar",
    notJoined: "Aún no ha entrado",
  },
  stale: {
    newer: "Llegó una versión más nueva mientras leías. Lo que leíste queda guardado.",
    open: "Abrir la nueva",
    recalled: "Tu terapeuta retiró esta versión. Aún puedes leerla.",
    stopped: "Esta versión ya no se puede firmar. Aún puedes leerla.",
  },
  start: {
    steps: "Paso a paso",
    read: "Leerlo",
    readText: "Una parte cada vez, con ejemplos.",
    readOn: "Seguir leyendo",
    readSoFar: (have, of) => `Has leído ${have} de ${of} partes.`,
    readAgain: "Leerlo otra vez",
    check: "Ver si está claro",
    checkText: (count) =>
      `${count === 1 ? "1 pregunta corta" : `${count} preguntas cortas`}. Aquí nadie falla.`,
    roundText: (count) =>
      `Hace tiempo que firmaste. ¿Sigue claro? Hay ${count} preguntas nuevas. Aquí nadie falla.`,
    checkSoFar: (right, of) => `${right} de ${of} están claras.`,
    checkOn: "Seguir con las preguntas",
    checkAgain: "Verlas otra vez",
    decide: "¿Qué dices?",
    decideText: "Todo esto está bien. Puedes elegir otra vez más tarde.",
    sign: "Firmar",
    changeMind: "¿Has cambiado de idea?",
    changeMindText: "Mientras no hayan firmado todos, aún puedes retirar lo que dijiste.",
    together: "Verlo juntos",
    togetherText: "Letra grande para una pantalla que todos pueden ver. Ahí no hay nada tuyo a solas.",
    earlier: "Versiones de antes",
    open: (number) => `Abrir la versión ${number}`,
  },
  read: {
    title: "Leer",
    of: (place, of) => `Parte ${place} de ${of}`,
    next: "Parte siguiente",
    back: "Parte anterior",
    done: "Lo he leído",
    all: "Todo en una página",
    oneByOne: "Una parte cada vez",
    allRead: "Lo he leído todo",
    language: "Idioma",
    reader: "Palabras",
    changed: "Esta parte ha cambiado",
    asked: "Alguien preguntó",
    iAsked: "Tú preguntaste",
    answer: "Tu terapeuta",
    noAnswer: "Tu terapeuta contesta aquí.",
    onItsWay: "De camino a tu terapeuta.",
  },
  ask: {
    open: "Preguntar por esto",
    title: "Tu pregunta",
    hint: "Llega solo a tu terapeuta.",
    mayShare: "Mi terapeuta puede mostrar a todos esta pregunta y lo que contesta, sin mi nombre",
    send: "Enviar la pregunta",
    sent: "Tu terapeuta tiene tu pregunta. Aquí verás lo que contesta.",
  },
  sign: {
    title: "Firmar",
    of: (place, of) => `Firma ${place} de ${of}`,
    as,
    means,
    go: signGo,
    counts: "Vale cuando todos ustedes hayan firmado. Entonces cada uno puede guardar una copia.",
    screen: {
      title: "Firmar en una pantalla",
      points: [
        "Vale como tu nombre en papel.",
        "Puedes tenerlo todo en papel, ahora o más tarde. Solo pídelo a tu terapeuta.",
        "¿Prefieres firmar en papel? Entonces dilo a tu terapeuta y no firmes aquí.",
        "Puedes retirar tu sí cuando quieras. Ve al acuerdo y pulsa “Retirar mi sí”, o dilo a tu terapeuta.",
        "Puedes guardar tu copia aquí. Para abrirla te hace falta un teléfono u otro equipo que muestre un PDF.",
        "Solo quien los atiende ve en qué tipo de equipo firmaste, su zona horaria, y si dos de ustedes usaron el mismo.",
      ],
      agree: "Quiero firmar en esta pantalla",
      missing: "Di antes, por favor, que quieres firmar en una pantalla. O pide papel.",
    },
    interpreter: "Alguien me ayudó con el idioma",
    interpreterLanguage: "¿En qué idioma habló contigo?",
    interpreterHint: "Puedes dejarlo vacío. Lo pueden leer todos los que firman.",
    takeBack: "Puedes retirar tu sí cuando quieras.",
    notRead: "Aún no lo has leído todo. Puedes firmar, y también puedes esperar.",
    notClear: "Aún hay preguntas abiertas. Puedes firmar, y también puedes hablar antes.",
    explained: "¿Cómo lo viste?",
    chooseExplained: "Elige, por favor",
    explainedBy: explained,
    explainedMissing: "Di antes, por favor, cómo lo viste.",
    ticks: "Si quieres, marca lo que has pensado bien.",
    moreTicks: "Las otras partes",
    way: "Muestra antes que eres tú",
    wayText: "Para que nadie firme en tu lugar, muestra otra vez tu forma de entrar. Después firmas.",
    wayGo: "Seguir",
    later: "Ahora no",
    thanks: "Gracias. Has firmado.",
    nextOne: "Te piden una firma más. Es otra decisión.",
    soon: (names) => `Vale en cuanto firme también ${list(names)}.`,
    inForce: "Todos ustedes han firmado. Ya vale.",
    done: "Al acuerdo",
  },
  answer: {
    ...answers,
    optional: "No tienes que decir nada. Lo que escribas aquí llega solo a tu terapeuta.",
    seen: "Solo tu terapeuta ve lo que dices. Los otros solo ven que no has firmado.",
    takesBack: "Lo que has firmado de esta versión deja de valer.",
    send: "Enviar",
    onItsWay: "Lo que dijiste está guardado. Sale en cuanto este equipo tenga red.",
  },
  copy: {
    title: "Tu copia",
    text: "Todas las palabras y todos los que firmaron: en papel para leer, y en un archivo que se prueba solo. Guárdalos donde solo mires tú. Tu terapeuta ve que guardas uno.",
    pdf: "Guardar como PDF",
    get: "Guardar el archivo firmado",
    how: "Cómo comprobarlo",
    check:
      "Cualquiera puede comprobar el archivo firmado sin ayuda. Guarda esta página junto a él: se abre sin red.",
    checker: "Guardar la página que lo comprueba",
    program: "O bien, para quien sabe de esto:",
    command: "sotto verify-agreement agreement.sotto",
    saved: "El archivo está guardado en este equipo.",
  },
  outside: {
    signed: (at) => `Firmaste el ${date(at)}.`,
    notAsked: "Tu terapeuta ha hecho uno nuevo, y no te pide que lo firmes. Por eso no lo ves.",
    mayHold: "Lo que firmaste quizá valga aún, hasta que valga el nuevo. Aquí puedes retirar tu sí.",
    mayHoldClosed: "Lo que firmaste quizá valga aún, hasta que valga el nuevo.",
    takenBack: (at) => `Retiraste tu sí el ${date(at)}. Tu terapeuta lo sabe.`,
  },
  withdraw: {
    title: "Retirar tu sí",
    text: "Puedes pararlo cuando quieras, y no tienes que dar ninguna razón.",
    closed: [
      "Todavía puedes hacerlo. Estas salas están cerradas, y aquí no se puede. Dile a tu terapeuta que lo quieres. Puede abrir las salas para ello, y entonces pulsas aquí el botón.",
      "Lo que se dijo en estas salas sigue con la regla de entonces. Ahora nadie escribe en ellas.",
    ],
    go: "Retirar mi sí",
    askTitle: "¿Retirar tu sí?",
    points: [
      "El acuerdo queda en pausa para todos ustedes, en el acto.",
      "Tu terapeuta sabe que fuiste tú. Nadie más lo sabe.",
      "Lo que dijiste antes sigue con la regla de entonces.",
      "Para tener otra vez un acuerdo, todos ustedes firman uno nuevo.",
    ],
    sent: "Tu terapeuta lo sabe en cuanto este equipo tenga red. Entonces el acuerdo queda en pausa.",
  },
  changes: {
    title: "Qué ha cambiado",
    since: (number) => `Desde la versión ${number}`,
    none: "Nada de lo que lees ha cambiado.",
    gone: "Ya no",
    added: "Nuevo",
    otherWords: "Aquí solo son nuevas palabras para otros lectores, o en el otro idioma.",
    joined: (names) => `Nuevos en él: ${list(names)}.`,
    left: (names) => `Ya no están en él: ${list(names)}.`,
    counted: (names) => `Con otro nombre, u otra tarea: ${list(names)}.`,
    therapistsJoined: (names) => `Ahora también los atiende: ${list(names)}.`,
    therapistsLeft: (names) => `Ya no los atiende: ${list(names)}.`,
    somebody: "alguien",
    places: "Ahora vale la ley de otro lugar. Pregunta a tu terapeuta qué significa.",
    notBack: "Lo que dijiste antes sigue con la regla de entonces.",
  },
};
