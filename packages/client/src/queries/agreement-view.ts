import {
  agreementHolds,
  consentDue,
  lastAbout,
  missingSignatures,
  openOffer,
  phaseOf,
  questionsFor,
  roomSentence,
  roundDue,
  ruleAt,
  ruleFor,
  signingChecks,
  understandingOf,
  versionInForce,
} from "@sotto/domain";
import type {
  AccountId,
  AgreementVersionId,
  AuthorityProof,
  CopyForm,
  DueConsent,
  EventMoment,
  FamilyId,
  LifeEvent,
  LookedSignature,
  OfferedVersion,
  PersonId,
  RequiredSignature,
  RoomSentence,
  SignedWith,
  SigningCheck,
} from "@sotto/domain";
import { toHex } from "@sotto/vault";
import type {
  AgreementLineView,
  AgreementQuestionView,
  AgreementVersionView,
  AgreementView,
  SignerRecord,
  SignerView,
} from "../agreement.ts";
import { keepersOf } from "../actions/change-room.ts";
import { teamRoomOf } from "../actions/families.ts";
import { signersOf } from "../actions/agreement/people.ts";
import { privateRoomIn } from "../actions/read-only.ts";
import type { RoomLineEntry } from "../client.ts";
import type { Home } from "../home.ts";
import { timeOf } from "../ids.ts";
import { progressKey } from "../sync/agreement-log.ts";
import type { LogLine, RoomMemory } from "../sync/room-memory.ts";
import { factsOf } from "./agreement-facts.ts";
import {
  agreementIn,
  personBehind,
  placeOfSignature,
  privateRoomsOf,
  professionalOf,
  recordIn,
  signedOutside,
} from "./agreement-state.ts";
import type { KnownAgreement } from "./agreement-state.ts";
import { familyStateOf } from "./family-state.ts";

/** The families whose agreement this person has to do with. */
const familiesOf = (home: Home): readonly FamilyId[] => {
  const found = home.rooms.all.flatMap(({ agreement, card, room }) => {
    if (card.family === null || home.looks.isHidden(room)) return [];
    // A room's family stands on its card as text.
    const family = card.family as FamilyId;
    // Most private rooms hold nothing of it, and need not be looked for one by one.
    if (card.kind === "private") return agreement.said.length > 0 && isOutside(home, family) ? [family] : [];
    return card.kind === "team" || card.kind === "agreement" ? [family] : [];
  });
  return [...new Set(found)];
};

const isOutside = (home: Home, family: FamilyId): boolean =>
  signedOutside(home, family)?.withdrawnAt === null;

/** Each family's agreement in one line, for the first screen. */
export function agreementLines(home: Home): readonly AgreementLineView[] {
  return familiesOf(home).map((family) => {
    const known = agreementIn(home, family);
    const team = teamRoomOf(home, family);
    const offer = openOffer(known.state);
    const me = meOf(home, known, team);
    const asked = offer === null ? [] : missingSignatures(offer).filter(({ person }) => person === me);
    const answered = [...(offer?.answers.keys() ?? [])].filter((person) => {
      const account = known.accounts.get(person);
      return account === undefined || apartOf(home, family, account) !== "hidden";
    });
    const isAnswered = me !== null && answered.includes(me);
    const due = team === null ? [] : dueOf(home, team, known);
    const questions = team === null || known.room === null ? [] : questionsOf(home, family, known);
    return {
      family,
      familyName: nameOf(home, family, known),
      isTherapist: team !== null,
      phase: phaseOf(known.state, home.ports.now()),
      isOutside: isOutside(home, family),
      asksMe: isAnswered || known.state.closed ? 0 : asked.length,
      asksRound: team === null && me !== null && isRoundOpen(home, known, me),
      signed:
        offer === null
          ? null
          : { have: offer.required.length - missingSignatures(offer).length, of: offer.required.length },
      openQuestions: questions.filter(({ answer }) => answer === null).length,
      answers: team === null ? 0 : answered.length,
      due: due.length,
      dueFor: [...new Set(due.map(({ trigger }) => trigger))],
    };
  });
}

/** A check-in or a review is due, and its questions are not all clear to this person yet. */
const isRoundOpen = (home: Home, known: KnownAgreement, me: PersonId): boolean => {
  const holding = versionInForce(known.state);
  const party = holding?.version.parties.find(({ person }) => person === me);
  if (holding?.stage.kind !== "in-force" || party === undefined || known.state.closed) return false;
  // While another version waits for signatures, its questions are the ones to answer.
  if (openOffer(known.state) !== null) return false;
  const { stage, version } = holding;
  const round = roundDue(version, stage.since, home.ports.now());
  if (round === 0 || !signersOf(version).includes(me)) return false;
  const apart = privateRoomIn(home, version.family);
  if (apart === null || home.looks.isHidden(apart.room)) return false;
  const progress = apart.agreement.progress.get(progressKey(home.person.account, version.version));
  const questions = questionsFor(version, party, round);
  return understandingOf(questions, progress?.answers ?? []).percent < 100;
};

/** One family's agreement; null for whoever has nothing to do with it. */
export function agreementView(home: Home, family: FamilyId): AgreementView | null {
  const team = teamRoomOf(home, family);
  const known = agreementIn(home, family);
  const outside = outsideOf(home, family);
  if (team === null && known.room === null && outside === null) return null;
  if (team !== null && home.looks.isHidden(team.room)) return null;
  const { state } = known;
  return {
    family,
    familyName: nameOf(home, family, known),
    isTherapist: team !== null,
    me: meOf(home, known, team),
    phase: phaseOf(state, home.ports.now()),
    holds: agreementHolds(state),
    versions: state.versions.map((offered) => versionView(home, known, offered)).toReversed(),
    therapists: therapistsIn(team, known),
    notes: known.room?.agreement.notes ?? [],
    questions: questionsOf(home, family, known),
    withdrawn: team === null ? [] : withdrawnFrom(home, family, known),
    due: team === null ? [] : dueOf(home, team, known),
    outside,
    work: team === null ? null : home.desk.workOf(family),
  };
}

const meOf = (home: Home, known: KnownAgreement, team: RoomMemory | null): PersonId | null =>
  team === null ? personBehind(known, home.person.account) : professionalOf(home.person.account);

const nameOf = (home: Home, family: FamilyId, { room }: KnownAgreement): string =>
  teamRoomOf(home, family)?.family.name ?? (room ?? privateRoomIn(home, family))?.card.familyName ?? "";

/** What this person may still take back; nothing while the room in which it stands is hidden. */
const outsideOf = (home: Home, family: FamilyId): AgreementView["outside"] => {
  const outside = signedOutside(home, family);
  const apart = privateRoomIn(home, family);
  if (outside === null || apart === null || home.looks.isHidden(apart.room)) return null;
  const { signature, withdrawnAt } = outside;
  return { signedAt: signature.at, withdrawnAt, isClosed: apart.state.closed };
};

/** Those who look after the family now, and those whom a version names and a card still does. */
const therapistsIn = (
  team: RoomMemory | null,
  { room, versions }: KnownAgreement,
): AgreementView["therapists"] => {
  const cards = [team, room].flatMap((memory) => (memory === null ? [] : [memory.people]));
  const now = team === null ? [] : keepersOf(team).map(({ member }) => member.account);
  const named = versions.flatMap(({ therapists }) => therapists as readonly string[]);
  return [...new Set([...now, ...named])].flatMap((account) => {
    const person = cards.map((people) => people.get(account)).find((found) => found !== undefined);
    if (person === undefined) return [];
    // The vault gives ids as text; a professional's person id is the id of their account.
    const id = account as AccountId;
    return [{ person: professionalOf(id), account: id, name: person.name }];
  });
};

const versionView = (home: Home, known: KnownAgreement, offered: OfferedVersion): AgreementVersionView => {
  const { offeredAt, stage, version } = offered;
  const signers = signersOf(version).map((person) => signerView(home, known, { offered, person }));
  return {
    version,
    hash: toHex(recordIn(known, version.version)?.hash ?? new Uint8Array()),
    stage,
    offeredAt,
    round: stage.kind === "in-force" ? roundDue(version, stage.since, home.ports.now()) : 0,
    signers,
    checks: checksOf(home, known, offered),
  };
};

/** What is worth a word about the signatures of a version, for its therapists; of what stands in a room that is hidden, nothing. */
const checksOf = (home: Home, known: KnownAgreement, offered: OfferedVersion): readonly SigningCheck[] => {
  const { signatures: given, version } = offered;
  const team = teamRoomOf(home, version.family);
  if (team === null) return [];
  const signatures = given.flatMap((signature): LookedSignature[] => {
    const { person } = signature;
    const account = known.accounts.get(person);
    if (account === undefined || apartOf(home, version.family, account) === "hidden") return [];
    const place = placeOfSignature(known, version.version, signature);
    const drawn = lastAbout(known.lines, { counts: known.counts, kind: "signed-with", signature: place });
    const mark = drawn === null || drawn.mark === null ? null : toHex(new Uint8Array(drawn.mark));
    // Who signs as a guardian alone is no party, and no minor.
    const role = version.parties.find((party) => party.person === person)?.role ?? "guardian";
    return [{ person, role, at: known.heard[place]?.at ?? signature.at, mark }];
  });
  return signingChecks({ signatures, contactChanges: team.contactChanges });
};

const signerView = (
  home: Home,
  known: KnownAgreement,
  { offered, person }: { readonly offered: OfferedVersion; readonly person: PersonId },
): SignerView => {
  const { required, signatures, version } = offered;
  const account = known.accounts.get(person) ?? null;
  const isTheirs = (one: { readonly person: PersonId }): boolean => one.person === person;
  const team = teamRoomOf(home, version.family);
  const isHidden = account !== null && apartOf(home, version.family, account) === "hidden";
  const isMe = account === home.person.account;
  const name =
    version.parties.find((party) => party.person === person)?.name ??
    (account === null ? undefined : known.room?.people.get(account)?.name) ??
    team?.family.people.get(person)?.name ??
    "";
  return {
    person,
    name,
    isMe,
    hasJoined: account !== null,
    required: required.filter(isTheirs),
    missing: missingSignatures(offered).filter(isTheirs),
    signatures: signatures.filter(isTheirs).map((one) => ({
      ...one,
      witness: witnessOf(known, version.version, one),
    })),
    record: team === null || isHidden ? null : recordOf(known, version.version, person),
    answer: isHidden ? null : (offered.answers.get(person) ?? null),
    own:
      (isMe || team !== null) && account !== null ? ownOf(home, known, { account, offered, person }) : null,
  };
};

const witnessOf = (
  known: KnownAgreement,
  version: AgreementVersionId,
  signature: RequiredSignature,
): string | null => {
  const { counts, lines } = known;
  const place = placeOfSignature(known, version, signature);
  return lastAbout(lines, { counts, kind: "witnessed", signature: place })?.name ?? null;
};

const recordOf = (known: KnownAgreement, version: AgreementVersionId, person: PersonId): SignerRecord => {
  const authority = new Map<PersonId, AuthorityProof>();
  const delivered: { readonly form: CopyForm; readonly at: number }[] = [];
  const signedWith: SignedWith[] = [];
  const { counts, lines } = known;
  const here = lines.filter((line, place) => line.version === version && counts(place));
  for (const { by, moment, said } of here) {
    if (said.kind === "authority" && said.guardian === person) authority.set(said.minor, said.proof);
    if (said.kind === "delivered" && by === person) delivered.push({ form: said.form, at: moment.at });
    if (said.kind === "signed-with" && by === person) {
      const { device, utcOffsetMinutes } = said;
      signedWith.push({ device, utcOffsetMinutes });
    }
  }
  return { authority: [...authority].map(([minor, proof]) => ({ minor, proof })), delivered, signedWith };
};

const ownOf = (
  home: Home,
  known: KnownAgreement,
  wish: { readonly account: AccountId; readonly offered: OfferedVersion; readonly person: PersonId },
): SignerView["own"] => {
  const { family, version } = wish.offered.version;
  const apart = apartOf(home, family, wish.account);
  if (apart === "hidden") return null;
  const progress = apart?.agreement.progress.get(progressKey(wish.account, version));
  const reason = known.lines.findLast(
    (line) => line.said.kind === "reason" && line.by === wish.person && line.version === version,
  );
  return {
    reason: reason?.said.kind === "reason" ? reason.said.text : "",
    read: progress?.read ?? [],
    answers: progress?.answers ?? [],
  };
};

/** Somebody's private room; what was said in one that is hidden until a way in is shown stays hidden here too. */
const apartOf = (home: Home, family: FamilyId, account: AccountId): RoomMemory | "hidden" | null => {
  const found = privateRoomsOf(home, family).find(({ people }) => people.has(account)) ?? null;
  return found !== null && home.looks.isHidden(found.room) ? "hidden" : found;
};

/** The private rooms whose words may stand on the screen now. */
const shownApart = (home: Home, family: FamilyId): readonly RoomMemory[] =>
  privateRoomsOf(home, family).filter(({ room }) => !home.looks.isHidden(room));

const questionsOf = (home: Home, family: FamilyId, known: KnownAgreement): readonly AgreementQuestionView[] =>
  shownApart(home, family)
    .flatMap((memory) =>
      memory.agreement.questions.map((asked) => {
        const { by, ...question } = asked;
        const name = memory.people.get(by)?.name ?? nameBehind(known, by);
        const isMine = by === home.person.account;
        return { ...question, name, isMine, answer: memory.agreement.answers.get(asked.entry) ?? null };
      }),
    )
    .toSorted((one, other) => one.at - other.at);

const nameBehind = (known: KnownAgreement, account: AccountId): string =>
  known.room?.people.get(account)?.name ?? "";

const withdrawnFrom = (home: Home, family: FamilyId, known: KnownAgreement): AgreementView["withdrawn"] =>
  known.lines.flatMap(({ account, moment, said }) => {
    const apart = said.kind === "withdrawn" ? apartOf(home, family, account) : "hidden";
    if (apart === "hidden") return [];
    // Whoever came back with another account may never have been in the agreement's room with it.
    const name = apart?.people.get(account)?.name ?? nameBehind(known, account);
    return [{ name, at: moment.at }];
  });

/** What opens consent to what holds now again. */
const dueOf = (home: Home, team: RoomMemory, { state }: KnownAgreement): readonly DueConsent[] => {
  const holding = versionInForce(state);
  if (holding === null || holding.stage.kind !== "in-force") return [];
  const { left, life, people } = familyStateOf(home, team);
  const { since } = holding.stage;
  const isRecorded = ({ event }: (typeof life)[number]): boolean => event !== "talked" && event !== "session";
  const events = life.filter(isRecorded).map(({ at, concerns, event }) => ({ kind: event, at, concerns }));
  const talked = life.filter(({ at, event }) => event === "talked" && at >= since);
  const sessions = life
    .flatMap(({ at, event }) => (event === "session" && at >= since ? [at] : []))
    .toSorted((one, other) => one - other);
  return consentDue({
    version: holding.version,
    since,
    life: {
      people: [...people.values()].filter(({ person }) => !left.has(person)),
      therapists: keepersOf(team).map(({ member }) => professionalOf(member.account as AccountId)),
      // Neither "talked" nor "session" is one of them, as was just seen.
      events: events as readonly LifeEvent[],
      sessions,
      talkedAt: talked.at(-1)?.at ?? null,
    },
    now: home.ports.now(),
  });
};

/** The one sentence about what holds in a room now, before anybody types; null where the family has nothing to do with it. */
export function sentenceOf(home: Home, memory: RoomMemory): RoomSentence | null {
  const { card } = memory;
  if (card.family === null) return card.kind === "practice" ? "professionals" : null;
  // A room's family stands on its card as text.
  const family = card.family as FamilyId;
  const known = agreementIn(home, family);
  if (card.kind === "private") {
    // Whoever is not asked any more is shown nothing of what holds, and nothing says that it is over.
    if (privateRoomIn(home, family) === memory && isOutside(home, family)) return "private.may-hold";
    const now = home.ports.now();
    return privateSentence(known, ownerOf(home, memory, known, family), { at: now, writtenAt: now });
  }
  const holds = agreementHolds(known.state);
  return roomSentence({ room: card.kind, holds, rule: { kind: "speaker-only", why: "not-signed" } });
}

/** What becomes of what its owner tells in a private room at a time: under the version that held then, and no other. */
const privateSentence = (
  known: KnownAgreement,
  owner: PersonId | null,
  moment: EventMoment,
): RoomSentence => {
  const holds = agreementHolds(known.state);
  const rule = owner === null ? null : ruleAt(known.state, { owner, ...moment });
  if (owner === null || rule?.kind !== "version") {
    const why = { kind: "speaker-only", why: "not-signed" } as const;
    return roomSentence({ room: "private", holds, rule: why });
  }
  const facts = factsOf(rule.version);
  return roomSentence({
    room: "private",
    holds: "in-force",
    rule: ruleFor(facts, { owner, contact: "message", label: null }),
  });
};

type RuleLine = RoomLineEntry & { readonly kind: "rule" };

/** Tells, line by line of a private room, where what its owner says begins to fall under another rule; null for any other line, and for any other room. */
export function ruleChanges(home: Home, memory: RoomMemory): (line: LogLine) => RuleLine | null {
  const { card } = memory;
  if (card.kind !== "private" || card.family === null) return () => null;
  // A room's family stands on its card as text.
  const family = card.family as FamilyId;
  const known = agreementIn(home, family);
  const owner = ownerOf(home, memory, known, family);
  const account = owner === null ? undefined : known.accounts.get(owner);
  if (owner === null || known.state.versions.length === 0) return () => null;
  let before: RoomSentence | null = null;
  return (line) => {
    const isSaid = line.kind === "message" || line.kind === "file";
    if (!isSaid || line.author !== account) return null;
    const { at, entry, seq } = line;
    const moment = { at, writtenAt: timeOf(entry) };
    // Whatever holds now: what was told under no agreement stays with whoever told it.
    const isUnder = ruleAt(known.state, { owner, ...moment }).kind === "version";
    const sentence = isUnder ? privateSentence(known, owner, moment) : "private.no-agreement";
    const isChanged = before !== null && before !== sentence;
    before = sentence;
    return isChanged ? { kind: "rule", seq, sentence, at } : null;
  };
}

/** Whose private room it is, as the agreement names them; null for somebody whom it does not. */
const ownerOf = (
  home: Home,
  memory: RoomMemory,
  known: KnownAgreement,
  family: FamilyId,
): PersonId | null => {
  const mine = privateRoomIn(home, family);
  if (mine?.room === memory.room) return personBehind(known, home.person.account);
  const member = memory.state.members.find(({ role }) => role === "member");
  return member === undefined ? null : personBehind(known, member.account as AccountId);
};
