import type { RecordedLine, RecordedPerson, RoomRecord } from "@sotto/client/custodian";
import type { OpeningReason } from "@sotto/vault";

/** What somebody can give as the reason, in the words that the room shows too. */
export const REASONS: Readonly<Record<OpeningReason, string>> = {
  rehearsal: "a rehearsal, to see that the sheets work",
  "therapist-gone": "the therapist is not there any more",
  "asked-for": "somebody asked for what is written about them",
  law: "the law asks for it",
  danger: "somebody is in danger",
};

export const KINDS: Readonly<Record<RoomRecord["kind"], string>> = {
  family: "Whole family",
  subgroup: "Some of the family",
  private: "Private room",
  team: "Professionals only",
  practice: "Practice",
  agreement: "Agreement",
};

export const ROLES: Readonly<Record<RecordedPerson["role"], string>> = {
  therapist: "therapist",
  staff: "staff",
  adult: "adult",
  teen: "teenager",
  child: "child",
  guardian: "guardian",
  collateral: "helps",
  custodian: "reads only, with three of five sheets",
};

const list = (names: readonly string[]): string => new Intl.ListFormat("en").format(names);

/** What happened, in one line; null for what was said, which is shown whole. */
export function happened(line: RecordedLine): string | null {
  switch (line.kind) {
    case "message":
    case "file":
      return null;
    case "deleted":
      return `${line.by} deleted something here.`;
    case "audience":
      return changed(line.change, line.names);
    case "granted":
      return `${line.by} let ${line.to} read more of the past.`;
    case "returned":
      return `${line.person} came back with new keys, checked by ${line.by}.`;
    case "opened":
      return `${line.by} was used to read this room: ${REASONS[line.reason]}.`;
    case "notice":
      return NOTICES[line.notice];
  }
}

const NOTICES: Readonly<Record<(RecordedLine & { readonly kind: "notice" })["notice"], string>> = {
  gap: "Something is missing here.",
  replay: "Something old came again here and is left out.",
  fork: "People may have been shown different things here.",
  unreadable: "Something here could not be read.",
};

const changed = (
  change: (RecordedLine & { readonly kind: "audience" })["change"],
  names: readonly string[],
): string => {
  switch (change) {
    case "created":
      return `The room was opened for ${list(names)}.`;
    case "added":
      return `${list(names)} came in.`;
    case "continuity-added":
    case "joined-here":
      return "From here on this record reads the room.";
    case "joined-with-past":
      return "What stands above was granted later.";
    case "removed":
      return `${list(names)} left.`;
    case "re-keyed":
      return "The room got a new lock.";
    case "renewed":
      return `${list(names)} made new keys.`;
    case "closed":
      return "The room was closed.";
    case "reopened":
      return "The room was opened again.";
  }
};
