import type { AttackRow, Outcome, Threat } from "./row.ts";

const forked: Outcome = { sees: ["alarms.room-forked"] };
const forkedAndUnread: Outcome = { sees: ["alarms.room-forked", "notices.unreadable"] };
const CUSTODIAN = "tests/scenarios/client-custodian.test.ts";
const ENDED = "tests/scenarios/client-ended.test.ts";

const of =
  (threat: Threat, attack: string) =>
  (id: string, variant: string, outcome: Outcome = forked, by?: string): AttackRow => ({
    threat,
    attack,
    variant,
    outcome,
    id,
    ...(by === undefined ? {} : { with: by }),
  });

const ghost = of("T5", "a reader who was never let in");
const order = of("T6", "events of a room out of order");
const fork = of("T8", "two branches of one room");
const suite = of("T18", "weaker parameters in a room");
const seeds = of("T19", "different keys for different people");
const opening = of("T23", "the practice's continuity misused");

/** What a room is made of. */
export const ROOM_ROWS: readonly AttackRow[] = [
  ghost(
    "ghost-by-removed-member",
    "somebody who was taken out signs an event that lets them in again",
    forked,
    "a removed member",
  ),
  ghost(
    "ghost-by-member",
    "a member, who may not, signs an event that lets a stranger read",
    forked,
    "a member of the room",
  ),
  ghost("hidden-recipient", "the room's key is sealed to one more than the roster names"),
  {
    threat: "T5",
    attack: "a reader who was never let in",
    variant: "an end of the room that no keeper signed",
    outcome: forked,
    file: ENDED,
    test: "T5: an end that no keeper signed raises `room-forked`, and takes nothing away",
  },
  {
    threat: "T5",
    attack: "a reader who was never let in",
    variant: "the log of keys does not hold what the server has shown",
    outcome: { sees: ["alarms.log-split"] },
    file: "tests/scenarios/client-log.test.ts",
    test: "T5: a log that does not hold what the server has shown raises `log-split`",
  },
  order("event-replayed", "an event is shown once more"),
  order("event-dropped", "an event is left out", forkedAndUnread),
  order("events-reordered", "two events change places"),
  order("room-truncated-for-new-device", "a new device is shown the room as it was before"),
  order("event-held-back-from-one-browser", "one of two open browsers is not shown the newest event"),
  {
    threat: "T6",
    attack: "events of a room out of order",
    variant: "an event is altered",
    outcome: forked,
    file: "tests/scenarios/client-lying-server.test.ts",
    test: "T6: an event that was altered raises `room-forked`; other rooms go on, and the room too when the truth comes",
  },
  {
    threat: "T6",
    attack: "events of a room out of order",
    variant: "a step is left out on the way to the room's end",
    outcome: forked,
    file: ENDED,
    test: "T6: a server that leaves a step out on the way to an end raises `room-forked`, and nothing is let go of before the truth comes",
  },
  {
    threat: "T6",
    attack: "events of a room out of order",
    variant: "a room that has ended is shown again",
    outcome: forked,
    file: ENDED,
    test: "T6: a server that shows a room again that has ended raises `room-forked`, on a device that never had it too",
  },
  fork(
    "fork-between-people",
    "two people are shown two events for one place, both signed by the therapist",
    forkedAndUnread,
  ),
  fork("fork-against-own-browser", "two browsers of one person are"),
  of("T12", "who came in reads the past")(
    "joiner-is-shown-the-past",
    "the server shows them all of the room",
    forked,
    "somebody who came in later",
  ),
  of("T12", "an altered grant of the past")("grant-altered", "from an earlier time on than was given"),
  of("T12", "an altered grant of the past")("past-wider-than-given", "more is shown than was given"),
  of("T12", "an altered grant of the past")("past-withheld", "nothing of it is shown"),
  of("T12", "an altered grant of the past")("past-without-a-message", "a message in it is left out", {
    sees: ["notices.gap"],
  }),
  suite("suite-downgraded", "an event names a classical key exchange instead of X-Wing"),
  suite("format-downgraded", "an event names an older format"),
  of("T17", "kept now, opened later")("seed-resealed", "a room's key in the size of a classical seal"),
  {
    threat: "T17",
    attack: "kept now, opened later",
    variant:
      "everything that the server has is kept, and the keys of a later day are tried on a room that has ended",
    outcome: { nothing: "Nothing: no key that anybody still holds opens it." },
    file: "tests/scenarios/client-gone-for-good.test.ts",
    test: "when it has ended and everybody has renewed their keys, no key that anybody still holds opens anything of it",
  },
  seeds(
    "seeds-differ",
    "a keeper gives one person another key of the room than the others",
    forked,
    "a keeper",
  ),
  seeds(
    "seeds-differ-for-joiner",
    "a keeper lets somebody into a room of which they alone have that key",
    forked,
    "a keeper",
  ),
  opening("opening-forged", "a member signs an opening that is none", forked, "a member of the room"),
  opening("opening-left-out", "an opening is not shown to somebody", forkedAndUnread),
  opening("opening-in-another-room", "an opening of one room is shown in another"),
  opening("custodian-with-another-room", "three sheets ask for one room and are given another", {
    nothing: "Nothing: the command says `not-in-room` and has read nothing.",
  }),
  {
    threat: "T23",
    attack: "the practice's continuity misused",
    variant: "the server says yes to an opening and shows it to nobody",
    outcome: { nothing: "Nothing: the command goes no further and has read nothing." },
    file: CUSTODIAN,
    test: "a server that only says yes is found out before anything is read",
  },
];
