import type { PersonId } from "../id.ts";
import type { ContactKind, MessageChannel, OpenChoices } from "./choices.ts";
import { ESSENTIAL_LIMITS } from "./choices.ts";
import type { Gap } from "./gap.ts";
import type { AgreementDraft, Party } from "./version.ts";

/** What contradicts itself within the choices, or what is known not to hold. */
export function choiceGaps({ choices, parties }: AgreementDraft): readonly Gap[] {
  return [
    ...clientGaps(choices, parties),
    ...policyGaps(choices, parties),
    ...contactGaps(choices),
    ...limitGaps(choices),
    ...outsiderGaps(choices, parties),
    ...recordGaps(choices),
    ...messageGaps(choices),
    ...worryGaps(choices),
    // Courts have opened joint sessions and let a claim go to trial: nobody can promise that they will not.
    ...(choices.court?.secrecy === "promised"
      ? [{ kind: "secrecy-in-court", weight: "blocks", part: "court" } as const]
      : []),
  ];
}

const isParty = (parties: readonly Party[], wanted: PersonId): boolean =>
  parties.some(({ person }) => person === wanted);

const clientGaps = ({ client }: OpenChoices, parties: readonly Party[]): readonly Gap[] => {
  if (client?.kind !== "individual" || isParty(parties, client.client)) return [];
  return [{ kind: "client-missing", weight: "blocks", part: "client", person: client.client }];
};

const policyGaps = ({ client, contacts, policy }: OpenChoices, parties: readonly Party[]): readonly Gap[] => {
  if (policy === null) return [];
  // Whoever has not signed has permitted nothing: this is refused, and not only warned of.
  const maySay = policy.kind === "no-secrets" || policy.kind === "discretion";
  const unsigned = maySay ? parties.filter(({ role, signs }) => !signs && role !== "guardian") : [];
  const over = unsigned.map(({ person }): Gap => ({
    kind: "policy-over-unsigned",
    weight: "blocks",
    part: "policy",
    person,
  }));
  const isAboutOthers = maySay || policy.kind === "limited";
  // Where one person is the client and the others help, there is nobody whom the client would owe it to (section 3, model B).
  if (client?.kind === "individual" && isAboutOthers) {
    over.push({ kind: "nobody-to-tell", weight: "doubtful", part: "policy" });
  }
  if (policy.kind === "limited" && policy.categories.length === 0) {
    over.push({ kind: "no-categories", weight: "blocks", part: "policy" });
  }
  if (policy.kind !== "no-individual-contact") return over;
  if (!policy.isScreenedFirst) over.push({ kind: "not-screened", weight: "blocks", part: "policy" });
  if (contacts?.includes("individual-session") === true) {
    over.push({ kind: "alone-though-never-alone", weight: "blocks", part: "contacts" });
  }
  return over;
};

/** By which contact something arrives that is said in a channel. Calls with a picture are sessions, or calls. */
const CONTACT_OF: { readonly [Channel in MessageChannel]: ContactKind } = {
  room: "message",
  call: "call",
  text: "text",
  email: "email",
  video: "call",
};

const contactGaps = ({ contacts, messages }: OpenChoices): readonly Gap[] => {
  if (contacts === null) return [];
  if (contacts.length === 0) return [{ kind: "nothing-covered", weight: "doubtful", part: "contacts" }];
  const channels = messages?.channels.map(({ channel }) => channel) ?? [];
  return channels
    .filter((channel) => !contacts.includes(CONTACT_OF[channel]))
    .map((channel) => ({
      kind: "channel-not-covered",
      weight: "doubtful",
      part: "contacts",
      about: channel,
    }));
};

const limitGaps = ({ limits }: OpenChoices): readonly Gap[] =>
  limits === null
    ? []
    : ESSENTIAL_LIMITS.filter((limit) => !limits.includes(limit)).map((limit) => ({
        kind: "limit-missing",
        weight: "blocks",
        part: "limits",
        about: limit,
      }));

const outsiderGaps = ({ client, outsiders }: OpenChoices, parties: readonly Party[]): readonly Gap[] => {
  if (outsiders === null) return [];
  const { confiding, release, supporters } = outsiders;
  const unknown = supporters.filter(({ of }) => !isParty(parties, of));
  // One signature never covers another person: where all of them are the client, nothing is one person's alone.
  const isNarrow = release === "each-for-own" && client?.kind === "unit";
  const isOdd = confiding === "nobody" && supporters.length > 0;
  return [
    ...(isNarrow ? [{ kind: "release-too-narrow", weight: "blocks", part: "outsiders" } as const] : []),
    ...(isOdd ? [{ kind: "supporter-not-allowed", weight: "blocks", part: "outsiders" } as const] : []),
    ...unknown.map(({ of }): Gap => ({
      kind: "person-unknown",
      weight: "blocks",
      part: "outsiders",
      person: of,
    })),
  ];
};

const recordGaps = ({ client, records }: OpenChoices): readonly Gap[] => {
  if (records === null) return [];
  const { access, form, retention } = records;
  // Of one record nobody has a part that is theirs alone.
  const isWide = access === "own-part" && form === "one" && client?.kind === "unit";
  return [
    ...(isWide ? [{ kind: "access-too-wide", weight: "doubtful", part: "records" } as const] : []),
    ...(retention === null ? [{ kind: "retention-open", weight: "doubtful", part: "records" } as const] : []),
    ...(retention?.verified === false
      ? [{ kind: "retention-unverified", weight: "note", part: "records" } as const]
      : []),
  ];
};

const messageGaps = ({ messages }: OpenChoices): readonly Gap[] => {
  if (messages === null) return [];
  const { channels, crisisLine } = messages;
  // One member's wish for plain mail never covers what another said (section 17).
  const open = channels.filter(({ channel }) => channel === "email" || channel === "text");
  return [
    ...(channels.length === 0 ? [{ kind: "no-channel", weight: "blocks", part: "messages" } as const] : []),
    ...open.map(({ channel }): Gap => ({
      kind: "open-channel",
      weight: "doubtful",
      part: "messages",
      about: channel,
    })),
    ...(crisisLine === null
      ? [{ kind: "no-crisis-line", weight: "doubtful", part: "messages" } as const]
      : []),
  ];
};

/** A full look every twelve months at the latest (section 18.3). */
const REVIEW_MONTHS_USUAL = 12;

const worryGaps = ({ change, worries }: OpenChoices): readonly Gap[] => [
  ...(change !== null && change.reviewMonths > REVIEW_MONTHS_USUAL
    ? [{ kind: "review-late", weight: "doubtful", part: "change" } as const]
    : []),
  ...(worries?.routes.length === 0
    ? [{ kind: "no-worry-route", weight: "blocks", part: "worries" } as const]
    : []),
  ...(worries?.practice.length === 0
    ? [{ kind: "no-leak-promise", weight: "blocks", part: "worries" } as const]
    : []),
];
