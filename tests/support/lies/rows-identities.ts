import type { AttackRow } from "./row.ts";

const swapped = { sees: ["alarms.identity-swapped"] };
const LYING = "tests/scenarios/client-lying-server.test.ts";
const INVITATION = "tests/scenarios/client-invitation.test.ts";
const LOG = "tests/scenarios/client-log.test.ts";

/** Whose keys are whose, and the log of them. */
export const IDENTITY_ROWS: readonly AttackRow[] = [
  {
    threat: "T3",
    attack: "somebody else's keys at the first contact",
    variant: "the server shows another inviter than the link names",
    outcome: { sees: ["refusals.inviter-unverified"] },
    file: INVITATION,
    test: "T3: a server that shows another inviter than the link names is not believed",
  },
  {
    threat: "T3",
    attack: "somebody else's keys at the first contact",
    variant: "the server lets a stranger in by a link whose secret they never had",
    outcome: {
      nothing:
        "Nobody of the family sees the stranger: they are never let in, and the person can be invited again.",
    },
    file: INVITATION,
    test: "a stranger whom the server lets in without the link's secret is never admitted, and the person can be invited again",
  },
  {
    threat: "T3",
    attack: "somebody else's keys at the first contact",
    variant: "other bytes for an identity that a room names",
    outcome: swapped,
    file: LYING,
    test: "T3: other bytes for an identity raise `identity-swapped`, and the room opens when the server tells the truth",
  },
  {
    threat: "T3",
    attack: "somebody else's keys at the first contact",
    variant: "a whole room that the server made up, with the therapist's name in it",
    outcome: { sees: ["verifications.unknown", "trust.stranger|Ada"] },
    id: "room-made-up",
  },
  {
    threat: "T4",
    attack: "somebody else's keys later",
    variant: "new keys for somebody whom the therapist knows, when a room is made",
    outcome: swapped,
    id: "newest-keys-invented",
  },
  {
    threat: "T4",
    attack: "somebody else's keys later",
    variant: "a log of keys that does not continue the one seen before",
    outcome: { sees: ["alarms.log-rewritten"] },
    file: LOG,
    test: "T4: a log that does not continue the one seen before raises `log-rewritten`, which stays",
  },
  {
    threat: "T4",
    attack: "somebody else's keys later",
    variant: "a checkpoint of another log",
    outcome: { sees: ["alarms.log-rewritten"] },
    file: LOG,
    test: "a checkpoint of another log raises `log-rewritten`",
  },
  {
    threat: "T4",
    attack: "somebody else's keys later",
    variant: "another key of the log, at sign-in",
    outcome: { sees: ["alarms.log-rewritten"] },
    id: "log-key-of-another",
  },
  {
    threat: "T8",
    attack: "two views of the log of keys",
    variant: "what somebody else has seen of it does not lie in what is shown here",
    outcome: { sees: ["alarms.log-split"] },
    file: LOG,
    test: "T8: what somebody else has seen of the log must lie in the log shown here, or `log-split` is raised",
  },
  {
    threat: "T8",
    attack: "two views of the log of keys",
    variant: "two browsers of one person are shown two of them",
    outcome: { sees: ["alarms.log-split"] },
    file: LOG,
    test: "T8: what one browser of a person has seen of the log must lie in what another one has seen, or `log-split` is raised",
  },
  {
    threat: "T13",
    attack: "a stolen device goes on after its person began anew",
    variant: "it signs a second line of keys from the old ones, and the server gives that out as the newest",
    with: "a stolen old device",
    outcome: swapped,
    id: "second-line-by-old-device",
  },
  {
    threat: "T13",
    attack: "a stolen device goes on after its person began anew",
    variant: "its keys are tried on all that the server stores",
    with: "a stolen old device",
    outcome: { nothing: "Nothing: the old keys open what was said before, and nothing that was said after." },
    id: "old-keys-and-database",
  },
];
