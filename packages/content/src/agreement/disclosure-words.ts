import type { AgreementLanguage, DisclosureSentence } from "@sotto/domain";

/**
 * Why something may be told to somebody, or may not, to whoever decides (domain.md sections 5, 7, 8 and 10). `{owner}` told it, `{to}` would learn it,
 * `{date}` is the day of the signature or of what else the reason names, `{names}` are those who still have to sign.
 */
export const DISCLOSURE_WORDS: {
  readonly [Language in AgreementLanguage]: { readonly [Sentence in DisclosureSentence]: string };
} = {
  en: {
    "was-told": "{to} was there when it was said.",
    policy:
      "{owner} signed on {date} that what matters for all may be told. The time to say it first is over.",
    "guardian-topic": "{owner} and the adults agreed on {date} that {to} may hear this much.",
    released: "All who have to sign have signed that {to} may know this.",
    "therapist-judges":
      "{owner} signed on {date} that the therapist weighs what to tell. So please weigh it.",
    "serious-risk":
      "{to} was told on {date} that they hear of great risk. First think: is {owner} safe if {to} knows?",
    limit: "The signed words say that this may have to be told. You decide, and you write down why.",
    "limit-not-named":
      "The signed words do not name this. The law may still ask for it. You decide, and you write down why.",
    "nobody-owns": "We do not know who told this. So no one can say yes to it.",
    "no-agreement": "{owner} told this when nothing was signed that holds. It is theirs to share.",
    "outside.safety": "This is about being safe. It is not shown to others in the family.",
    "outside.substance-record": "This is about drink or drugs. Only {owner} can say yes to it, in writing.",
    "outside.psychotherapy-note": "These are the therapist's own notes. They are not shown to the family.",
    "told-to-those-there": "{owner} told this to those who were there. {to} was not.",
    "speaker-only.not-signed": "{owner} has not signed. What they tell alone stays with the therapist.",
    "speaker-only.not-covered": "{owner} told this in a way that is not part of what was signed. It stays.",
    "speaker-only.full": "{owner} signed on {date} that what is told alone stays with the therapist.",
    "speaker-only.no-individual-contact":
      "All agreed on {date} to meet only together. What {owner} still told alone stays.",
    "speaker-only.minor-level": "{owner} was promised on {date} that this stays with the therapist.",
    "speaker-only.no-audience": "There is no one else here to whom it could be told.",
    "speaker-tells": "{owner} signed on {date} that the therapist does not tell it. Only {owner} does.",
    "speaker-time": "{owner} may first say it. They have to be asked, and they have the time you agreed on.",
    "not-among": "What {owner} signed on {date} does not let {to} be told.",
    left: "{to} has left the family. What {owner} signed on {date} is not for them any more.",
    "guardian-not-told": "{owner} was promised on {date} that {to} does not hear this.",
    "of-age": "{owner} is grown up now. {to} hears of it from {owner}, or not at all.",
    outsider: "What {owner} signed on {date} says: nothing goes out until all have signed for it.",
    supporter:
      "{to} is on the list of people to talk to. They hear it from the mouth of a friend, not from here.",
    "release-lacks.revoked": "One of those who signed for this took it back. So it does not count.",
    "release-lacks.expired": "The time for which this was signed is over.",
    "release-lacks.unsigned": "Not all have signed for this yet. It still needs {names}.",
    "limit-elsewhere": "This is never a reason to tell {to}. It is for others to know.",
  },
  es: {
    "was-told": "{to} ya estaba cuando se dijo.",
    policy:
      "{owner} firmó el {date} que se puede decir lo que importa a todos. Ya pasó el tiempo de decirlo antes.",
    "guardian-topic": "{owner} y los adultos dijeron el {date} que {to} puede saber esto.",
    released: "Ya firmó todo el que tiene que firmar para que {to} lo sepa.",
    "therapist-judges": "{owner} firmó el {date} que el terapeuta piensa qué dice. Piénsalo, por favor.",
    "serious-risk":
      "El {date} se le dijo a {to} que va a saber si hay un riesgo grave. Piensa antes: ¿está a salvo {owner} si {to} lo sabe?",
    limit: "Lo que se firmó dice que esto a veces se tiene que decir. Tú lo decides, y escribes por qué.",
    "limit-not-named":
      "Lo que se firmó no dice nada de esto. La ley puede pedirlo igual. Tú lo decides, y escribes por qué.",
    "nobody-owns": "No se sabe quién dijo esto. Nadie puede decir que sí.",
    "no-agreement": "{owner} lo dijo cuando no valía nada de lo que se firma. Es suyo, y lo dice si quiere.",
    "outside.safety": "Esto es para estar a salvo. No lo ve nadie más de la familia.",
    "outside.substance-record": "Esto es de drogas o de beber. Solo {owner} puede decir que sí, por escrito.",
    "outside.psychotherapy-note": "Son notas del terapeuta. La familia no las ve.",
    "told-to-those-there": "{owner} lo dijo a los que estaban ahí. {to} no estaba.",
    "speaker-only.not-signed": "{owner} no firmó. Lo que dice a solas se queda con el terapeuta.",
    "speaker-only.not-covered":
      "{owner} lo dijo de un modo que no es parte de lo que se firmó. Se queda ahí.",
    "speaker-only.full": "{owner} firmó el {date} que lo que se dice a solas se queda con el terapeuta.",
    "speaker-only.no-individual-contact":
      "Todos dijeron el {date} que solo se ven juntos. Lo que {owner} dijo a solas se queda ahí.",
    "speaker-only.minor-level": "A {owner} se le dijo el {date} que esto se queda con el terapeuta.",
    "speaker-only.no-audience": "No hay nadie más a quien decirlo.",
    "speaker-tells": "{owner} firmó el {date} que el terapeuta no lo dice. Solo lo dice {owner}.",
    "speaker-time": "{owner} lo puede decir antes. Se le pregunta, y tiene el tiempo que todos dijeron.",
    "not-among": "Lo que {owner} firmó el {date} no deja que {to} lo sepa.",
    left: "{to} ya no está en la familia. Lo que {owner} firmó el {date} ya no es para {to}.",
    "guardian-not-told": "A {owner} se le dijo el {date} que {to} no va a saber esto.",
    "of-age": "{owner} ya es mayor de edad. A {to} se lo dice {owner}, o no lo sabe.",
    outsider: "Lo que {owner} firmó el {date} dice que nada sale de aquí hasta que firmen todos.",
    supporter:
      "{to} está en la lista de gente con quien hablar. Lo sabe por quien se lo cuenta, no por aquí.",
    "release-lacks.revoked": "Uno de los que firmó esto ya no lo quiere. Por eso no vale.",
    "release-lacks.expired": "Ya pasó el tiempo por el que se firmó esto.",
    "release-lacks.unsigned": "Aún no firmó todo el mundo. Falta: {names}.",
    "limit-elsewhere": "Por esto nunca se le dice nada a {to}. Es para que lo sepan otros.",
  },
};
