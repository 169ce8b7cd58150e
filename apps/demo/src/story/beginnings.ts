import type { Key } from "./story.ts";

/** People whom it is worth to see side by side, and what to look at. */
export const beginnings: readonly { readonly people: readonly Key[]; readonly says: string }[] = [
  {
    people: ["mia", "ana"],
    says: "A daughter and her mother. What Mia told Dr. Lee alone is in a room of which Ana cannot tell that it is there.",
  },
  {
    people: ["saga", "erik", "joanna"],
    says: "Parents who live apart, and the girl they talk about. Write in one room, and see who reads it.",
  },
  {
    people: ["sam", "daniel", "grace"],
    says: "A therapist between a boy and his mother. Each asks what the other said.",
  },
  {
    people: ["ada", "sam", "noor"],
    says: "Those who work there. Noor looks after how the practice keeps things, and is in no family's room.",
  },
];
