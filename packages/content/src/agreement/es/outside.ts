import type { ClauseCode } from "@sotto/domain";
import { all, two } from "../worded.ts";
import type { Worded } from "../worded.ts";

type Part = "outsiders" | "promises" | "records" | "court";

/** As `en/outside.ts`, in Spanish. */
export const outside = {
  "outsiders.everyone": two(
    "Nada sale de esta familia hasta que firme cada adulto.",
    "Nada sale a otra gente hasta que firmen los adultos.",
  ),
  "outsiders.each-for-own": two(
    "Cada uno firma por lo suyo. Para lo que es de todos firman todos.",
    "Cada uno dice que sí por lo suyo.",
  ),
  "outsiders.teens-sign": all("Los jóvenes también firman por lo que dijeron."),
  "outsiders.exception.payment": two(
    "Esto puede salir sin más: lo que hace falta para cobrar.",
    "Quien paga puede saber que viniste.",
  ),
  "outsiders.exception.supervision": two(
    "Esto puede salir sin más: una charla con otro terapeuta, sin nombres.",
    "El terapeuta puede preguntar a otro, sin nombres.",
  ),
  "outsiders.exception.emergency": two(
    "Esto puede salir sin más: lo que un médico debe saber ya.",
    "Un médico puede saber lo que le haga falta.",
  ),
  "outsiders.confide.own-words": two(
    "Puedes hablar de ti con un amigo. Lo que dicen los demás se queda aquí.",
    "Puedes hablar de ti. Lo que dicen los demás se queda aquí.",
  ),
  "outsiders.confide.named-supporters": two(
    "Puedes hablar con la gente que está en esta lista, y con nadie más.",
    "Puedes hablar con la gente de esta lista.",
  ),
  "outsiders.confide.nobody": two(
    "Nadie cuenta a otros lo que se dice aquí.",
    "Lo que se dice aquí se queda aquí.",
  ),
  "outsiders.supporter.own-words": all("{person} puede hablar con {name}, pero solo de lo suyo."),
  "outsiders.supporter.what-was-said": all("{person} puede contarle a {name} lo que se dice aquí."),
  "promises.recording.nobody": two(
    "Nadie graba lo que se dice. Ni el terapeuta, ni tú.",
    "Nadie graba lo que se dice.",
  ),
  "promises.recording.when-all-agree": two(
    "Solo se graba si todos dicen que sí, cada vez.",
    "Solo se graba si todos dicen que sí.",
  ),
  "promises.recording.therapist-for-training": two(
    "El terapeuta puede grabar para aprender, si todos dicen que sí. Luego se borra.",
    "El terapeuta puede grabar para aprender, si todos dicen que sí.",
  ),
  "promises.screenshot.nobody": all("Nadie saca fotos de lo que se ve en la pantalla."),
  "promises.screenshot.own-words": all("Puedes sacar una foto de lo que tú dices, y de nadie más."),
  "promises.screenshot.when-all-agree": all("Solo sacas fotos de la pantalla si todos dicen que sí."),
  "promises.social.nothing": two(
    "Nadie sube a la red nada de lo que pasa aquí.",
    "Nadie pone esto en la red.",
  ),
  "promises.social.own-story": two(
    "Puedes subir algo de ti. Nunca de los demás, ni lo que dicen.",
    "Puedes subir algo de ti, y nunca de los demás.",
  ),
  "promises.marked": two(
    "Lo que ves aquí lleva tu nombre. Una foto también lo lleva.",
    "Tu nombre está en lo que ves aquí.",
  ),
  "promises.not-in-court": two(
    "Nadie usa lo que se dijo aquí para ganar ante un juez.",
    "Nadie lleva lo que se dijo aquí a un juez.",
  ),
  "promises.not-in-fights": two(
    "Nadie usa lo que se dijo aquí para herir a otro en una pelea.",
    "Nadie usa lo que se dijo aquí para ser malo.",
  ),
  "promises.no-questioning": two(
    "Nadie le pregunta a un niño qué le dijo al terapeuta.",
    "Nadie te puede preguntar qué dijiste. Lo cuentas si quieres.",
  ),
  "records.form.one": two("Hay una sola ficha para todos ustedes.", "Hay una sola ficha para todos."),
  "records.form.one-with-own-parts": two(
    "Hay una ficha. Cada uno tiene en ella una parte que es solo suya.",
    "Hay una ficha, y una parte es tuya.",
  ),
  "records.form.separate": two("Cada uno de ustedes tiene su propia ficha.", "Tú tienes tu propia ficha."),
  "records.access.all-agree": two(
    "Nadie ve la ficha por su cuenta. Todos tienen que decir que sí.",
    "Nadie ve la ficha por su cuenta.",
  ),
  "records.access.own-part": two(
    "Puedes pedir ver tu parte. Lo que dicen los demás se quita.",
    "Puedes pedir ver tu parte.",
  ),
  "records.kept": all("Cuántos años se guarda la ficha desde el fin: {years}."),
  "records.kept-minor": all("Si había un niño, se guarda más años. Desde que cumple 18: {years}."),
  "records.kept-most": all("Cuántos años se puede guardar, como mucho: {years}."),
  "records.kept-open": all("Aún no se sabe cuánto tiempo se guarda la ficha. Pregunta al terapeuta."),
  "court.not-promised": two(
    "El terapeuta no puede dar su palabra de que un juez no pregunte. Va a pedir que no se abra, y se lo va a decir a cada uno.",
    "Un juez puede preguntar qué se dijo. El terapeuta lo va a cuidar lo más que pueda.",
  ),
  "court.promised": two("Nada de lo que se dice aquí llega a un juez.", "Ningún juez oye lo que dices."),
  "court.by-order": two(
    "El terapeuta habla ante un juez solo si el juez lo manda.",
    "El terapeuta habla con un juez solo si tiene que hacerlo.",
  ),
  "court.when-all-agree": two(
    "El terapeuta habla ante un juez solo si todos dicen que sí, o si el juez lo manda.",
    "El terapeuta habla con un juez solo si todos dicen que sí, o si tiene que hacerlo.",
  ),
} as const satisfies { readonly [Code in Extract<ClauseCode, `${Part}.${string}`>]: Worded };
