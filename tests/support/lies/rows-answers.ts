import type { AttackRow, Outcome, Threat } from "./row.ts";

const of =
  (threat: Threat, attack: string) =>
  (id: string, variant: string, outcome: Outcome): AttackRow => ({ threat, attack, variant, outcome, id });

const markup = of("T20", "markup where text belongs");
const malformed = of("T21", "malformed answers");
const file = of("T21", "a file that is not what was sent");

/** Answers that are none. */
export const ANSWER_ROWS: readonly AttackRow[] = [
  markup("page-for-an-answer", "a page in place of an answer", { sees: ["fault"] }),
  markup("markup-for-a-reason", "markup as the reason of a refusal", { sees: ["fault"] }),
  markup("markup-for-a-kind", "markup as the kind of a reminder", { sees: ["fault"] }),
  malformed("numbers-out-of-order", "a room's log in numbers that cannot be", {
    sees: ["alarms.room-unreadable"],
  }),
  malformed("items-malformed", "a room's log outside the contract", { sees: ["alarms.room-unreadable"] }),
  malformed("events-of-noise", "events that are cut off", { sees: ["alarms.room-forked"] }),
  malformed("live-noise", "noise on the live connection", { sees: ["offline"] }),
  file("file-of-another-message", "the file of another message", { sees: ["refusals.file-damaged"] }),
  file("file-chunks-reordered", "its pieces in another order", { sees: ["refusals.file-damaged"] }),
  {
    threat: "T21",
    attack: "a file that is not what was sent",
    variant: "a piece of it is altered, left out or cut off",
    outcome: { sees: ["refusals.file-damaged"] },
    file: "tests/scenarios/client-files.test.ts",
    test: "what a server changes in a file is noticed, and nothing of it is shown",
  },
];
