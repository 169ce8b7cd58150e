import type { Spoken } from "../spoken.ts";

type Catalogue = Spoken["catalogue"];

export const browsers: Catalogue["browsers"] = {
  unknown: "Un navegador",
  program: "Un programa",
  chrome: "Chrome",
  edge: "Edge",
  firefox: "Firefox",
  opera: "Opera",
  safari: "Safari",
  samsung: "Navegador de Samsung",
};

export const systems: Catalogue["systems"] = {
  unknown: null,
  android: "Android",
  chromeos: "Chromebook",
  ios: "iPhone",
  ipados: "iPad",
  linux: "Linux",
  macos: "Mac",
  windows: "Windows",
};

export const devices: Catalogue["devices"] = {
  title: "Quién está dentro con tu cuenta",
  short: "Dentro",
  count: (count) =>
    count === 1 ? "Dentro con tu cuenta: este equipo" : `Dentro con tu cuenta: ${count} equipos`,
  hint: "Cada línea es un equipo que entró con una de tus formas de entrar. Él mismo dice qué es. El lugar se supone por su reloj. Esto solo lo pueden leer tus propios equipos.",
  silent: "Un equipo que no dice qué es",
  on: (browser, system) => (system === null ? browser : `${browser} en ${system}`),
  around: (place) => `cerca de ${place}`,
  thisOne: "Este",
  isNew: "Nuevo",
  over: "Ya salió",
  seen: (first, last) => (first === last ? `Visto: ${first}` : `Visto primero: ${first}. Último: ${last}`),
  cameBy: (way) => `Entró con: ${way}`,
  wayGone: "una forma de entrar que ya no está",
  signOut: "Sacar",
  signOutName: (name) => `Sacar: ${name}`,
  signOutAll: "Sacar a todos los otros",
  signOutAllTitle: "¿Sacar a todos los otros equipos?",
  signOutAllText: "Se bloquean en segundos. Quien sabe una forma de entrar puede volver a entrar.",
  lately: (count) => (count === 1 ? "Hace poco hubo 1 equipo aquí" : `Hace poco hubo ${count} equipos aquí`),
  alert: (what, when) => `Alguien entró con tu cuenta: ${what}, ${when}. ¿Eras tú?`,
  yes: "Sí, era yo",
  no: "No, sácalo",
  nextTitle: "Ya está fuera. Haz ahora esto:",
  next: "Entró con una de tus formas de entrar. Añade una forma nueva y luego quita la vieja. Si la vieja se queda, puede volver a entrar.",
  nextWho: "Si estás en peligro, habla antes con alguien de confianza, desde un equipo que sea solo tuyo.",
  toWays: "Cambiar mis formas de entrar",
  done: "Listo",
  toList: "Ver quién está dentro con tu cuenta",
  toListHint: "Cada equipo que está dentro ahora, y los que estuvieron hace poco.",
};

export const exit: Catalogue["exit"] = {
  text: "Salir",
  label: "Salir ya. O pulsa Escape dos veces.",
  title: "Salir de prisa",
  hint: "El botón Salir está en cada pantalla. Pulsar Escape dos veces hace lo mismo. Te saca, muestra otra página, y con Atrás no se vuelve aquí.",
  where: "A dónde ir entonces",
  whereHint:
    "Una página que tú elijas, como la de un diario. Queda solo en este equipo. Si no escribes nada, ves un reloj.",
  save: "Guardar esta dirección",
  saved: "Guardada en este equipo.",
  wrong: "Esta no es la dirección de una página. Escríbela así: www.example.org.",
  tryIt: "Probar ahora",
};

export const disguise: Catalogue["disguise"] = {
  title: "Nombre e imagen",
  hint: "Con este nombre sale la página en tus pestañas, y en la pantalla de tu teléfono si la pones ahí. Se guarda solo en este equipo.",
  legend: "Mostrarla como",
  first:
    "Elige antes de ponerla en la pantalla de tu teléfono. Si ya está ahí, quítala, elige y ponla otra vez.",
  honest: "Esto lo oculta de una mirada corta. No lo oculta de quien lo abre.",
  hints: {
    sotto: "Su propio nombre.",
    notes: "Una hoja con líneas.",
    calendar: "Una hoja de calendario.",
    weather: "Una nube.",
  },
};

export const shared: Catalogue["shared"] = {
  choose: "Este equipo no es solo mío: no guardes nada aquí",
  hint: "Lo que aún no enviaste se pierde cuando bloqueas o cierras. Cada vez vuelves a entrar.",
  on: "En este equipo no se guarda nada.",
};

export const forget: Catalogue["forget"] = {
  title: "Olvidar este equipo",
  hint: "Quita de este equipo todo lo que se guarda en él. Tus salas se quedan. Vuelves a entrar con una de tus formas de entrar.",
  go: "Olvidar este equipo",
  askTitle: "¿Quitar todo de este equipo?",
  ask: "Quedas fuera. Lo que aún no enviaste se pierde. Nada más se pierde.",
};

export const wayAgain: Catalogue["wayAgain"] = {
  title: "Muestra antes que eres tú",
  text: "Vas a cambiar quién puede entrar en tu cuenta, o quién sabe de ti. Por eso muestra otra vez una de tus formas de entrar. Después sigue solo.",
  go: "Seguir",
};

export const secondLook: Catalogue["secondLook"] = {
  hiddenName: "Una sala que tienes oculta",
  hiddenHint: "Se abre con una de tus formas de entrar",
  title: "Muestra que eres tú",
  text: "Pediste que esta sala siga oculta hasta que muestres otra vez una de tus formas de entrar.",
  go: "Abrir la sala",
  choice: "Tener oculta esta sala",
  choiceHint:
    "Solo se abre si muestras otra vez una forma de entrar. Se oculta 2 minutos después de que sales de ella. Nadie más ve que elegiste esto.",
  honest:
    "Esto ayuda si alguien tiene tu teléfono en la mano y está abierto. No para a quien sabe una de tus formas de entrar.",
};
