import type { Gap, GapKind, PlaceTelling, Reader, TemplateRefusal, TemplateShape } from "@sotto/domain";
import type { Spoken } from "../spoken.ts";
import { date, list } from "./say.ts";

type Compose = Spoken["agreementCompose"];
type GapSaid = Parameters<Compose["gaps"][GapKind]>[0];

const MONTHS = 12;

/** So many, as people say it. */
const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;
const things = (count: number): string => many(count, "cosa", "cosas");

const channels: Compose["channels"] = {
  room: "Salas de esta aplicación",
  call: "Llamadas",
  text: "Mensajes de texto",
  email: "Correo",
  video: "Video",
};

const limits: Compose["limits"] = {
  "child-abuse": "Le pueden hacer daño a un niño",
  "adult-abuse": "Le pueden hacer daño a alguien mayor o débil",
  "danger-to-self": "Alguien se puede hacer daño",
  "danger-to-others": "Alguien puede hacer daño a otros",
  "court-order": "Lo manda un juez",
  claim: "Alguien te lleva a juicio",
  oversight: "Una oficina mira tu trabajo",
  payment: "Paga un seguro",
  supervision: "Preguntas a un colega, sin nombres",
  emergency: "Un médico lo tiene que saber ya",
  death: "Alguien muere",
};

const topics: Compose["topics"] = {
  attendance: "Si vino",
  "serious-risk": "Un peligro grave",
  "how-it-goes": "Cómo va en general",
  topics: "De qué habla",
  content: "Lo que dijo",
};

const readers: Readonly<Record<Reader, string>> = {
  adult: "Adultos",
  teen: "Jóvenes",
  child: "Niños",
};

const shapes: Readonly<Record<TemplateShape, string>> = {
  couple: "Sin secretos que importen a los dos. Una ficha, y los dos firman por ella.",
  "family-with-teenager": "Una lista corta de lo que hay que decir. Lo del joven se queda contigo.",
  "family-with-young-child":
    "Una lista corta de lo que hay que decir. Los tutores pueden saber lo que dice el niño.",
  "separated-parents": "Nada de uno de los padres va al otro. Puede haber un juicio cerca.",
  "individual-with-collaterals": "Una persona decide qué sale. Los demás vienen a ayudar.",
};

const shapeNames: Readonly<Record<TemplateShape, string>> = {
  couple: "Una pareja",
  "family-with-teenager": "Una familia con un joven",
  "family-with-young-child": "Una familia con un niño",
  "separated-parents": "Padres que viven aparte",
  "individual-with-collaterals": "Una persona, con otras que ayudan",
};

const tellings: Readonly<Record<PlaceTelling, string>> = {
  "minor-decides": "El menor que puede decir que sí decide también quién lo sabe.",
  "professional-may-tell": "Lo puedes decir a los tutores, y no estás obligado.",
  "guardians-take-part": "Se espera que los tutores tomen parte.",
  "by-consent": "Quien dijo que sí decide quién lo sabe.",
  "other-law": "Otra ley decide qué saben los tutores.",
};

const numbers: Readonly<Record<string, string>> = {
  graceCount: "el tiempo para decirlo",
  answerHours: "las horas hasta que contestas",
  checkInMonths: "los meses hasta hablar de ello otra vez",
  reviewMonths: "los meses hasta leerlo todo otra vez",
  firstWordHours: "las horas hasta la primera palabra",
};

const lookUp = (labels: Readonly<Record<string, string>>, { about }: Gap): string =>
  (about === undefined ? undefined : labels[about])?.toLowerCase() ?? "";

const doubts: Readonly<Record<string, (place: string) => string>> = {
  "guardians-may-ask": (place) => `${place}: los tutores quizá tengan derecho a preguntar qué se dice.`,
  "guardians-take-part": (place) => `${place}: la ley quiere que los tutores tomen parte.`,
  "minor-decides": (place) => `${place}: quizá decida el menor quién lo sabe.`,
  "by-consent": (place) => `${place}: quien dijo que sí decide qué se dice. Mira la regla.`,
  "other-law": (place) => `${place}: decide la ley de otro lugar. Añade también ese lugar.`,
  "too-young": (place) => `${place}: es muy joven para decir que sí sin nadie más.`,
  "no-age": (place) => `${place}: no hay edad fija para decir que sí sin nadie más.`,
  conditions: (place) => `${place}: puede decir que sí solo en ciertos casos. Míralos.`,
};

const doubt = ({ gap, name, place }: GapSaid): string => {
  const say = gap.about === undefined ? undefined : doubts[gap.about];
  return `${name}, ${say?.(place) ?? `${place}: mira la regla.`}`;
};

/** For whom words are, and in which language. */
const placeIn = ({ about }: Gap): string => {
  const [language = "", reader = ""] = about?.split(".") ?? [];
  const who = Object.entries(readers).find(([key]) => key === reader)?.[1];
  return `${who?.toLowerCase() ?? ""} en ${language === "es" ? "español" : "inglés"}`;
};

/** What is wrong, and what to do about it. */
const gaps: Compose["gaps"] = {
  "part-open": () => "Aquí aún no hay nada elegido. Elige.",
  "part-without-words": ({ gap }) => `Aquí no hay palabras para ${placeIn(gap)}. Elige algo que lo diga.`,
  "nobody-bound": () => "Nadie firmaría esto. Elige por lo menos a una persona que firme.",
  "no-therapist": () => "Nadie atiende a esta familia. Deja entrar antes a un terapeuta.",
  "person-twice": ({ name }) => `${name} está aquí dos veces. Quita una.`,
  "person-unknown": ({ name }) => `${name} no es parte de esto. Quita lo que se dice de ${name}.`,
  "does-not-sign": ({ name }) =>
    `${name} no firma. Se puede. Lo que dice ${name} se queda contigo, y nadie lo puede pasar a otro.`,
  "no-place": () => "No hay lugar elegido. Elige qué ley vale.",
  "place-unverified": ({ place }) => `${place}: nadie revisó esta regla. Habla con un abogado.`,
  "client-missing": ({ name }) => `${name} es el cliente y no es parte de esto. Elige a otra persona.`,
  "policy-over-unsigned": ({ name }) =>
    `No puedes pasar a otro lo que dice ${name}: ${name} no dijo que sí. Deja que ${name} firme, o elige otra regla.`,
  "nobody-to-tell": () => "El cliente es una persona. No hay nadie a quien se lo deba. Mira otra vez.",
  "no-categories": () => "La lista está vacía. Elige qué hay en ella.",
  "not-screened": () => "Pregunta antes a cada uno a solas si hay daño en casa. Luego márcalo aquí.",
  "alone-though-never-alone": () => "No ves a nadie a solas. Quita las sesiones a solas, o elige otra regla.",
  "nothing-covered": () => "Esto no vale en ningún lado. Elige por lo menos una forma.",
  "channel-not-covered": ({ gap }) =>
    `Usas ${lookUp(channels, gap)}, y esto no vale ahí. Añádelo, o mira otra vez.`,
  "limit-missing": ({ gap }) => `Esto tiene que estar: ${lookUp(limits, gap)}. Añádelo.`,
  "release-too-narrow": () => "El cliente son todos. Entonces firman todos antes de que salga algo.",
  "supporter-not-allowed": () =>
    "Nadie puede hablar fuera, y hay personas con nombre. Quita una de las dos cosas.",
  "access-too-wide": () =>
    "Hay una ficha, y nadie tiene en ella una parte propia. Mira otra vez quién la ve.",
  "retention-open": () => "Tu consulta no dijo cuánto tiempo guarda las fichas. Pon antes su regla.",
  "retention-unverified": () =>
    "Nadie revisó la regla de la consulta de cuánto tiempo guarda las fichas. Habla con un abogado.",
  "secrecy-in-court": () =>
    "Nadie puede prometer esto. Ya hubo jueces que abrieron estas charlas. Elige “Sin promesa”.",
  "minor-without-promise": ({ name }) => `A ${name} aún no se le promete nada. Añádelo.`,
  "minor-twice": ({ name }) => `Hay dos promesas para ${name}. Quita una.`,
  "minor-not-party": ({ name }) => `Hay una promesa para ${name}, que aquí no es menor. Quítala.`,
  "minor-without-consent": ({ name }) => `Nadie dice que sí por ${name}. Di quién lo hace.`,
  "guardian-unknown": ({ name }) => `Por ${name} decide alguien que no es parte de esto. Quítalo, o añádelo.`,
  "promises-differ": ({ gap, name }) =>
    `A ${name} se le promete más que a los tutores. Quita esto, o cambia lo que se le promete a ${name}: ${lookUp(topics, gap)}.`,
  "risk-not-told": ({ name }) => `Los tutores tienen que saber de un peligro grave para ${name}. Añádelo.`,
  "level-against-policy": ({ name }) =>
    `La regla de todos dice que lo puedes decir. A ${name} se le promete que no. Hablen de ello.`,
  "age-unknown": ({ name }) =>
    `¿Qué edad tiene ${name}? Añade el cumpleaños, y así se pueden ver las reglas del lugar.`,
  "of-age": ({ name }) => `${name} ya tiene 18. Cambia el papel en los datos de la familia.`,
  "level-doubtful": doubt,
  "route-doubtful": doubt,
  "no-channel": () => "No hay forma de escribirte. Elige una.",
  "open-channel": ({ gap }) =>
    `Otros pueden leer ${lookUp(channels, gap)}. Lo que uno quiere no vale por lo que dijo otro.`,
  "no-crisis-line": () => "No hay a quién llamar si no puede esperar. Añade un nombre y un número.",
  "review-late": () => "Más de un año es mucho. Léanlo todo otra vez cada año.",
  "no-worry-route": () => "No hay a quién ir si algo preocupa. Elige a alguien.",
  "no-leak-promise": () => "No prometes nada para cuando se sepa algo. Elige qué vas a hacer.",
  "out-of-range": ({ gap }) => {
    const number = gap.about === undefined ? undefined : numbers[gap.about];
    return `Escribe un número entero para ${number ?? "esto"} que no sea muy alto.`;
  },
  "own-words-refused": ({ gap }) =>
    `Tus palabras para ${placeIn(gap)} no pueden quedar así. Corrígelas, o quítalas.`,
  "own-words-unsure": () =>
    "Aquí están tus propias palabras. Lo que se eligió ya no es lo mismo, o es nuevo. Léelas: ¿valen aún?",
};

/** Why a file was not taken, and what to do about it. */
const refusals: {
  readonly [Kind in TemplateRefusal["kind"]]: (why: TemplateRefusal & { readonly kind: Kind }) => string;
} = {
  "too-large": ({ charactersMost }) =>
    `Este archivo es muy grande para un modelo. Puede tener ${charactersMost.toLocaleString("es-419")} letras como mucho. Elige otro, o quita palabras.`,
  "not-a-template": () => "No es el archivo de un modelo. Elige uno que se guardó aquí como modelo.",
  "unknown-format": ({ format }) =>
    `Este archivo es de otro tipo: “${format}”. Guárdalo de nuevo en su lugar, con esta versión de la aplicación.`,
  missing: () => "Aquí falta algo. Complétalo.",
  "unknown-field": () => "Este campo no se conoce. Quítalo, o mira si está bien escrito.",
  "unknown-value": () => "Este valor no se conoce aquí. Pon uno que tenga un modelo guardado.",
  "too-many": ({ most }) => `Aquí hay demasiados. Deja ${most} como mucho.`,
  twice: () => "Esto está dos veces. Quita una.",
  "unknown-clause": ({ clause }) =>
    `No hay frase con el nombre “${clause}”. Quítala, o mira si está bien escrita.`,
  "broken-reference": ({ to }) =>
    `Las palabras piden “${to}”, y no hay nada detrás. Quítalo, o pon uno que valga en esta frase.`,
  "text-too-long": ({ charactersMost }) => `Este texto es muy largo. Déjalo en ${charactersMost} letras.`,
  "script-in-text": () => "En este texto hay código. Escribe palabras, sin signos como < y &.",
  "hidden-characters": () => "En este texto hay signos que nadie ve. Escríbelo de nuevo.",
};

export const agreementCompose: Compose = {
  title: "Componer el acuerdo",
  back: "Al acuerdo",
  partHints: {
    client: "Quién es el cliente decide quién firma antes de que salga algo.",
    policy: "Qué haces con lo que uno te dice a solas. El peligro queda fuera de esto.",
    contacts: "De qué formas te puede decir alguien algo fuera de una sesión con todos.",
    telling: "Cuánto tiempo tiene alguien, con tu ayuda, para decirlo.",
    limits: "Cuándo lo tienes que decir, sin importar qué se prometió.",
    earlier: "Una firma nunca abre lo que se dijo antes.",
    outsiders: "Qué puede salir de la familia, y con quién pueden hablar.",
    promises: "Lo que se prometen entre sí. Nadie lo usa en peleas: eso vale siempre.",
    records: "Cuántas fichas llevas, y quién las puede ver.",
    court: "Qué haces si pregunta un juez.",
    minors: "Qué se promete a cada menor, y qué saben los tutores. Los dos leen la misma lista.",
    messages: "Cómo se te escribe, cuánto tardas, y a quién llamar si no puede esperar.",
    change: "Cuándo hablan de ello otra vez. Un cambio lo firman todos, y nunca vale hacia atrás.",
    worries: "A dónde ir si algo preocupa, y qué pasa si se supo algo.",
  },
  clients: {
    unit: "Todos juntos",
    individual: "Una persona, las otras ayudan",
    parallel: "Cada uno, lado a lado",
  },
  policies: {
    "no-secrets": "Sin secretos",
    limited: "Pocos secretos",
    discretion: "Lo piensas cada vez",
    full: "Lo que se dice a solas se queda",
    "no-individual-contact": "Nadie te ve a solas",
  },
  policyTrades: {
    "no-secrets":
      "Es simple, y no toma partido. Pero la gente puede ocultar cosas, también si hay daño en casa.",
    limited: "Sabes más. Pero quizá sepas algo que los demás no saben.",
    discretion: "Se adapta. Pero a la gente le cuesta saber qué va a pasar, y es lo que trae más quejas.",
    full: "Lo mejor para preguntar por daño en casa, y bueno para jóvenes. Pero un secreto te puede atar.",
    "no-individual-contact":
      "No salen secretos. Pero antes tienes que preguntar a cada uno a solas si hay daño.",
  },
  categories: {
    affair: "Una relación de amor que sigue ahora",
    ending: "Que alguien ya decidió irse",
    money: "Deudas, o dinero con el que los otros cuentan",
    health: "Un mal que los otros deben saber",
    substances: "Alcohol o drogas",
    goals: "Ir contra lo que vinieron a buscar",
  },
  contacts: {
    "individual-session": "Sesiones a solas",
    call: "Llamadas",
    text: "Mensajes de texto",
    email: "Correo",
    message: "Salas de esta aplicación",
    note: "Notas y cartas",
    "social-media": "Otras aplicaciones y páginas",
    "third-party": "Lo que te cuentan otros",
  },
  limits,
  graceUnits: { sessions: "Sesiones", days: "Días" },
  ifNotTold: {
    pause: "Las sesiones de todos paran un tiempo",
    end: "Las sesiones de todos terminan",
    refer: "Les ayudas a buscar a otra persona",
  },
  releases: {
    everyone: "Firman todos los adultos",
    "each-for-own": "Cada uno por lo suyo, todos por lo común",
  },
  exceptions: {
    payment: "Lo que hace falta para cobrar",
    supervision: "Hablar con un colega, sin nombres",
    emergency: "Lo que un médico tiene que saber ya",
  },
  confiding: {
    "own-words": "De su parte, con quien quieran",
    "named-supporters": "Solo con las personas que están aquí por su nombre",
    nobody: "Con nadie",
  },
  supporterTopics: { "own-words": "Solo de su parte", "what-was-said": "De lo que se dijo aquí" },
  recordings: {
    nobody: "No se graba",
    "when-all-agree": "Se graba si todos quieren",
    "therapist-for-training": "Grabas tú, para aprender, si todos quieren",
  },
  screenshots: {
    nobody: "Sin capturas de pantalla",
    "own-words": "Capturas de sus propias palabras",
    "when-all-agree": "Capturas si todos quieren",
  },
  social: { nothing: "No se publica nada", "own-story": "Cada uno puede publicar de sí" },
  forms: {
    one: "Una ficha para todos",
    "one-with-own-parts": "Una ficha, con una parte para cada uno",
    separate: "Una ficha para cada uno",
  },
  access: { "all-agree": "Todos tienen que querer", "own-part": "Cada uno puede ver su parte" },
  levels: {
    private: "Todo se queda contigo, menos el peligro",
    partial: "Los tutores saben cómo va",
    open: "Los tutores pueden saberlo todo",
  },
  levelsShort: { private: "privado", partial: "en parte", open: "abierto" },
  topics,
  routes: {
    guardians: "Sus tutores dicen que sí",
    minor: "El menor mismo dice que sí",
    court: "Un juez decidió quién",
    agency: "Una oficina de menores dice que sí",
  },
  channels,
  worryRoutes: {
    therapist: "Tú",
    "privacy-officer": "Responsable de privacidad",
    outside: "Una oficina de fuera de la consulta",
  },
  leakSteps: {
    talk: "Antes hablan de ello",
    "repair-plan": "Hacen un plan para arreglarlo",
    "pause-alone": "Por un tiempo nadie te ve a solas",
    "end-joint": "Si sigue, las sesiones de todos pueden terminar",
  },
  leakPromises: {
    "safety-first": "Mirar antes que todos estén a salvo",
    "stop-it": "Hacer lo que puedas para pararlo",
    "tell-you": "Decirles qué se supo",
    "say-sorry": "Pedir perdón, sin culpar a nadie",
    "your-choices": "Decir qué pueden hacer ahora",
    "mend-cause": "Buscar la causa y arreglarla",
    "ask-again": "Preguntar más tarde cómo están",
  },
  readers,
  languages: { en: "Inglés", es: "Español" },
  shapes,
  tellings,
  weights: { blocks: "Por corregir", doubtful: "Por mirar", note: "Por saber" },
  gaps,
  refusals,
  capacities: {
    self: () => "por su propia parte",
    assent: () => "con su propio sí",
    guardian: (of) => `como tutor de ${of}`,
  },

  counsel: "Habla con un abogado",
  source: "Fuente",
  version: "Versión",
  dated: (version, asOf) => `${version}, al ${asOf}`,
  shapeNames,

  begin: {
    text: "Elige dónde empezar. Después puedes cambiar cada cosa. Nadie lo ve hasta que lo propones.",
    template: "Empezar con un modelo",
    go: "Empezar",
    go2: "Empezar con esta versión",
    earlier: (number) => `Seguir desde la versión ${number}`,
    earlierText: "Se queda todo lo elegido. Cambias lo que haya que cambiar, y todos firman de nuevo.",
    ownWords: "Esta versión tiene palabras de tu consulta. También vienen.",
    brought: "Traído de un archivo",
    bring: "Traer el archivo de un modelo",
  },
  shared: {
    savedBy: ({ isMine, savedAt, savedBy }) =>
      isMine
        ? `Lo guardaste el ${date(savedAt)}`
        : `Lo guardó ${savedBy === "" ? "alguien de tu consulta" : savedBy} el ${date(savedAt)}`,
    numbered: (number) => `Versión ${number}:`,
    older: (count) => many(count, "versión de antes", "versiones de antes"),
    beginFrom: (number) => `Empezar con la versión ${number}`,
    retire: "Quitarlo de la lista",
    retireHint: "Entonces nadie empieza con él. Lo que empezó con él se queda como está.",
    restore: "Volver a ponerlo en la lista",
    retired: (count) => `Fuera de la lista (${count})`,
    as: "Compartirlo como",
    asNext: (title) => `La próxima versión de “${title}”`,
    asNew: "Un modelo nuevo",
    asNewHint: "El otro se queda como está.",
    share: "Compartir con tu consulta",
    done: "Compartido. Ahora lo tiene cada terapeuta de tu consulta.",
    onlyHere: (title) =>
      `El modelo “${title}” está solo en este equipo. Compártelo, y lo tiene cada terapeuta de tu consulta.`,
    shareIt: "Compartirlo",
    readFirst: "Leerlo y luego compartirlo",
    keepHere: "Dejarlo aquí",
  },
  kept: "Guardado en este equipo",
  keeping: "Se guarda…",
  notKept: "No se pudo guardar en este equipo. No cierres la página.",
  keepAgain: "Probar otra vez",

  summary: {
    title: "Qué falta por hacer",
    none: "No falta nada, y todo va junto.",
    blocks: (count) => `${things(count)} por corregir antes de proponerlo`,
    doubtful: (count) => `${things(count)} por mirar y decidir`,
    note: (count) => `${things(count)} por saber`,
    show: "Ver todo",
  },
  mark: {
    blocks: (count) => `${count} por corregir`,
    doubtful: (count) => `${count} por mirar`,
    note: (count) => `${count} por saber`,
  },
  cited: (citation, asOf) => `${citation} (al ${asOf})`,
  next: (title) => `Sigue: ${title}`,
  reads: "Lo que leen aquí las familias",
  who: (of) => list(of.map((reader) => readers[reader])),
  noWords: "Las palabras llegan cuando cada parte tiene algo elegido.",
  fourteen: "Las catorce partes",
  around: "Antes de proponerlo",

  people: {
    title: "Gente",
    hint: "Quién es parte de esto, y quién firma. Los nombres y papeles salen de los datos de la familia.",
    short: (of, sign) => `${of} en él, ${many(sign, "firma", "firman")}`,
    isIn: (name) => `${name} es parte de esto`,
    signs: (name) => `${name} firma`,
    unsigned: "Con ninguna regla se dice nada suyo.",
    guardianSigns: "Firma como tutor, por cada menor que le nombra.",
    born: (name) => `Cumpleaños de ${name}, si lo sabes`,
    bornHint: "Sirve para ver las reglas del lugar. Lo pueden ver todos los que firman.",
    decide: (name, names) =>
      names.length === 0 ? `Por ${name} aún no decide nadie.` : `Quién decide por ${name}: ${list(names)}.`,
    change: "Cámbialo en “Niños y adolescentes”",
    gone: "Ya no está en la familia",
    age: (years) => many(years, "año", "años"),
  },
  places: {
    title: "Lugares",
    hint: "Qué ley vale para esta familia. Puede ser más de una. Te la mostramos, y no decide nada.",
    short: (names) => (names.length === 0 ? "Ninguno" : list(names)),
    add: "Añadir un lugar",
    choose: "Elige un lugar",
    remove: (name) => `Quitar ${name}`,
    age: (age) =>
      age === null
        ? "No hay edad fija para que un menor diga que sí sin nadie más."
        : `Desde los ${age}, un menor puede decir que sí sin nadie más.`,
    conditions: "En qué casos",
    sessions: "Límites",
    rule: "Qué pueden saber los tutores",
    checked: "Fuente vista",
    words: "Lo que dice la ley",
    notes: "Por saber",
  },

  choosePerson: "Elige a una persona",
  remove: "Quitar",
  open: "Aún sin elegir",
  usual: "Empezar con lo habitual",
  individualHint: "El cliente es una persona. Las otras vienen a ayudar, y no son clientes.",
  client: { legend: "¿Quién es el cliente?", who: "¿Quién es el único cliente?" },
  policy: {
    legend: "¿Qué haces con lo que uno te dice a solas?",
    list: "Qué hay en la lista",
    listHint: "El peligro nunca está en ella. Eso se dice siempre.",
    first: "Lo dices a quien te lo dijo antes de contarlo",
    screened: "A cada uno se le preguntó a solas si hay daño en casa",
    short: (title, count) => `${title}: ${count} en la lista`,
  },
  contactsOf: { legend: "Esto vale para", short: (count, of) => `${count} de ${of} formas` },
  telling: {
    unused: "Con la regla que elegiste no hay un tiempo fijo. Esto se guarda por si la cambias.",
    unit: "Se cuenta en",
    count: "Cuántos",
    ifNot: "¿Y si no lo dice?",
    reason: "Nunca dices por qué. Las palabras son siempre las mismas.",
    short: (count, unit) =>
      unit === "days" ? many(count, "día", "días") : many(count, "sesión", "sesiones"),
    none: "Sin tiempo fijo",
  },
  limitsOf: { legend: "Lo tienes que decir si", short: (count, of) => `${count} de ${of}` },
  earlier: {
    legend: "Lo que se dijo antes de firmar",
    "stays-private": "Se queda como estaba",
    "by-permission": "Lo puede abrir quien lo dijo",
  },
  outsiders: {
    release: "¿Quién firma antes de que salga algo?",
    teens: "Los jóvenes también firman, por lo que dijeron",
    exceptions: "Qué puede salir de todos modos",
    confiding: "¿Con quién pueden hablar de ello?",
    supporters: "Personas con las que alguien puede hablar",
    noSupporters: "Aún no hay nadie.",
    supporter: (of, name) => `${of} puede hablar con ${name}`,
    of: "Quién puede hablar",
    name: "Nombre de la persona de fuera",
    about: "De qué",
    add: "Añadir a alguien",
    addIt: "Añadir a esta persona",
    remove: (name) => `Quitar a ${name}`,
  },
  promises: {
    recordings: "Grabar",
    screenshots: "Capturas de pantalla",
    social: "Publicar",
    marked: "Las páginas llevan el nombre de quien mira",
    court: "Nadie lo usa en un juicio contra otro",
  },
  records: {
    form: "¿Cuántas fichas llevas?",
    access: "¿Quién la puede ver?",
    kept: "Cuánto tiempo se guarda",
    years: (months) =>
      months % MONTHS === 0 ? many(months / MONTHS, "año", "años") : many(months, "mes", "meses"),
    keptFor: (time) => `${time} después del final. Es la regla de tu consulta.`,
    keptMinor: (time) => `Si hay un menor: ${time} después de que cumpla 18, si eso es más tarde.`,
    keptMost: (time) => `No más de ${time}.`,
    noRule: "Tu consulta aún no tiene regla. Ponla en la página de tu consulta.",
    take: "Tomar la regla de la consulta como está ahora",
    short: (form, time) => (time === null ? form : `${form}, ${time}`),
  },
  court: {
    secrecy: "¿Prometes que nada llega a un juez?",
    "not-promised": "Sin promesa",
    promised: "Una promesa",
    testimony: "¿Cuándo hablas en un juicio?",
    "by-order": "Solo si lo manda un juez",
    "when-all-agree": "Si todos quieren, o lo manda un juez",
  },
  minors: {
    none: "En esto no hay menores.",
    level: (name) => `¿Qué se le promete a ${name}?`,
    told: "¿Qué saben los tutores?",
    toldHint: "Leen la misma lista. Parte de ella está solo si lo deja la promesa.",
    first: (name) => `${name} lo sabe antes que los tutores`,
    route: (name) => `¿Quién dice que sí a esto por ${name}?`,
    guardians: (name) => `¿Quién decide por ${name}?`,
    nobody: "En esto no hay ningún adulto. Añade a alguien en “Gente”.",
    add: (name) => `Añadir una promesa para ${name}`,
    remove: "Quitar esta promesa",
    short: (name, level) => `${name}: ${level}`,
    noneShort: "Sin menores",
  },
  messages: {
    channels: "¿Cómo te pueden escribir o llamar?",
    hours: (channel) => `En cuántas horas contestas: ${channel}`,
    hoursHint: "Déjalo vacío si no prometes nada.",
    crisis: "A quién llamar si no puede esperar",
    crisisHint: "Vale si están las dos cosas.",
    name: "Nombre de la línea de ayuda",
    number: "Número de la línea de ayuda",
    short: (ways, crisis) =>
      `${many(ways, "forma", "formas")}, ${crisis === null ? "sin línea de ayuda" : crisis}`,
  },
  change: {
    checkIn: "Meses hasta hablar de ello otra vez",
    review: "Meses hasta leerlo todo otra vez",
    always: "Esto vale siempre",
    short: (checkIn, review) => `A los ${checkIn} y ${review} meses`,
  },
  worries: {
    routes: "¿A dónde puede ir quien se preocupa?",
    contact: (route) => `Contacto: ${route}`,
    contactHint: "Un nombre, un número o un lugar. Las familias lo leen detrás de la frase.",
    members: "Si uno de ellos pasó algo a otros",
    practice: "Si de la consulta se supo algo, prometes",
    hours: "Horas hasta que hablas con quien le toca",
    short: (ways, hours) =>
      `${many(ways, "forma", "formas")}, primera palabra en ${many(hours, "hora", "horas")}`,
  },

  own: {
    title: "Escribirlo con tus palabras",
    some: (count) => `Con tus palabras (${count})`,
    note: "Nadie compara tus palabras con lo elegido. Lo elegido decide qué vale y qué hace la aplicación.",
    label: (reader, language) => `Qué dice esta parte: ${reader}, ${language}`,
    shipped: "Son las palabras habituales. Cámbialas, y en su lugar están las tuyas.",
    own: "Son tus propias palabras. Están en lugar de todas las frases habituales de esta parte.",
    notYet: "Ahí están las palabras habituales hasta que esto se corrija.",
    refused: "Estas palabras aún no pueden quedar",
    back: "Volver a las palabras habituales",
    fits: "Mis palabras valen aún",
    hardest: (grade) => `La frase más difícil, grado ${grade}:`,
  },
  reading: {
    title: "Cómo se lee",
    hint: "Cada persona lo lee en palabras para su edad. Hasta el grado 6 es fácil para casi todos.",
    short: (grade) => `Grado ${grade} como mucho`,
    language: "Idioma",
    reader: "Quién lee",
    grade: (grade) => `Grado de lectura ${grade}`,
    easy: "Se lee bien",
    hard: "Más difícil que el grado 6",
    hardest: "Las frases más difíciles",
    sentence: (grade) => `Grado ${grade}`,
    measured: "Se cuenta por regla, por lo largo de palabras y frases. No dice si alguien lo entiende.",
    preview: "Todo el texto",
    none: "Elige algo en cada parte. Entonces lo puedes leer aquí.",
    who: (reader, language) => `${reader}, ${language}`,
  },
  difference: {
    title: "Qué cambia",
    hint: (number) => `Al lado de la versión ${number}.`,
    short: (count) => (count === 0 ? "Nada" : many(count, "parte", "partes")),
    same: "No hay nada distinto.",
    open: "Elige antes algo en cada parte.",
    removed: "Ya no dice",
    added: "Ahora dice",
    words: "Lo mismo, con otras palabras",
    wordsToo: "Aquí hay palabras propias. Así se lee, para cada uno:",
    before: "Antes",
    after: "Ahora",
    people: "Gente",
    joined: (name) => `${name} es parte desde ahora.`,
    left: (name) => `${name} ya no es parte.`,
    changed: (name) => `De ${name} se dice algo distinto: nombre, papel, cumpleaños, o si firma.`,
    therapistJoined: (name) => `${name} atiende ahora a la familia.`,
    therapistLeft: (name) => `${name} ya no atiende a la familia.`,
    placeAdded: (name) => `Ahora vale la ley de este lugar: ${name}.`,
    placeRemoved: (name) => `Ya no vale la ley de este lugar: ${name}.`,
    somebody: "Alguien",
  },
  offer: {
    title: "Proponerlo",
    hint: "Entonces todos lo pueden leer, preguntar y firmar.",
    blocked: (count) => `Aún no: ${things(count)} por corregir`,
    go: "Proponerlo",
    askTitle: "¿Proponer esto a todos?",
    asked: "A quién se le pide firmar",
    holds: "Nada de esto vale hasta que firmen todos.",
    replaces: "Se retira la versión que espera firmas ahora. Quien la firmó firma de nuevo.",
    goesOn: "Lo que vale ahora sigue hasta entonces.",
    later: "A quien aún no entró se le pide en cuanto entre.",
    looked: (count) =>
      count === 1 ? "Miré esta duda y quiero seguir" : `Miré estas ${count} dudas y quiero seguir`,
    doubts: "Lo que tienes que mirar",
    notNow: "Ahora no",
    signs: (name, as) => `${name}: ${as.join(", y ")}`,
  },
  file: {
    title: "Modelos y archivos",
    hint: "Guarda lo elegido como modelo para otras familias. No lleva nombres de esta familia.",
    from: (title, version) => `Empezó con: ${title}, versión ${version}`,
    fromVersion: "Empezó con una versión de antes",
    save: "Guardar o compartir como modelo",
    saveIt: "Guardar el archivo",
    nameEn: "Nombre del modelo, en inglés",
    nameEs: "Nombre del modelo, en español",
    shape: "Para qué familia",
    madeFrom: (title) => `Hecho en nuestra consulta, desde: ${title}`,
    made: "Hecho en nuestra consulta",
    crisis: "En el archivo van los nombres y números que pusiste en “Mensajes” y “Si algo sale mal”.",
    needAll: "Elige antes algo en cada parte. Entonces lo puedes guardar.",
    bring: "Elegir un archivo",
    bringHint:
      "Se lee con rigor: lo que no se conoce no se toma. El archivo que traes se queda en este borrador, si no lo compartes.",
    refused: "Este archivo no se tomó",
    wrong: (count) => `${things(count)} por corregir:`,
    at: (at) => `Dónde: ${at}`,
    unreadable: "Este archivo no se pudo leer. Elígelo otra vez.",
    taken: (title) => `Este archivo está bien: ${title}`,
    words: "Tomar solo sus palabras",
    wordsHint: "Lo elegido se queda. Las frases que el modelo dice a su modo salen de él.",
    anew: "Empezar de nuevo con él",
    anewTitle: "¿Empezar de nuevo?",
    anewText: "Lo que elegiste en este borrador se pierde.",
    anewYes: "Empezar de nuevo",
    ownGo:
      "Tus propias palabras que van con él. Léelas: no puede haber en ellas ningún nombre de la familia.",
    ownStay: "Estas se quedan aquí, porque tienen un nombre o no pueden quedar:",
    named: (where) => `Quizá haya un nombre de esta familia en ${list(where)}. Quítalo antes.`,
    namedIn: {
      title: "el título",
      messages: "la línea de ayuda",
      worries: "a quién ir",
    },
    nobody: "No es el nombre de nadie de esta familia",
    ownIn: (part, reader, language) => `${part} (${reader}, ${language})`,
    notSaved: "Esto no se guardó",
    other: "Empezar de nuevo con otra cosa",
    ownParts: (count) => `${many(count, "parte escrita", "partes escritas")} con palabras propias`,
    own: (count) => `${many(count, "frase", "frases")} con palabras propias`,
  },
};
