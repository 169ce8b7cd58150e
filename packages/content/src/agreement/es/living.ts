import type { ClauseCode } from "@sotto/domain";
import { all, two } from "../worded.ts";
import type { Worded } from "../worded.ts";

type Part = "minors" | "messages" | "change" | "worries";

/** As `en/living.ts`, in Spanish. */
export const living = {
  "minors.private": two(
    "Lo que {minor} dice a solas se queda con el terapeuta. No sale de ahí, salvo que alguien pueda salir herido.",
    "Lo que {minor} dice a solas se queda con el terapeuta, salvo que alguien pueda salir herido.",
  ),
  "minors.partial": two(
    "Los adultos que cuidan de {minor} saben cómo van las cosas. No saben qué dijo, salvo que {minor} quiera.",
    "Los adultos de {minor} saben cómo van las cosas. No saben qué dijo, salvo que {minor} quiera.",
  ),
  "minors.open": two(
    "Los adultos que cuidan de {minor} pueden saber lo que dice aquí.",
    "Los adultos de {minor} pueden saber lo que dice.",
  ),
  "minors.told.attendance": all("Saben si {minor} vino o no vino."),
  "minors.told.serious-risk": all("Lo saben en el acto si {minor} puede salir muy herido."),
  "minors.told.how-it-goes": all("Saben cómo le va a {minor} en general."),
  "minors.told.topics": all("Saben de qué habla {minor}, y no lo que dice."),
  "minors.told.content": all("Pueden saber lo que dijo {minor}."),
  "minors.tells-first": all("Si se les va a contar algo, {minor} lo sabe antes."),
  "minors.consent.guardians": all("Quién dice que sí por {minor}: {guardians}."),
  "minors.consent.minor": all("{minor} puede decir que sí sin nadie más."),
  "minors.consent.court": all("Un juez dijo quién dice que sí por {minor}: {guardians}."),
  "minors.consent.agency": all("Una oficina para niños dice que sí por {minor}: {guardians}."),
  "messages.room": all("Puedes escribir aquí, en tus salas."),
  "messages.call": all("Puedes llamar y hablar con él."),
  "messages.text": all("Puedes mandar un mensaje de texto. Quizás otro lo pueda leer."),
  "messages.email": all("Puedes mandar un correo. Quizás otro lo pueda leer."),
  "messages.video": all("Puedes hablar por video. Mira que nadie más te oiga."),
  "messages.answer.room": all("Cuántas horas tarda como mucho que te respondan ahí: {hours}."),
  "messages.answer.call": all("Cuántas horas pasan hasta que te llaman: {hours}."),
  "messages.answer.text": all("Cuántas horas tarda como mucho que respondan a un texto: {hours}."),
  "messages.answer.email": all("Cuántas horas tarda como mucho que respondan a un correo: {hours}."),
  "messages.answer.video": all("Cuántas horas tarda como mucho que te respondan por video: {hours}."),
  "messages.crisis": all(
    "Si no puede esperar, llama a {name}: {number}. No esperes a que te respondan aquí.",
  ),
  "messages.no-crisis": all(
    "Si no puede esperar, pide ayuda donde vives. No esperes a que te respondan aquí.",
  ),
  "change.everyone-signs": two(
    "Si esto cambia, todos firman otra vez.",
    "Si esto cambia, todos firman otra vez.",
  ),
  "change.not-backwards": two(
    "Un cambio nunca vale para lo que dijiste antes.",
    "Lo que dijiste antes se queda como estaba.",
  ),
  "change.withdraw": two(
    "Puedes dejar de decir que sí cuando quieras. Vale en el acto. Solo el terapeuta sabe quién fue.",
    "También puedes decir que no más tarde. Solo el terapeuta sabe que fuiste tú.",
  ),
  "change.check-in": all("Cuántos meses pasan hasta que lo hablan otra vez: {months}."),
  "change.review": all("Cuántos meses pasan hasta que lo leen todo otra vez: {months}."),
  "worries.route.therapist": two(
    "Si algo no te parece bien, dilo al terapeuta. {contact}",
    "Si algo te parece mal, dilo al terapeuta. {contact}",
  ),
  "worries.route.privacy-officer": two(
    "También se lo puedes decir a quien cuida aquí los datos. {contact}",
    "También se lo puedes decir a otra persona de aquí. {contact}",
  ),
  "worries.route.outside": two(
    "También puedes ir a una oficina que no es de aquí. {contact}",
    "Un adulto te puede ayudar a hablar con otra gente. {contact}",
  ),
  "worries.members.talk": two(
    "Si uno de ustedes contó algo, primero lo hablan.",
    "Si alguien contó algo, primero lo hablan.",
  ),
  "worries.members.repair-plan": all("Luego hacen un plan para que todo vaya mejor."),
  "worries.members.pause-alone": all("Puede que por un tiempo nadie vea al terapeuta a solas."),
  "worries.members.end-joint": all("Si pasa más veces, puede que ya no se vean juntos."),
  "worries.practice.safety-first": two(
    "Si algo salió de aquí, primero vemos que estés a salvo.",
    "Si algo salió de aquí, primero vemos que estés a salvo.",
  ),
  "worries.practice.stop-it": all("Hacemos todo lo que se pueda para que pare."),
  "worries.practice.tell-you": all("Te decimos qué salió, quién lo tiene, y qué no se sabe aún."),
  "worries.practice.say-sorry": all("Te pedimos perdón por nuestra parte, y no te damos la culpa."),
  "worries.practice.your-choices": all("Te decimos qué puedes hacer: seguir, parar un tiempo, o ver a otro."),
  "worries.practice.mend-cause": all("Vemos por qué pasó, y lo arreglamos."),
  "worries.practice.ask-again": all("Más tarde te preguntamos cómo estás."),
  "worries.first-word": all("Cuántas horas pasan como mucho hasta que te hablamos: {hours}."),
} as const satisfies { readonly [Code in Extract<ClauseCode, `${Part}.${string}`>]: Worded };
