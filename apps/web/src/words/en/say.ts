import { sayIn } from "../say-in.ts";

export const { clock, date, day, list, weekday, when } = sayIn({
  language: "en",
  usual: "en-GB",
  today: "Today",
  yesterday: "Yesterday",
});
