import type { Spoken } from "../spoken.ts";
import { date } from "./say.ts";

export const rooms = (count: number): string => (count === 1 ? "1 sala" : `${count} salas`);

export const ended: Spoken["catalogue"]["ended"] = {
  title: (count) => (count === 1 ? "1 sala llegó a su fin" : `${count} salas llegaron a su fin`),
  text: "Una consulta guarda las cosas por un tiempo fijo. Después se van. Lo que había en estas salas ya no está aquí ni en el servidor. Tus otros equipos lo sueltan cuando los abres.",
  line: (count, at, by) => `${rooms(count)} el ${date(at)}, por ${by ?? "la consulta"}`,
  one: "Esta sala llegó a su fin. Lo que había en ella ya no está.",
  allTitle: "Tus salas llegaron a su fin",
  all: "No tienes que hacer nada. Si quieres hablar otra vez, pregunta a tu terapeuta.",
};
