import { sayIn } from "../say-in.ts";

export const { clock, date, day, list, weekday, when } = sayIn({
  language: "es",
  usual: "es-419",
  today: "Hoy",
  yesterday: "Ayer",
});
