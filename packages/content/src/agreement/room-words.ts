import type { AgreementLanguage, RoomSentence } from "@sotto/domain";

/** The one sentence about what holds in a room, before anybody types their first message (domain.md ). */
export const ROOM_WORDS: {
  readonly [Language in AgreementLanguage]: { readonly [Sentence in RoomSentence]: string };
} = {
  en: {
    "private.no-agreement": "Nothing is signed yet: what you write here stays with you and your therapist.",
    "private.not-signed":
      "You have not signed for yourself: what you write here stays with you and your therapist.",
    "private.suspended":
      "What was signed does not hold now: what you write here stays with you and your therapist.",
    "private.not-covered":
      "What you write here is not part of what was signed: it stays with you and your therapist.",
    "private.no-secrets":
      "What you write here may be told to the others, if it matters for all and you do not say it first.",
    "private.limited":
      "What you write here stays with your therapist, but you may be asked to tell what is on the list.",
    "private.discretion": "Your therapist weighs what to share of what you write here.",
    "private.full": "What you write here stays with you and your therapist.",
    "private.no-individual-contact": "You meet only together, so please write in the family room.",
    "private.minor-level": "What you write here stays with your therapist, as you were promised.",
    "private.may-hold": "What you signed before may still hold. Ask your therapist first, then write.",
    "shared.no-agreement": "Nothing is signed yet: what you write here is for those who are in this room.",
    "shared.suspended":
      "What was signed does not hold now: what you write here is for those who are in this room.",
    "shared.in-force": "What you write here is for those who are in this room, as all of you signed.",
    professionals: "Only people who work here can read this.",
  },
  es: {
    "private.no-agreement": "Aún no hay nada firmado: lo que escribes aquí se queda entre tú y tu terapeuta.",
    "private.not-signed": "No has firmado por ti: lo que escribes aquí se queda entre tú y tu terapeuta.",
    "private.suspended":
      "Lo que se firmó no vale ahora: lo que escribes aquí se queda entre tú y tu terapeuta.",
    "private.not-covered":
      "Lo que escribes aquí no es parte de lo que se firmó: se queda entre tú y tu terapeuta.",
    "private.no-secrets":
      "Lo que escribes aquí lo pueden saber los demás, si les importa a todos y no lo dices tú antes.",
    "private.limited":
      "Lo que escribes aquí se queda con tu terapeuta, pero te puede pedir que digas lo que está en la lista.",
    "private.discretion": "Tu terapeuta piensa qué cuenta de lo que escribes aquí.",
    "private.full": "Lo que escribes aquí se queda entre tú y tu terapeuta.",
    "private.no-individual-contact":
      "Solo se ven juntos: lo que es para todos, escríbelo en la sala de la familia.",
    "private.minor-level": "Lo que escribes aquí se queda con tu terapeuta, como se te dijo.",
    "private.may-hold":
      "Lo que firmaste antes quizá valga aún. Pregunta primero a tu terapeuta y luego escribe.",
    "shared.no-agreement": "Aún no hay nada firmado: lo que escribes aquí es para quien está en esta sala.",
    "shared.suspended":
      "Lo que se firmó no vale ahora: lo que escribes aquí es para quien está en esta sala.",
    "shared.in-force": "Lo que escribes aquí es para quien está en esta sala, como firmaron todos.",
    professionals: "Esto solo lo lee quien trabaja aquí.",
  },
};
