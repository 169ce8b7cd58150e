import { date } from "./say.ts";

export const rooms = (count: number): string => (count === 1 ? "1 room" : `${count} rooms`);

/** What people of a family see of rooms that are gone. */
export const ended = {
  title: (count: number) => (count === 1 ? "1 room has ended" : `${count} rooms have ended`),
  text: "A practice keeps things for a set time. Then they go. What was in these rooms is gone here and on the server. Your other devices let go of it when you open them.",
  line: (count: number, at: number, by: string | null) =>
    `${rooms(count)} on ${date(at)}, by ${by ?? "the practice"}`,
  one: "This room has ended. What was in it is gone.",
  allTitle: "Your rooms have ended",
  all: "There is nothing that you need to do. If you want to talk again, ask your therapist.",
};
