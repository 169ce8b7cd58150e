import type { agreementCheck as english } from "../en/agreement-check.ts";
import { list } from "./say.ts";

const day = (at: number): string => new Date(at).toISOString().slice(0, 16).replace("T", " ");

export const agreementCheck: typeof english = {
  title: "Comprobar una copia de un acuerdo",
  intro: "Elige la copia. Se lee aquí, en este equipo. No se envía a ningún lado.",
  choose: "Elige la copia",
  broken: "Este archivo no es copia de un acuerdo, o le falta una parte. Pide otra copia.",
  changed: "Algo de este archivo no está como se firmó. No te fíes de él. Pide otra copia.",
  fault: "Este navegador no lo puede comprobar. Prueba con uno más nuevo.",
  verdict: {
    whole: "Firmaron todos los que tienen que firmar.",
    withRefused: "Firmaron todos los que tienen que firmar. Lo que abajo está como no contado no vale nada.",
    leavesOut: "Esta copia no lo cuenta todo. Pide otra y fíate de esa.",
  },
  stages: {
    none: "Por lo que muestra esta copia, ningún terapeuta propuso esta versión. No obliga a nadie.",
    open: "Aún no vale. Hay quien no firmó.",
    "in-force": "El acuerdo vale.",
    superseded: "Una versión más nueva tomó su lugar.",
    suspended: "Valía, y ahora no vale. Alguien retiró su nombre.",
    void: "Nunca valió.",
  },
  compare:
    "Esta copia muestra qué claves firmaron. De quién son, lo ves si comparas los números con los que la gente conoce como suyos. Empieza por el terapeuta.",
  signed: "Firmado",
  missing: "Sin firmar aún",
  refused: "No contado",
  as: {
    self: () => "en su propio nombre",
    assent: () => "dice que está de acuerdo",
    guardian: (minor) => `como tutor de ${minor}`,
  },
  one: (name, as) => `${name}, ${as}`,
  when: (at) => `${day(at)} (UTC)`,
  offered: (at) => `Lo propuso un terapeuta el ${day(at)} (UTC)`,
  digits: (digits) => `Clave ${digits}`,
  log: (place) => `En el lugar ${String(place)} de la lista de claves de la consulta`,
  line: (place, why) => `Línea ${String(place + 1)}: ${why}`,
  version: (number) => `Versión ${String(number)}`,
  hash: (hash) => `Suma ${hash}`,
  made: (at, digits) => `Hecha el ${day(at)} (UTC) con la clave ${digits}`,
  noLog: "Esta copia no muestra en qué lugar de la lista de la consulta están las claves.",
  text: "Lo que dice",
  parties: (names) => `Trata de ${list(names)}.`,
};
