import type { PersonId } from "../id.ts";
import { isMinorRole } from "../family/person.ts";
import type { Choices, MinorLevel, SecretCategory } from "./choices.ts";
import { SECRET_CATEGORIES } from "./choices.ts";
import { compileAgreement } from "./compile.ts";
import type { AgreementPart } from "./part.ts";
import type { TellingRule } from "./telling.ts";
import type { AgreementTerms, Party, Reader } from "./version.ts";
import { readerOf } from "./version.ts";

/** What is asked, with every answer that it can have: which of them is right follows from what was chosen, and never from a fixed list. */
export const QUESTION_ANSWERS = {
  "told-alone": ["may-be-told", "asked-to-tell", "therapist-judges", "stays-with-therapist", "never-alone"],
  "in-list": ["asked-to-tell-it", "told-at-once", "kept-for-ever"],
  "not-in-list": ["kept-from-others", "told-all-the-same", "joint-work-ends"],
  danger: ["keeps-people-safe", "kept-whatever", "told-to-all"],
  "guardians-hear": ["only-safety", "how-it-goes", "what-was-said"],
  recording: ["nobody-records", "all-agree-first", "for-training-only", "anyone-may"],
  outsider: ["everyone-signs", "each-signs-own", "one-is-enough"],
  friend: ["own-words-only", "named-people-only", "no-one", "anything"],
  court: ["cannot-promise", "never-told", "told-if-asked"],
  urgent: ["call-for-help", "write-and-wait", "wait-for-session"],
  "change-mind": ["stops-at-once", "has-to-stay", "opens-old-words"],
  "earlier-words": ["stay-with-me", "only-if-i-allow", "open-now"],
  worry: ["say-so-early", "keep-quiet", "post-it"],
} as const;
export type QuestionCode = keyof typeof QUESTION_ANSWERS;
export type AnswerCode = (typeof QUESTION_ANSWERS)[QuestionCode][number];

/** What is asked in every round has as many wordings, so that nobody answers from memory. */
export const QUESTION_FRAMES = { "told-alone": 3, danger: 3, "guardians-hear": 3 } as const satisfies {
  readonly [Code in QuestionCode]?: number;
};

/** One question for one signer. The words for it, its answers and why one of them is right are content. */
export interface Question {
  readonly code: QuestionCode;
  readonly part: AgreementPart;
  /** 0 at the signing, and one more each time that it is talked about again. */
  readonly round: number;
  /** Which of its wordings is asked; 0 is the first. */
  readonly frame: number;
  /** Three answers, in their usual order. */
  readonly answers: readonly AnswerCode[];
  readonly right: AnswerCode;
  readonly category: SecretCategory | null;
  readonly minor: PersonId | null;
}

/** The fewest and the most that one signer is asked. */
export const QUESTIONS_FEWEST = 3;
export const QUESTIONS_MOST: { readonly [For in Reader]: number } = { adult: 7, teen: 6, child: 4 };
const ANSWERS_SHOWN = 3;

/**
 * The questions for one signer: always what becomes of what they say alone, safety, and what guardians hear; then what else they have agreed to, as
 * many as there is room for. `round` is 0 at the signing and one more at each check-in or review (`roundDue`): then other questions are asked, and those that are
 * always asked stand in other words, so that in time everything is asked. A young child is asked few.
 */
export function questionsFor(
  { choices, parties }: AgreementTerms,
  signer: Party,
  round = 0,
): readonly Question[] {
  const rule = compileAgreement({ choices, parties }).rules.get(signer.person) ?? null;
  const reader = readerOf(signer.role);
  const always = [
    toldAlone(rule),
    ask("danger", "limits", "keeps-people-safe"),
    ...aboutMinors(choices, signer),
  ].slice(0, QUESTIONS_MOST[reader] - 1);
  const further = [
    ...(reader === "child"
      ? []
      : [...aboutList(choices, rule), aboutRecording(choices), aboutFriend(choices)]),
    ...(reader === "adult" ? [ask("court", "court", "cannot-promise"), aboutOutsider(choices)] : []),
    ask("worry", "worries", "say-so-early"),
    ask("urgent", "messages", "call-for-help"),
    ...(reader === "child" ? [] : [ask("change-mind", "change", "stops-at-once"), aboutEarlier(choices)]),
  ];
  const room = QUESTIONS_MOST[reader] - always.length;
  const from = (round * room) % further.length;
  const asked = [...always, ...[...further.slice(from), ...further.slice(0, from)].slice(0, room)];
  return asked.map((question) => ({ ...question, round, frame: round % framesOf(question.code) }));
}

const FRAMES: { readonly [Code in QuestionCode]?: number } = QUESTION_FRAMES;
const framesOf = (code: QuestionCode): number => FRAMES[code] ?? 1;

/** Tells a question of one signer from their others: the same one asked again later is another. */
export function questionKey({ category, code, minor, round }: Question): string {
  const again = round === 0 ? null : `round-${String(round)}`;
  return [code, category, minor, again].filter((one) => one !== null).join(":");
}

const ask = <Code extends QuestionCode>(
  code: Code,
  part: AgreementPart,
  right: (typeof QUESTION_ANSWERS)[Code][number],
  about: { readonly category?: SecretCategory; readonly minor?: PersonId } = {},
): Question => {
  const all: readonly AnswerCode[] = QUESTION_ANSWERS[code];
  const wrong = all.filter((answer) => answer !== right).slice(0, ANSWERS_SHOWN - 1);
  const answers = all.filter((answer) => answer === right || wrong.includes(answer));
  const { category = null, minor = null } = about;
  return { code, part, round: 0, frame: 0, answers, right, category, minor };
};

const toldAlone = (rule: TellingRule | null): Question => {
  switch (rule?.kind) {
    case "therapist-may-tell":
      return ask("told-alone", "policy", "may-be-told");
    case "speaker-tells":
      return ask("told-alone", "policy", "asked-to-tell");
    case "therapist-judges":
      return ask("told-alone", "policy", "therapist-judges");
    case "speaker-only":
    case undefined: {
      const isNever = rule?.why === "no-individual-contact";
      return ask("told-alone", "policy", isNever ? "never-alone" : "stays-with-therapist");
    }
  }
};

const HEARD: { readonly [Level in MinorLevel]: (typeof QUESTION_ANSWERS)["guardians-hear"][number] } = {
  private: "only-safety",
  partial: "how-it-goes",
  open: "what-was-said",
};

/** A minor is asked about themselves; a guardian about each minor, but once for all who were promised the same. */
const aboutMinors = (choices: Choices, { person, role }: Party): readonly Question[] => {
  const theirs = choices.minors.filter(({ guardians, minor }) =>
    isMinorRole(role) ? minor === person : guardians.includes(person),
  );
  const once = theirs.filter(
    ({ level, minor }, index) =>
      theirs.findIndex((one) => one.level === level || one.minor === minor) === index,
  );
  return once.map(({ level, minor }) => ask("guardians-hear", "minors", HEARD[level], { minor }));
};

const aboutList = ({ policy }: Choices, rule: TellingRule | null): readonly Question[] => {
  if (rule?.kind !== "speaker-tells" || policy.kind !== "limited") return [];
  const listed = SECRET_CATEGORIES.find((category) => policy.categories.includes(category));
  const other = SECRET_CATEGORIES.find((category) => !policy.categories.includes(category));
  return [
    ...(listed === undefined ? [] : [ask("in-list", "telling", "asked-to-tell-it", { category: listed })]),
    ...(other === undefined ? [] : [ask("not-in-list", "policy", "kept-from-others", { category: other })]),
  ];
};

const aboutRecording = ({ promises }: Choices): Question => {
  switch (promises.recordings) {
    case "nobody":
      return ask("recording", "promises", "nobody-records");
    case "when-all-agree":
      return ask("recording", "promises", "all-agree-first");
    case "therapist-for-training":
      return ask("recording", "promises", "for-training-only");
  }
};

const aboutFriend = ({ outsiders }: Choices): Question => {
  switch (outsiders.confiding) {
    case "own-words":
      return ask("friend", "outsiders", "own-words-only");
    case "named-supporters":
      return ask("friend", "outsiders", "named-people-only");
    case "nobody":
      return ask("friend", "outsiders", "no-one");
  }
};

const aboutOutsider = ({ client, outsiders }: Choices): Question => {
  const isEach = outsiders.release === "each-for-own" && client.kind !== "unit";
  return ask("outsider", "outsiders", isEach ? "each-signs-own" : "everyone-signs");
};

const aboutEarlier = ({ earlier }: Choices): Question =>
  ask("earlier-words", "earlier", earlier === "by-permission" ? "only-if-i-allow" : "stay-with-me");
