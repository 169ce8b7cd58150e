import type { Spoken } from "../spoken.ts";

type Catalogue = Spoken["catalogue"];

export const refusals: Catalogue["refusals"] = {
  malformed: "Algo de esto no se pudo leer. No se perdió nada. Prueba otra vez.",
  "not-signed-in": "Estás fuera. No se perdió nada. Entra otra vez.",
  "sign-in-failed": "No es eso. No se perdió nada. Mira cada parte y prueba otra vez.",
  "not-allowed": "Aquí no puedes hacer esto. No cambió nada.",
  "not-here": "Esto no está aquí, o no está abierto para ti.",
  "setup-code-invalid":
    "Este código no es, o ya se usó. Mira el lugar donde se puso en marcha Sotto y prueba otra vez.",
  "invitation-used": "Esta invitación ya se usó. Si no fuiste tú, dilo a quien te la dio.",
  "invitation-expired": "Esta invitación es muy vieja. Pide una nueva a quien te la dio.",
  "invitation-revoked": "Esta invitación se retiró. Pregunta a quien te la dio.",
  "already-signed-in": "Aquí ya hay alguien dentro. Bloquea antes Sotto.",
  "stale-epoch":
    "La gente de esta sala cambió mientras escribías. Tus palabras siguen aquí. Mira quién está ahora y envía otra vez.",
  "stale-identity":
    "Alguien tiene ahora claves nuevas. No se perdió nada. Mira de nuevo y repite lo que hiciste.",
  "stale-version": "Esto cambió en otro lugar. No se perdió nada. Mira de nuevo y repite lo que hiciste.",
  "event-refused": "No se pudo hacer este cambio. No se perdió nada. Prueba otra vez.",
  "chunks-missing": "Parte de este archivo no llegó. No se perdió nada. Prueba otra vez.",
  "last-factor": "Es tu única forma de entrar. Añade antes otra.",
  "name-taken": "Alguien tiene ya este nombre para entrar. Prueba con uno nuevo.",
  "attempt-expired": "Tardó demasiado. No se perdió nada. Empieza de nuevo.",
  "mail-off": "Esta consulta no envía correos. Elige otra forma.",
  "code-wrong": "No es el código del correo. Mira los seis números y prueba otra vez.",
  "address-taken":
    "Otra persona de aquí usa esta dirección. Dos personas nunca usan la misma. Pon un correo que sea solo tuyo.",
  "push-unknown":
    "No sabemos cómo le llegan a este navegador los mensajes. Elige otra forma, u otro navegador.",
  "not-delivered": "No pudo llegar. No se perdió nada. Mira la dirección, o prueba otra vez en unos minutos.",
  "too-large": "Es muy largo para enviarlo. Tus palabras siguen aquí. Envíalo en partes.",
  "too-many": "Fueron muchas veces en poco tiempo. No se perdió nada. Espera un minuto y prueba otra vez.",
  "too-many-requests":
    "Demasiadas pruebas desde esta red. No se perdió nada. Espera un minuto y prueba otra vez.",
  offline: "Ahora no hay red. No se perdió nada. Prueba otra vez cuando la tengas.",
  cancelled:
    "Esto se paró, o este equipo no tiene llave de acceso para ello. No cambió nada. Prueba otra vez, o elige otra forma.",
  "no-prf": "Esta llave de acceso no puede cuidar sola tus mensajes. Elige mejor seis palabras.",
  "wrong-factor": "No es la forma de entrar a esta cuenta. Prueba con otra.",
  "vault-unreadable":
    "El servidor no te dio tus propias claves. No se perdió nada. Prueba otra vez. Si sigue así, dilo a tu terapeuta.",
  "way-needed": "Muestra antes otra vez una de tus formas de entrar. No cambió nada.",
  "weak-parameters":
    "El servidor pidió menos cuidado del que aceptamos. No se envió nada. Dilo a tu terapeuta.",
  "server-changed": "No es el servidor que conocías. No se añadió nada. Habla con tu terapeuta en persona.",
  "sheet-mistyped": "No es lo que está en la hoja. No se perdió nada. Mira cada grupo y prueba otra vez.",
  "sheet-not-proved": "Muestra antes que tienes tu hoja de reserva.",
  "device-in-use":
    "Otra persona está dentro en este equipo. Dos personas nunca usan el mismo. Usa tu propio teléfono u otro navegador.",
  "invitation-unreadable": "A este enlace le falta algo. Lee el código otra vez, o pide otro enlace.",
  "inviter-unverified":
    "No pudimos ver bien quién te invitó. No se compartió nada. Pide un código nuevo en persona.",
  "contact-taken":
    "Otra persona usa esta dirección. Dos personas nunca usan la misma. Elige otra, o en persona.",
  "contact-taken-by-minor":
    "Una persona joven usa esta dirección. Nadie más la puede tener. Elige otra, o en persona.",
  "address-malformed": "Esto no parece la dirección de un correo. Mírala y prueba otra vez.",
  empty: "Aún no hay nada aquí. Escribe algo antes.",
  "too-long": "Es muy largo. Tus palabras siguen aquí. Hazlo más corto.",
  "too-late":
    "Ya es tarde para cambiar esto. Se puede durante 15 minutos. Tus palabras nuevas siguen aquí. Retíralas y envíalas de nuevo.",
  "perhaps-sent":
    "Ya no estás en esta sala. Tal vez tus palabras llegaron antes. Pregunta a quien lleva la sala.",
  "sent-already": "Esto ya se envió. Lo puedes borrar para todos.",
  "not-a-keeper": "Solo quien cuida esta sala puede cambiar quién está en ella.",
  "file-unreadable": "Este archivo está vacío o no se puede leer. No se envió nada. Elígelo otra vez.",
  "file-too-large": "Este archivo es muy grande. Lo más es 100 MB. No se envió nada.",
  "file-damaged":
    "Este archivo no es lo que se envió. Por eso no se muestra. Pide a quien lo envió que lo envíe otra vez.",
  "device-full": "En este equipo ya no cabe este archivo. No se envió nada. Borra algo y prueba otra vez.",
  "code-changed": "Los números acaban de cambiar. Míralos otra vez, y léanlos de nuevo.",
  "nothing-proved": "Muestra antes una forma de entrar que aún tengas.",
  "room-open": "La gente puede escribir aún en esta sala. Ciérrala antes.",
  "room-ended": "Esta sala llegó a su fin. No queda nada de lo que había en ella.",
  "room-closed":
    "Estas salas están cerradas. Nadie escribe aquí ahora. No se perdió nada. Tu terapeuta las puede abrir otra vez.",
  "still-in-rooms": "En algunas salas aún hace falta esta persona. Dalas antes a otras manos.",
  "nobody-else": "Nadie más cuida aún esta consulta. Invita antes a alguien.",
  "custodian-unreadable":
    "No es el archivo que se hizo con las hojas, o no está todo. No cambió nada. Elígelo otra vez.",
  "custodian-ended": "Estas hojas se pararon. Aquí no se pueden usar nunca más. Haz unas nuevas.",
  "rule-unusable":
    "Estos tiempos no van juntos. No cambió nada. La sala de los profesionales se guarda por lo menos tanto como las otras.",
  "in-the-way": "Aún hay algo que no deja. No cambió nada. Mira qué es.",
  "proposed-already": "Alguien ya pidió esto. No cambió nada.",
  "needs-another": "Para esto hacen falta dos. No cambió nada. Pide a otra persona que lleve la consulta.",
  "too-early": "Hace menos de una semana que pediste esto. No cambió nada. Prueba cuando pase la semana.",
  "rooms-ended": "Hay salas de esta familia que llegaron a su fin. No vuelven. Añade la familia de nuevo.",
  "too-many-templates":
    "Tu consulta ya comparte todos los modelos que puede. Guarda este como versión de otro.",
  "agreement-gaps": "Aún falta algo, o no va junto. Mira lo que está marcado y prueba otra vez.",
  "agreement-replaced": "Hay una versión más nueva. Abre esa.",
  "agreement-in-force": "Ya firmaron todos.",
  "agreement-withdrawn": "Alguien retiró su nombre. Antes hace falta una versión nueva.",
  "agreement-recalled": "Tu terapeuta retiró esta versión. Espera, por favor, la próxima.",
  "agreement-not-asked": "No te piden que firmes esto.",
  "agreement-not-guardian": "No estás como tutor o tutora de este menor. Pide a tu terapeuta que lo cambie.",
  "agreement-signed-already": "Ya firmaste esto.",
  "agreement-nothing-signed": "No hay nada tuyo que retirar.",
  locked: "Sotto está bloqueado. No se perdió nada. Entra otra vez.",
};

export const alarms: Catalogue["alarms"] = {
  "log-rewritten":
    "La lista de claves se cambió más tarde. No escribas nada privado. Habla con tu terapeuta en persona.",
  "log-split":
    "Tú y otros vieron listas de claves distintas. No escribas nada privado. Habla con tu terapeuta en persona.",
  "vault-rolled-back": "El servidor te dio una copia vieja de tus claves. Habla con tu terapeuta en persona.",
  "room-forked": "La gente de una sala vio cosas distintas. Habla con tu terapeuta en persona.",
  "identity-swapped":
    "La clave de alguien no es la que conocías. Habla en persona con quien sea antes de escribir.",
  "server-key-changed": "No es el servidor que conocías. Habla con tu terapeuta en persona.",
  "room-unreadable":
    "El servidor muestra una sala de un modo que no puede ser. Puede que ahí falte algo. Habla con tu terapeuta en persona.",
};
