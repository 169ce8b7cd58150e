import type { PersonId } from "../id.ts";
import type { AgreementEvent, EventRefusal, GivenSignature, EventMoment } from "./event.ts";
import { blockingGaps } from "./gaps-in.ts";
import { isSameSignature, requiredSignatures } from "./signer.ts";
import type { AgreementState, OfferedVersion, VersionStage } from "./state.ts";
import { missingSignatures, openOffer, versionIn } from "./state.ts";

/*
 * The life of an agreement: offered, signed by each, in force, suspended or followed by the next version (section 18.2).
 *
 * It promises: a version is in force only when every required signature was given while it was open. What begins, begins by the later of the
 * server's and the author's word; what ends, ends by the earlier. So nobody who lies about the time has something told under a rule that was not theirs
 * yet, or is theirs no more; and no event changes what holds for something told before both of its words.
 */

export type Applied =
  | { readonly kind: "applied"; readonly state: AgreementState }
  | { readonly kind: "refused"; readonly why: EventRefusal };

type Event<Kind extends AgreementEvent["kind"]> = AgreementEvent & { readonly kind: Kind };

const applied = (state: AgreementState): Applied => ({ kind: "applied", state });
const refused = (why: EventRefusal): Applied => ({ kind: "refused", why });
const laterOf = ({ at, writtenAt }: EventMoment): number => Math.max(at, writtenAt);
const earlierOf = ({ at, writtenAt }: EventMoment): number => Math.min(at, writtenAt);

/** Takes in one event. What is refused changes nothing, for whoever reads the same log. */
export function applyToAgreement(state: AgreementState, event: AgreementEvent, moment: EventMoment): Applied {
  switch (event.kind) {
    case "offered":
      return offered(state, event, moment);
    case "recalled":
      return recalled(state, event);
    case "signed":
      return signed(state, event, moment);
    case "answered":
      return answered(state, event);
    case "withdrawn":
      return withdrawn(state, event, moment);
    case "suspended":
      return suspended(state, event, moment);
    case "succeeded":
      return applied({ ...state, successors: new Set([...state.successors, ...event.people]) });
    case "person-left":
      return personLeft(state, event.person, moment);
    case "person-back":
      return applied({ ...state, gone: new Set([...state.gone].filter((one) => one !== event.person)) });
    case "closed":
      return applied({ ...state, closed: event.closed });
  }
}

/** All events of a log, one after the other; those that are refused are left out. */
export function agreementOf(
  state: AgreementState,
  log: readonly { readonly event: AgreementEvent; readonly moment: EventMoment }[],
): AgreementState {
  return log.reduce((before, { event, moment }) => {
    const after = applyToAgreement(before, event, moment);
    return after.kind === "applied" ? after.state : before;
  }, state);
}

const offered = (state: AgreementState, { by, version }: Event<"offered">, moment: EventMoment): Applied => {
  if (state.closed) return refused({ kind: "closed" });
  if (!version.therapists.includes(by)) return refused({ kind: "not-therapist" });
  const required = requiredSignatures(version);
  const gone = [...version.parties.map(({ person }) => person), ...required.map(({ person }) => person)];
  const absent = gone.find((person) => state.gone.has(person));
  if (absent !== undefined) return refused({ kind: "removed", person: absent });
  if (versionIn(state, version.version) !== null) return refused({ kind: "known-already" });
  const newest = state.versions.at(-1)?.version;
  if (newest !== undefined) {
    const isSame = newest.agreement === version.agreement && newest.family === version.family;
    if (!isSame) return refused({ kind: "another-agreement" });
    if (version.number <= newest.number) return refused({ kind: "older-version", newest: newest.version });
  }
  if (blockingGaps(version).length > 0) return refused({ kind: "has-gaps" });
  if (required.length === 0) return refused({ kind: "nobody-signs" });
  const offer: OfferedVersion = {
    version,
    offeredAt: laterOf(moment),
    required,
    signatures: [],
    answers: new Map(),
    takenBack: new Map(),
    left: new Map(),
    stage: { kind: "open" },
  };
  return applied({ ...state, versions: [...voided(state, "replaced").versions, offer] });
};

const recalled = (state: AgreementState, { by, version }: Event<"recalled">): Applied => {
  const offer = versionIn(state, version);
  if (offer === null) return refused({ kind: "unknown-version" });
  if (!offer.version.therapists.includes(by)) return refused({ kind: "not-therapist" });
  const why = whyNotOpen(state, offer);
  return why === null ? applied(voided(state, "recalled")) : refused(why);
};

/** Why a version takes no signatures any more; null when it does. */
const whyNotOpen = (state: AgreementState, { stage }: OfferedVersion): EventRefusal | null => {
  const newest = state.versions.at(-1)?.version.version;
  switch (stage.kind) {
    case "open":
      return null;
    case "in-force":
      return { kind: "in-force" };
    case "suspended":
      return { kind: "after-withdrawal" };
    case "superseded":
      return newest === undefined ? { kind: "unknown-version" } : { kind: "older-version", newest };
    case "void":
      if (stage.why === "withdrawal") return { kind: "after-withdrawal" };
      if (stage.why === "recalled" || stage.why === "somebody-left") return { kind: "recalled" };
      return newest === undefined ? { kind: "unknown-version" } : { kind: "older-version", newest };
  }
};

/** So often does somebody take back what they signed of a version, and sign it again: each time stands in everybody's copies. */
const TAKEN_BACK_MAX = 10;
const backBy = ({ takenBack }: OfferedVersion, person: PersonId): number => takenBack.get(person) ?? 0;

const signed = (state: AgreementState, event: Event<"signed">, moment: EventMoment): Applied => {
  const { as, by, of } = event;
  if (state.gone.has(by)) return refused({ kind: "removed", person: by });
  const offer = versionIn(state, event.version);
  if (offer === null) return refused({ kind: "unknown-version" });
  const wanted = { person: by, as, of };
  const why = whyNotOpen(state, offer);
  const isLive = why === null || why.kind === "in-force";
  if (isLive && offer.signatures.some((given) => isSameSignature(given, wanted))) {
    return refused({ kind: "signed-already" });
  }
  if (why !== null) return refused(why);
  if (backBy(offer, by) >= TAKEN_BACK_MAX) return refused({ kind: "after-withdrawal" });
  if (state.closed) return refused({ kind: "closed" });
  if (!offer.required.some((one) => isSameSignature(one, wanted))) {
    return refused(as === "guardian" ? { kind: "not-guardian", of } : { kind: "not-asked" });
  }
  const given: GivenSignature = { ...wanted, at: laterOf(moment) };
  const answers = new Map([...offer.answers].filter(([person]) => person !== by));
  const after: OfferedVersion = { ...offer, answers, signatures: [...offer.signatures, given] };
  return applied(missingSignatures(after).length === 0 ? begun(state, after) : withVersion(state, after));
};

/** Everyone has signed: it holds from the last signature on, and what held before is superseded. */
const begun = (state: AgreementState, offer: OfferedVersion): AgreementState => {
  const ends = state.versions.flatMap(({ stage }) => ("until" in stage ? [stage.until] : []));
  const starts = state.versions.flatMap(({ stage }) => (stage.kind === "in-force" ? [stage.since] : []));
  const signedAt = offer.signatures.map(({ at }) => at);
  // Two versions never hold at once, also where somebody's clock runs ahead.
  const since = Math.max(offer.offeredAt, ...signedAt, ...ends, ...starts);
  const versions = state.versions.map((one): OfferedVersion => {
    if (one.stage.kind !== "in-force") return one;
    return { ...one, stage: { kind: "superseded", since: one.stage.since, until: since } };
  });
  return withVersion({ ...state, versions }, { ...offer, stage: { kind: "in-force", since } });
};

const answered = (state: AgreementState, { answer, by, version }: Event<"answered">): Applied => {
  if (state.gone.has(by)) return refused({ kind: "removed", person: by });
  const offer = versionIn(state, version);
  if (offer === null) return refused({ kind: "unknown-version" });
  const why = whyNotOpen(state, offer);
  if (why !== null) return refused(why);
  if (!offer.required.some(({ person }) => person === by)) return refused({ kind: "not-asked" });
  // Who says so takes back what they had signed of it: a no is never outweighed by an earlier yes.
  const signatures = offer.signatures.filter(({ person }) => person !== by);
  const answers = new Map(offer.answers).set(by, answer);
  const isLess = signatures.length < offer.signatures.length;
  const takenBack = isLess ? new Map(offer.takenBack).set(by, backBy(offer, by) + 1) : offer.takenBack;
  return applied(withVersion(state, { ...offer, answers, signatures, takenBack }));
};

const withdrawn = (state: AgreementState, { by }: Event<"withdrawn">, moment: EventMoment): Applied => {
  if (state.gone.has(by)) return refused({ kind: "removed", person: by });
  const isLive = ({ stage }: OfferedVersion): boolean => stage.kind === "in-force" || stage.kind === "open";
  const isTheirs = state.versions.some(
    (one) => isLive(one) && one.signatures.some(({ person }) => person === by),
  );
  return isTheirs ? applied(ended(state, isLive, earlierOf(moment))) : refused({ kind: "nothing-signed" });
};

const suspended = (state: AgreementState, event: Event<"suspended">, moment: EventMoment): Applied => {
  const named = state.versions.filter(({ version }) => event.versions.includes(version.version));
  if (named.length === 0) return refused({ kind: "unknown-version" });
  const isTheirs = named.some(({ version }) => version.therapists.includes(event.by));
  if (!isTheirs && !state.successors.has(event.by)) return refused({ kind: "not-therapist" });
  const isMeant = (one: OfferedVersion): boolean => named.includes(one);
  return applied(ended(state, isMeant, earlierOf(moment)));
};

/** What of these versions holds is suspended, and what waits for signatures is void: signatures given before a withdrawal never put anything in force after it. */
const ended = (
  state: AgreementState,
  isMeant: (one: OfferedVersion) => boolean,
  at: number,
): AgreementState => {
  const stageOf = (stage: VersionStage): VersionStage => {
    if (stage.kind === "open") return { kind: "void", why: "withdrawal" };
    if (stage.kind !== "in-force") return stage;
    return { kind: "suspended", since: stage.since, until: Math.max(at, stage.since) };
  };
  const versions = state.versions.map((one) => (isMeant(one) ? { ...one, stage: stageOf(one.stage) } : one));
  return { ...state, versions };
};

/** What is in force goes on for those who are there, until everyone has signed anew (section 18.3); an offer that names who left can never be signed by all. */
const personLeft = (state: AgreementState, person: PersonId, moment: EventMoment): Applied => {
  const offer = openOffer(state);
  const isNamed =
    offer !== null &&
    (offer.version.parties.some((party) => party.person === person) ||
      offer.required.some((one) => one.person === person));
  const after = isNamed ? voided(state, "somebody-left") : state;
  const at = earlierOf(moment);
  const versions = after.versions.map((one): OfferedVersion =>
    one.left.has(person) ? one : { ...one, left: new Map(one.left).set(person, at) },
  );
  return applied({ ...after, versions, gone: new Set(after.gone).add(person) });
};

const voided = (
  state: AgreementState,
  why: (VersionStage & { readonly kind: "void" })["why"],
): AgreementState => ({
  ...state,
  versions: state.versions.map((one) =>
    one.stage.kind === "open" ? { ...one, stage: { kind: "void", why } } : one,
  ),
});

const withVersion = (state: AgreementState, changed: OfferedVersion): AgreementState => ({
  ...state,
  versions: state.versions.map((one) => (one.version.version === changed.version.version ? changed : one)),
});
