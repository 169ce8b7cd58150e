import type { Spoken } from "../spoken.ts";
import { triggers } from "./triggers.ts";

const people = (count: number): string => (count === 1 ? "1 persona" : `${String(count)} personas`);

export const agreementWords: Spoken["agreementWords"] = {
  title: "Nuestro acuerdo",
  gone: "Aún no hay nada aquí para ti. Cuando tu terapeuta haga un acuerdo, aquí lo lees y lo firmas.",
  one: "El acuerdo",
  lines: "Acuerdos",
  theyRead: "Ahí se lee:",
  fromHere: "Desde aquí:",
  read: "Leer nuestro acuerdo",
  asksMe: "Léelo, por favor. Después eliges si firmas.",
  asksRound: "¿Aún está claro? Te esperan unas preguntas cortas.",
  outside: "Firmaste uno antes. Aún puedes retirar tu sí.",
  phases: {
    none: "Aún no hay nada firmado.",
    offered: "Espera las firmas.",
    "in-force": "Firmaron todos. Vale.",
    changing: "Uno vale. Otro nuevo espera las firmas.",
    "review-due": "Es hora de verlo de nuevo.",
    suspended: "Ahora no vale.",
    closed: "Esta familia está cerrada.",
  },
  signed: (have, of) =>
    have === 1 ? `Firmó 1 de ${String(of)}.` : `Firmaron ${String(have)} de ${String(of)}.`,
  questions: (count) => (count === 1 ? "Te espera 1 pregunta." : `Te esperan ${String(count)} preguntas.`),
  answers: (count) =>
    count === 1 ? `${people(count)} no firmó tal como está.` : `${people(count)} no firmaron tal como está.`,
  due: (count, first) => {
    const many =
      count === 1 ? "Hay 1 cosa que ver de nuevo." : `Hay ${String(count)} cosas que ver de nuevo.`;
    return [many, ...first.map((trigger) => `${triggers[trigger]}.`)].join(" ");
  },
};
