import type { AgreementLanguage, AgreementPart } from "@sotto/domain";

/** What the parts of an agreement are called: where it is composed, where it is read and signed, and on paper. */
export const PART_NAMES: {
  readonly [Language in AgreementLanguage]: { readonly [Part in AgreementPart]: string };
} = {
  en: {
    client: "Who the help is for",
    policy: "What is said alone",
    contacts: "What counts as alone",
    telling: "Time to tell it yourself",
    limits: "What can never be kept secret",
    earlier: "What was said before",
    outsiders: "People outside",
    promises: "What all promise each other",
    records: "What is written down",
    court: "If it comes to court",
    minors: "Children and teenagers",
    messages: "Messages, and when it cannot wait",
    change: "How it can change",
    worries: "If something goes wrong",
  },
  es: {
    client: "Para quién es la terapia",
    policy: "Lo que se dice a solas",
    contacts: "Qué cuenta como a solas",
    telling: "Tiempo para decirlo tú",
    limits: "Lo que no se puede callar",
    earlier: "Lo que se dijo antes",
    outsiders: "La gente de fuera",
    promises: "Lo que todos se prometen",
    records: "Lo que se escribe",
    court: "Si hay un juicio",
    minors: "Niños y adolescentes",
    messages: "Mensajes, y si no puede esperar",
    change: "Cómo se puede cambiar",
    worries: "Si algo sale mal",
  },
};
