import type { RefusedWhy } from "../../platform/guard-messages.ts";
import type { Spoken } from "../spoken.ts";

const refused: Readonly<Record<RefusedWhy, string>> = {
  "changed-file": "El servidor dio un archivo que no es como se hizo. No se usó.",
  "not-signed": "El servidor dio una lista de archivos que nadie firmó. No se usó.",
  "other-key": "El servidor dio una página nueva que firmó otra persona. No se usó.",
  older: "El servidor dio una página vieja en lugar de la nueva. No se usó.",
  replaced: "El servidor puso otra cosa en lugar de lo que cuida esta página. Se paró.",
};

export const page: Spoken["page"] = {
  refused,
  refusedTitle: "Esta no es la página que usabas antes",
  refusedKept: "No se abrió nada. Lo que escribiste está cerrado, y nada de eso se pierde.",
  refusedAsk:
    "Llama a tu consulta, o pregunta cuando estés allí. Hasta entonces, no entres en esta página desde un teléfono o equipo nuevo.",
  replacedClose:
    "Cierra ahora esta página. No la abras otra vez ni entres antes de preguntar. La próxima vez quizá este equipo no te pueda avisar.",
  leave: "Salir",
  goOn: "Seguir con la página que este equipo conoce",
  note: (why) => `${refused[why]} Sigues con la página que este equipo conoce. Dilo a tu consulta.`,
  title: "Esta página",
  hint: "El código dice qué página usa este equipo. Si es el mismo que da tu consulta, es la misma página.",
  code: "Código de esta página",
  release: (release) => `Versión ${release}`,
  offer: "Hay una página más nueva. Se usa en cuanto está en la lista de claves, desde el próximo inicio.",
  taken: "Hay una página más nueva. Se usa desde el próximo inicio.",
  wasRefused: (date) => `El ${date} el servidor dio otra cosa. No se usó.`,
  first:
    "La primera vez que este equipo vino aquí, tomó lo que dio el servidor. Desde entonces compara. Una página que miente desde el inicio puede mostrar el código que quiera.",
  noGuard:
    "Este navegador no compara la página con la de antes. Ciérralo, ábrelo otra vez y mira aquí de nuevo.",
};
