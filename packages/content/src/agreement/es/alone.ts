import type { ClauseCode } from "@sotto/domain";
import { all, three, two } from "../worded.ts";
import type { Worded } from "../worded.ts";

type Part = "client" | "policy" | "contacts" | "telling" | "limits" | "earlier";

/** As `en/alone.ts`, in Spanish. */
export const alone = {
  "client.unit": two(
    "El cliente son todos ustedes juntos. El terapeuta no toma partido.",
    "El terapeuta está aquí por todos.",
  ),
  "client.individual": two(
    "El cliente es {person}. Los demás vienen a ayudar y no son clientes.",
    "El terapeuta está aquí por {person}. Los demás le dan una mano.",
  ),
  "client.parallel": two(
    "Cada uno es un cliente. Tienen un mismo terapeuta y cada uno su propia ficha.",
    "El terapeuta está aquí por cada uno.",
  ),
  "policy.no-secrets": three(
    "Por favor, no le digas a solas al terapeuta lo que los demás no deben saber. Si les importa a todos, primero te ayuda a decirlo. Si no lo dices, puede decirlo él.",
    "Si le dices algo a solas al terapeuta, los demás pueden llegar a saberlo. Primero te ayuda a decirlo. Si no lo dices, puede decirlo él.",
    "Lo que dices a solas lo puede saber tu familia. El terapeuta te ayuda a decirlo antes.",
  ),
  "policy.limited": two(
    "Lo que le dices a solas al terapeuta se queda con él. Hay una lista corta de cosas que te va a pedir que digas. Él no las dice por ti.",
    "Lo que le dices a solas se queda con él. Hay unas pocas cosas que te va a pedir que digas. Él no las dice por ti.",
  ),
  "policy.category.affair": two(
    "En la lista: un amor secreto que sigue hoy.",
    "En la lista: un adulto tiene un amor secreto.",
  ),
  "policy.category.ending": two(
    "En la lista: ya sabes que te quieres ir.",
    "En la lista: un adulto se quiere ir de casa.",
  ),
  "policy.category.money": two(
    "En la lista: deudas, o dinero con el que los demás cuentan.",
    "En la lista: grandes penas por el dinero.",
  ),
  "policy.category.health": two(
    "En la lista: un mal de salud que los demás deben saber.",
    "En la lista: alguien está muy mal de salud.",
  ),
  "policy.category.substances": two(
    "En la lista: beber o usar drogas, si los demás cuentan contigo.",
    "En la lista: beber de más, o usar drogas.",
  ),
  "policy.category.goals": two(
    "En la lista: vas en contra de lo que todos vienen a hacer.",
    "En la lista: no quieres lo que todos vienen a hacer.",
  ),
  "policy.discretion": three(
    "El terapeuta piensa cada vez qué cuenta de lo que dices a solas, y cuándo. Si quieres que algo no se sepa, habla antes de eso.",
    "El terapeuta piensa cada vez qué cuenta de lo que dices a solas. Si no quieres que se sepa, pregunta antes.",
    "El terapeuta piensa bien qué cuenta y qué guarda. Puedes preguntar antes.",
  ),
  "policy.tells-speaker-first": two(
    "El terapeuta te lo dice a ti antes de contarlo.",
    "El terapeuta te lo dice antes.",
  ),
  "policy.may-not-tell-first": two(
    "Puede que lo cuente antes de que tú lo sepas.",
    "Puede que no te lo diga antes.",
  ),
  "policy.full": two(
    "Lo que le dices a solas al terapeuta se queda con él. No lo cuenta a los demás.",
    "Lo que le dices a solas se queda con él.",
  ),
  "policy.no-individual-contact": two(
    "El terapeuta solo los ve juntos. Lo que escribes va a todos.",
    "Todos ven al terapeuta a la vez.",
  ),
  "policy.screened": two(
    "Antes se le preguntó a cada uno a solas si está a salvo en casa.",
    "El terapeuta le preguntó a cada uno si está a salvo.",
  ),
  "policy.not-screened": two(
    "Aún no se le ha preguntado a nadie a solas si está a salvo en casa.",
    "El terapeuta te tiene que preguntar si estás a salvo.",
  ),
  "contacts.individual-session": two(
    "Esto vale cuando ves al terapeuta a solas.",
    "Esto vale cuando estás ahí a solas.",
  ),
  "contacts.call": all("Esto vale cuando hablas por teléfono."),
  "contacts.text": all("Esto vale para los mensajes de texto de tu teléfono."),
  "contacts.email": all("Esto vale para los correos que mandas."),
  "contacts.message": all("Esto vale para lo que escribes aquí en tu sala."),
  "contacts.note": all("Esto vale para las notas y cartas que le das."),
  "contacts.social-media": all("Esto vale para lo que mandas por una red o una página."),
  "contacts.third-party": all("Esto vale para lo que otros le dicen de ti al terapeuta."),
  "telling.help-first": two(
    "Si tienes que decirles algo a los demás, el terapeuta te ayuda a ver cómo y cuándo.",
    "El terapeuta te ayuda a ver cómo decirlo.",
  ),
  "telling.sessions": all("Cuántas veces se ven hasta que lo tienes que decir: {count}."),
  "telling.days": all("Cuántos días tienes para decirlo: {count}."),
  "telling.pause": all("Si no lo dices, puede que no se vean juntos por un tiempo."),
  "telling.end": all("Si no lo dices, puede que ya no se vean juntos."),
  "telling.refer": two(
    "Si no lo dices, el terapeuta puede ayudarlos a buscar a otro.",
    "Si no lo dices, puede que tengan otro terapeuta.",
  ),
  "telling.no-reason": two(
    "El terapeuta nunca dice por qué. Dice siempre lo mismo: “Por ahora no puedo seguir con todos juntos. Esto es lo que pueden hacer.”",
    "El terapeuta nunca dice por qué.",
  ),
  "telling.judged": two(
    "No hay un plazo fijo. El terapeuta habla contigo de qué se debe decir, y cuándo.",
    "El terapeuta habla contigo de qué decir, y cuándo.",
  ),
  "telling.stays": two(
    "Nadie te obliga a decirlo. Si el terapeuta no puede seguir, no dice por qué.",
    "Nadie te obliga a decirlo.",
  ),
  "telling.together": two(
    "Si escribes a solas, se queda entre tú y el terapeuta.",
    "Si escribes a solas, se queda con el terapeuta.",
  ),
  "limits.child-abuse": two(
    "Si puede que a un niño le hagan daño o no lo cuiden, el terapeuta se lo tiene que decir a quien cuida de los niños.",
    "Si alguien le hace daño a un niño, el terapeuta busca ayuda. El niño nunca tiene la culpa.",
  ),
  "limits.adult-abuse": two(
    "Si le hacen daño a alguien mayor o débil, puede que el terapeuta se lo tenga que decir a quien lo cuida.",
    "Si alguien le hace daño a un adulto mayor o débil, el terapeuta puede buscar ayuda.",
  ),
  "limits.danger-to-self": two(
    "Si te puedes hacer mucho daño, el terapeuta busca ayuda y se lo puede decir a quien te cuide.",
    "Si te quieres hacer daño, el terapeuta busca ayuda para ti.",
  ),
  "limits.danger-to-others": two(
    "Si alguien le quiere hacer daño a otro, el terapeuta puede avisarle o llamar a la policía.",
    "Si alguien le quiere hacer daño a otro, el terapeuta puede pedir ayuda.",
  ),
  "limits.court-order": two(
    "Si lo manda un juez, el terapeuta tiene que dar lo que pide, y nada más.",
    "Si lo manda un juez, el terapeuta tiene que decir unas cosas.",
  ),
  "limits.claim": two(
    "Si alguien lleva al terapeuta ante un juez, puede decir lo que haga falta para responder.",
    "Si alguien dice que el terapeuta hizo algo mal, él puede responder.",
  ),
  "limits.oversight": two(
    "Hay quien mira si los terapeutas hacen bien su trabajo. Por ley puede pedir ver las fichas.",
    "Hay quien mira si el terapeuta hace bien su trabajo.",
  ),
  "limits.payment": two(
    "Si paga un seguro, sabe quién vino, cuándo y para qué.",
    "Quien paga puede saber que viniste.",
  ),
  "limits.supervision": two(
    "El terapeuta puede pedir consejo a otro. No dice sus nombres, salvo que digan que sí.",
    "El terapeuta puede pedir ayuda a otro. No dice tu nombre.",
  ),
  "limits.emergency": two(
    "Si hace falta un médico ya, el terapeuta le puede decir lo que debe saber.",
    "Si hace falta un médico ya, el terapeuta puede hablar con él.",
  ),
  "limits.death": two(
    "Si uno de ustedes muere, el terapeuta sigue callado. La ley puede pedir unos pocos datos.",
    "Si alguien muere, el terapeuta guarda lo que dijo.",
  ),
  "earlier.stays-private": two(
    "Lo que le dijiste al terapeuta antes de firmar se queda como estaba. Esto no lo abre.",
    "Lo que dijiste antes se queda como estaba.",
  ),
  "earlier.by-permission": two(
    "Lo que le dijiste al terapeuta antes de firmar sigue cerrado. Solo tú lo abres, si escribes que quieres.",
    "Lo que dijiste antes sigue cerrado. Solo tú lo abres.",
  ),
} as const satisfies { readonly [Code in Extract<ClauseCode, `${Part}.${string}`>]: Worded };
