import type { AccountId, FamilyId, PersonId } from "@sotto/domain";
import { identityHash, safetyNumber } from "@sotto/vault";
import type { VaultState } from "@sotto/vault";
import type { Actions, Done, HistoryChoice } from "../client.ts";
import { DONE, done, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { settingOf, withSetting } from "../local/choices.ts";
import { agreementOfPast, peopleIn } from "../queries/past-agreement.ts";
import { identityIn } from "../queries/people-keys.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { earliestGiven, grantPast } from "./change-room.ts";
import { unlocked } from "./unlocked.ts";

type TrustActions = Pick<
  Actions,
  "historyChoices" | "grantHistory" | "compareCode" | "markVerified" | "renewKeys" | "understand"
>;

/** Whose new keys this person knows of, by account; a setting holds as many as it has room for. */
const UNDERSTOOD_SETTING = "trust/understood";
const UNDERSTOOD_MAX = 100;

/** The accounts whose warning has been read. */
export function understoodIn(state: VaultState): readonly string[] {
  return (settingOf(state, UNDERSTOOD_SETTING) ?? "").split(" ");
}

/** Who may read the past, and whose keys are whose. `home` answers null while locked. */
export function makeTrustActions(home: () => Home | null): TrustActions {
  return {
    historyChoices: ({ account, person, room }) =>
      unlocked(home, async (open) => {
        const memory = open.rooms.get(room);
        if (memory === null) return refused("not-here");
        if (open.looks.isHidden(room)) return refused("not-allowed");
        const receiver = account === null ? (person ?? null) : receiverBehind(open, memory, account);
        return done(choicesIn(memory, account, agreementOfPast(open, memory, receiver)));
      }),
    grantHistory: ({ account, from, room }) =>
      unlocked(home, (open) => grantPast(open, room, { account, from })),
    compareCode: (account) =>
      unlocked(home, async (open) => {
        const code = codeWith(open, account);
        return code === null ? refused("not-here") : done({ code });
      }),
    markVerified: (wish) => unlocked(home, (open) => markVerified(open, wish)),
    renewKeys: () => unlocked(home, ({ renewing }) => renewing.now()),
    understand: (account) =>
      unlocked(home, async ({ vault }) => {
        const known = understoodIn(vault.state).filter((id) => id !== account && id !== "");
        const value = [...known, account].slice(-UNDERSTOOD_MAX).join(" ");
        vault.change((state) => withSetting(state, UNDERSTOOD_SETTING, value));
        return DONE;
      }),
  };
}

const receiverBehind = (home: Home, { card }: RoomMemory, account: AccountId): PersonId | null =>
  // A room's family stands on its card as text.
  card.family === null ? null : peopleIn(home, card.family as FamilyId)(account);

const choicesIn = (
  memory: RoomMemory,
  account: AccountId | null,
  agreementOf: ReturnType<typeof agreementOfPast>,
): readonly HistoryChoice[] => {
  const until = account === null ? memory.state.epoch + 1 : (memory.readsFrom.get(account) ?? 0);
  const untilSeq = memory.epochs.get(until)?.seq ?? Number.POSITIVE_INFINITY;
  const said = memory.lines.filter((line) => line.kind === "message" || line.kind === "file");
  const earliest = earliestGiven(memory);
  const nearestFirst = [...memory.epochs]
    .filter(([epoch, { isOpening }]) => epoch < until && epoch >= earliest && !isOpening)
    .toSorted(([a], [b]) => b - a);
  const choices: HistoryChoice[] = [];
  for (const [from, { at, seq }] of nearestFirst) {
    const added = said.filter((line) => line.seq > seq && line.seq < untilSeq);
    // A place from which nothing more was said is no choice of its own.
    if (added.length === (choices.at(-1)?.messages ?? 0)) continue;
    const authors = [...new Set(added.map((line) => memory.people.get(line.author)?.name ?? ""))];
    const agreement = agreementOf(added);
    choices.push({ from, at, isStart: from === 0, messages: added.length, authors, agreement });
  }
  return choices;
};

const codeWith = (home: Home, account: AccountId): string | null => {
  const mine = home.vault.state.identities.at(-1);
  const theirs = identityIn(home, account);
  if (mine === undefined || theirs === null || account === home.person.account) return null;
  return safetyNumber(identityHash(mine.record), theirs);
};

const markVerified = async (
  home: Home,
  { account, code }: { readonly account: AccountId; readonly code: string },
): Promise<Done> => {
  const identity = identityIn(home, account);
  if (identity === null) return refused("not-here");
  if (codeWith(home, account) !== code) return refused("code-changed");
  const contact = { account, identityHash: identity, verified: "in-person" as const, at: home.ports.now() };
  home.vault.change((state) => ({
    ...state,
    contacts: [...state.contacts.filter((known) => known.account !== account), contact],
  }));
  return DONE;
};
