import { mayDisclose, ownerRules } from "@sotto/domain";
import type { AccountId, DisclosureWish, FamilyId, PersonId } from "@sotto/domain";
import { teamRoomOf } from "../actions/families.ts";
import type { Home } from "../home.ts";
import { timeOf } from "../ids.ts";
import type { LogLine, RoomMemory } from "../sync/room-memory.ts";
import type { PastAgreement } from "../views.ts";
import { factsOf } from "./agreement-facts.ts";
import { agreementIn, personBehind } from "./agreement-state.ts";
import { familyStateOf } from "./family-state.ts";

type SaidLine = LogLine & { readonly kind: "message" | "file" };

/**
 * Tells what the agreement says of these lines of a room of several people, were this person to read them: whose they are, and under what they were told.
 * It decides nothing: whoever keeps the room does. Lines of professionals, and what the person heard themselves, are left out.
 */
export function agreementOfPast(
  home: Home,
  memory: RoomMemory,
  receiver: PersonId | null,
): (lines: readonly SaidLine[]) => readonly PastAgreement[] {
  const { card } = memory;
  if (receiver === null || card.family === null) return () => [];
  if (card.kind !== "family" && card.kind !== "subgroup") return () => [];
  // A room's family stands on its card as text.
  const family = card.family as FamilyId;
  const personOf = peopleIn(home, family);
  const known = agreementIn(home, family);
  const audienceAt = audiences(memory, personOf);
  const answerOf = (line: SaidLine): readonly [PastAgreement["reason"], string] | null => {
    const owner = personOf(line.author);
    if (owner === null) return null;
    const entry: DisclosureWish["entry"] = {
      entry: line.entry,
      owners: [owner],
      told: { at: line.at, writtenAt: timeOf(line.entry) },
      contact: null,
      label: null,
      topic: null,
      asked: null,
    };
    const { answers } = mayDisclose({
      entry,
      from: { kind: card.kind, audience: audienceAt(line.seq) },
      to: [{ kind: "person", person: receiver, hasLeft: false }],
      agreement: ownerRules(known.state, entry, factsOf),
      releases: [],
      purpose: "family-work",
      ground: null,
      at: home.ports.now(),
    });
    const why = answers[0]?.reasons[0]?.kind;
    const isSaid = why === "no-agreement" || why === "told-to-those-there";
    return isSaid ? [why, memory.people.get(line.author)?.name ?? ""] : null;
  };
  const answers = new Map<SaidLine, ReturnType<typeof answerOf>>();
  return (lines) => {
    const names: { readonly [Reason in PastAgreement["reason"]]: Set<string> } = {
      "no-agreement": new Set(),
      "told-to-those-there": new Set(),
    };
    for (const line of lines) {
      const before = answers.get(line);
      const answer = before === undefined ? answerOf(line) : before;
      answers.set(line, answer);
      if (answer !== null && answer[1] !== "") names[answer[0]].add(answer[1]);
    }
    return (["no-agreement", "told-to-those-there"] as const).flatMap((reason) =>
      names[reason].size === 0 ? [] : [{ reason, names: [...names[reason]] }],
    );
  };
}

/** Who of the family is behind an account; null for professionals, and for whoever is not known. */
export function peopleIn(home: Home, family: FamilyId): (account: AccountId) => PersonId | null {
  const known = agreementIn(home, family);
  const team = teamRoomOf(home, family);
  const state = team === null ? null : familyStateOf(home, team);
  const byAccount = new Map<AccountId, PersonId>();
  for (const [person, losses] of state?.lost ?? []) {
    for (const { account } of losses) byAccount.set(account, person);
  }
  for (const { account, person } of state?.joined.values() ?? []) {
    if (state?.people.has(person) === true) byAccount.set(account, person);
  }
  return (account) => byAccount.get(account) ?? personBehind(known, account);
}

/** Who of the family was in the room when something came in there. */
const audiences = (
  memory: RoomMemory,
  personOf: (account: AccountId) => PersonId | null,
): ((seq: number) => readonly PersonId[]) => {
  const spans = [...memory.epochs.values()]
    .toSorted((one, other) => other.seq - one.seq)
    .map(({ seq, state }) => ({
      seq,
      people: state.members.flatMap(({ account }) => {
        // The vault gives ids as text.
        const person = personOf(account as AccountId);
        return person === null ? [] : [person];
      }),
    }));
  return (seq) => spans.find((span) => span.seq <= seq)?.people ?? [];
};
