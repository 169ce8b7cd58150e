import type { Spoken } from "../spoken.ts";

type Catalogue = Spoken["catalogue"];

export const factor: Catalogue["factor"] = {
  legend: "¿Cómo quieres entrar?",
  passkey: "Llave de acceso",
  passkeyHint: "Tu huella, tu cara o el código de este equipo. Lo más fácil.",
  words: "Seis palabras",
  wordsHint: "Un nombre y seis palabras que hacemos para ti. Tú las apuntas.",
  sheet: "Hoja de reserva",
  sheetHint: "El código de tu hoja. Vale una vez.",
  name: "Nombre para entrar",
  sixWords: "Tus seis palabras",
  writeDown: "Apúntalas",
  shownOnce: "En papel, donde solo mires tú. Se ven esta única vez.",
  written: "Las apunté",
  again: "Verlas otra vez",
  check: "Mira tu papel y escribe dos de las palabras.",
  confirm: (position) => `Palabra número ${position}`,
  confirmWrong: "No son las palabras. Mira tu papel otra vez.",
  code: "Código de la hoja",
};

export const setUp: Catalogue["setUp"] = {
  title: "Prepara tu consulta",
  step: (step) => `Paso ${step} de 3`,
  code: "Código de inicio",
  codeHint: "Está donde se puso en marcha Sotto.",
  practice: "Nombre de tu consulta",
  me: "Tu nombre",
  hint: "Estos nombres se cierran con tu clave. El servidor no los puede leer.",
  factorTitle: "Tu forma de entrar",
};

export const sheet: Catalogue["sheet"] = {
  title: "Tu hoja de reserva",
  spent: "Entraste con tu hoja. Ya no vale. Haz ahora una nueva.",
  why: "Si pierdes todas las otras formas de entrar, este código vuelve a abrir Sotto. Nadie más lo puede hacer por ti, ni quien lo tiene a su cargo.",
  how: "Ponlo en papel y guárdalo donde solo mires tú. Después escribe el código, y así los dos sabemos que está bien.",
  make: "Ver mi hoja",
  later: "Ahora no",
  kept: "La tengo en papel",
  pdf: "Guardar como PDF",
  pdfWarning:
    "Si guardas un archivo, quien lo halle abre tus salas. En un equipo que usan varios, el papel es más seguro.",
  prove: "Escribe el código de tu papel",
  proveHint: "Da igual si son letras grandes o chicas.",
  typed: "Código",
  paperTitle: "Hoja de reserva",
  paperUse: (address) =>
    `Para usarla: abre ${address}, elige “Hoja de reserva” y escribe el código. La cámara de un teléfono te lo puede leer.`,
  paperKeep: "Guárdala donde solo mires tú. Vale una vez.",
  missing: "Aún no tienes hoja de reserva. Si pierdes este equipo, puedes perder tus salas.",
};

export const join: Catalogue["join"] = {
  hello: (name) => `Hola, ${name}`,
  from: (inviter, practice) => `${inviter} (${practice}) te invita.`,
  promise: "Lo que escribes solo lo lee la gente que ves aquí por su nombre. Tú eliges cómo entras.",
  as: (role) => `Entras como: ${role}`,
  notMe: (name) => `¿No eres ${name}? Entonces cierra esta página y dilo a quien te la dio.`,
  signInInstead: "Mejor entrar con mi cuenta",
  waitingTitle: "Ya entraste",
  waiting:
    "El equipo de tu terapeuta te deja pasar a tus salas en cuanto se abra. Puedes cerrar esta página. Tu lugar está guardado.",
  occupiedTitle: "Alguien usa ya Sotto aquí",
  occupied:
    "Esta invitación no se usó. En Sotto dos personas nunca usan el mismo equipo: cada una vería que la otra está aquí. Abre la invitación en tu propio teléfono, o en otro navegador.",
  occupiedBack: "Seguir sin la invitación",
};

export const signIn: Catalogue["signIn"] = {
  title: "Qué bueno verte",
  first: "Entrar",
  go: "Entrar",
  none: "¿Es tu primera vez aquí? Lee el código con tu cámara, o abre el enlace que te dieron.",
};

export const account: Catalogue["account"] = {
  title: "Tu cuenta",
  signedInAs: (name) => `Aquí eres ${name}.`,
  ways: "Tus formas de entrar",
  waysHint: "Ten por lo menos dos. Si pierdes una, no pierdes nada.",
  addPasskey: "Añadir una llave de acceso",
  addWords: "Añadir seis palabras",
  newSheet: "Hacer una hoja de reserva nueva",
  sheet: "Hoja de reserva",
  sheetProved: "Tienes una hoja, y mostraste que está bien.",
  used: (date) => `Última vez: ${date}`,
  made: (date) => `Hecha: ${date}`,
  removeTitle: (name) => `¿Quitar esta forma de entrar: ${name}?`,
  removeText: "Ya no abre tu cuenta. Nada más cambia.",
  locking: "Bloqueo",
  lockHint: "Sotto se bloquea solo a los 15 minutos. La tecla Escape lo bloquea en el acto.",
};
