import type { AttackRow, Outcome, Threat } from "./row.ts";

const DELETION = "tests/scenarios/client-deletion.test.ts";
const unreadAndMissed: Outcome = { sees: ["notices.unreadable", "notices.gap"] };
const missed: Outcome = { sees: ["notices.gap"] };

const of =
  (threat: Threat, attack: string) =>
  (id: string, variant: string, outcome: Outcome, by?: string): AttackRow => ({
    threat,
    attack,
    variant,
    outcome,
    id,
    ...(by === undefined ? {} : { with: by }),
  });

const message = of("T7", "messages out of order");
const thief = of("T2", "the database is stolen");
const removed = of("T11", "who was taken out reads on");
const sizes = of("T22", "sizes say what was said");
const nonce = of("T24", "a nonce twice");

/** What was said, and what a stolen copy of it gives. */
export const MESSAGE_ROWS: readonly AttackRow[] = [
  thief(
    "database-and-other-room",
    "the keys of somebody in another room are tried on all of it",
    { nothing: "Nothing: none of it opens." },
    "a member of another room",
  ),
  {
    threat: "T2",
    attack: "the database is stolen",
    variant: "it is searched for everything that was said",
    outcome: { nothing: "Nothing: none of it is there in clear." },
    file: "tests/secrecy/client-canary.test.ts",
    test: "a dump of the database holds nothing of what real clients said, are called, or come in by",
  },
  message("message-replayed", "a message is shown once more", { sees: ["notices.replay"] }),
  message("messages-reordered", "two messages change places", { sees: ["notices.gap", "notices.fork"] }),
  message("message-altered", "a message is altered", unreadAndMissed),
  message("message-of-another-author", "a message is shown as somebody else's", unreadAndMissed),
  message("message-of-another-room", "a message of another room is shown here", {
    sees: ["notices.unreadable"],
  }),
  message("newest-held-back", "the newest message is held back, until somebody writes the next", missed),
  message("message-taken-and-dropped", "the server says that it has a message, and has not", {
    sees: ["room.waiting"],
  }),
  {
    threat: "T7",
    attack: "messages out of order",
    variant: "a message is left out",
    outcome: missed,
    file: "tests/scenarios/client-lying-server.test.ts",
    test: "T7: a frame that is withheld leaves one notice, however many frames come after it",
  },
  {
    threat: "T7",
    attack: "messages out of order",
    variant: "the server says that somebody deleted what nobody did",
    outcome: missed,
    file: DELETION,
    test: "T7: a frame that the server calls erased, and nobody vouches for, is missing and is said to be",
  },
  {
    threat: "T7",
    attack: "messages out of order",
    variant: "the server shows one deletion in place of another",
    outcome: missed,
    file: DELETION,
    test: "T7: a deletion vouches for its own frame alone: a server that swaps stubs is found out",
  },
  message("everything-held-back", "nothing new is shown at all", {
    open: "Nothing, for as long as the server holds back everything of the room. Whoever expects an answer has to ask by another way.",
  }),
  message("room-hidden", "the server says that a room is not there any more", {
    open: "The room is gone, as if one had been taken out of it; nobody signs that to whoever it is about. It is whole again when it is shown again. Ask who was in it.",
  }),
  removed(
    "removed-member-is-shown-the-room",
    "the server goes on showing them the room, and leaves out that they were taken out",
    { nothing: "Nothing: they read up to then, and nothing that was said after." },
    "a removed member",
  ),
  removed(
    "database-and-removed-member",
    "their keys are tried on all that the server stores",
    { nothing: "Nothing: the keys open what was said while they were in it, and nothing before or after." },
    "a removed member",
  ),
  sizes("sizes-of-words", "a short answer and a sentence", { nothing: "Nothing: both have one size." }),
  sizes("sizes-of-files", "two files of almost one size", {
    nothing: "Nothing: both are stored in one size.",
  }),
  nonce("sealed-again", "a message is made to be sealed again and again", {
    nothing: "Nothing: each time under another salt.",
  }),
  nonce(
    "two-browsers-rolled-back",
    "one of two browsers of a person is shown the room as it was, so that it would count again from there",
    { nothing: "Nothing: each frame has a salt of its own, and each browser a count of its own." },
  ),
];
