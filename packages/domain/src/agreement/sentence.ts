import type { RoomKind } from "../room/plan.ts";
import type { TellingRule } from "./telling.ts";

/**
 * The one sentence about what holds in a room, shown before anybody types their first message, as a code: the words are in the catalogue. `private.`
 * sentences are about what becomes of what is told alone; `shared.` ones about rooms of several people.
 */
export const ROOM_SENTENCES = [
  "private.no-agreement",
  "private.not-signed",
  "private.suspended",
  "private.not-covered",
  "private.no-secrets",
  "private.limited",
  "private.discretion",
  "private.full",
  "private.no-individual-contact",
  "private.minor-level",
  "private.may-hold",
  "shared.no-agreement",
  "shared.suspended",
  "shared.in-force",
  "professionals",
] as const;
export type RoomSentence = (typeof ROOM_SENTENCES)[number];

/** Whether an agreement holds now: none yet, one that somebody withdrew from, or one in force. */
export type AgreementHolds = "none" | "suspended" | "in-force";

/** The sentence for a room. `rule` is the one for what its member tells there alone (`ruleFor`). Until an agreement is in force, it is confidential to the speaker. */
export function roomSentence(wish: {
  readonly room: RoomKind;
  readonly holds: AgreementHolds;
  readonly rule: TellingRule;
}): RoomSentence {
  const { holds, room, rule } = wish;
  switch (room) {
    case "team":
    case "practice":
      return "professionals";
    case "family":
    case "subgroup":
    case "agreement":
      return holds === "none" ? "shared.no-agreement" : `shared.${holds}`;
    case "private":
      if (holds === "suspended") return "private.suspended";
      return holds === "none" ? "private.no-agreement" : privateSentence(rule);
  }
}

const privateSentence = (rule: TellingRule): RoomSentence => {
  switch (rule.kind) {
    case "therapist-may-tell":
      return "private.no-secrets";
    case "speaker-tells":
      return "private.limited";
    case "therapist-judges":
      return "private.discretion";
    case "speaker-only":
      // What stands outside is said of single entries, never of a room; to whom nobody could be told, it says that it stays.
      return rule.why === "outside" || rule.why === "no-audience" ? "private.full" : `private.${rule.why}`;
  }
};
